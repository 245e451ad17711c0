/**
 * Builds plans in another process: TensorRT's builder may crash, hang or leak, and must not take
 * this process with it. {@link io.azimuth.perception.inference.tensorrt.build.BuildChild} starts
 * the process and waits, {@link io.azimuth.perception.inference.tensorrt.build.TrtBuild} is what it
 * runs.
 */
@NullMarked
package io.azimuth.perception.inference.tensorrt.build;

import org.jspecify.annotations.NullMarked;
