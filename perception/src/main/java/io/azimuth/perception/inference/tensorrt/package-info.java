/**
 * TensorRT on an NVIDIA GPU, {@link io.azimuth.perception.inference.tensorrt.TrtBackend}: the same
 * bundles and leases as on the CPU. A plan of the network is built once a host; contexts with a
 * stream and buffers of their own run it, as a CUDA graph where the driver allows.
 *
 * <p>Not here: the calls themselves (package {@code seam}), whether they can be made at all
 * (package {@code probe}), plans on disk (package {@code plan}), DJL's view (package {@code djl}).
 */
@NullMarked
package io.azimuth.perception.inference.tensorrt;

import org.jspecify.annotations.NullMarked;
