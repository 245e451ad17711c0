/**
 * The line between our logic and TensorRT: {@link
 * io.azimuth.perception.inference.tensorrt.seam.TrtNative} says what is called, {@link
 * io.azimuth.perception.inference.tensorrt.seam.JavaCppTrtNative} calls it and decides nothing. The
 * only package that knows JavaCPP; its native classes are touched only after a child process has
 * shown that they can be (package {@code probe}).
 */
@NullMarked
package io.azimuth.perception.inference.tensorrt.seam;

import org.jspecify.annotations.NullMarked;
