/**
 * Whether TensorRT can be used here, found out in another process: loaded where it cannot work, the
 * library ends its process at the next call. {@link
 * io.azimuth.perception.inference.tensorrt.probe.TrtAvailability} asks, remembers and answers.
 */
@NullMarked
package io.azimuth.perception.inference.tensorrt.probe;

import org.jspecify.annotations.NullMarked;
