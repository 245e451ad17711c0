/**
 * ONNX Runtime on the CPU, {@link io.azimuth.perception.inference.onnxruntime.OrtBackend}. The only
 * package that knows DJL or ONNX Runtime.
 *
 * <p>Not here: the contract (package {@code inference}), what is accepted as a network (package
 * {@code inference.bundle}).
 */
@NullMarked
package io.azimuth.perception.inference.onnxruntime;

import org.jspecify.annotations.NullMarked;
