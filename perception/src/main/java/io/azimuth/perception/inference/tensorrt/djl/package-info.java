/**
 * DJL's engine {@code TensorRT}: found by the service loader, never the default. It reads the same
 * bundles as all engines here, so {@code Criteria} with {@code optEngine("TensorRT")} and the
 * folder of a bundle is all it takes. Loading these classes touches nothing native.
 */
@NullMarked
package io.azimuth.perception.inference.tensorrt.djl;

import org.jspecify.annotations.NullMarked;
