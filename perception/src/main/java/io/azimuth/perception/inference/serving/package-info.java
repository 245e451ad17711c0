/**
 * Which engine serves a job, and what happens when it fails: {@link
 * io.azimuth.perception.inference.serving.Engines} opens the engine of a configuration, {@link
 * io.azimuth.perception.inference.serving.FallbackBackend} answers by the CPU where that was asked
 * for, {@link io.azimuth.perception.inference.serving.BatchingBackend} lets threads share runs as
 * {@link io.azimuth.perception.inference.serving.Batching} says.
 */
@NullMarked
package io.azimuth.perception.inference.serving;

import org.jspecify.annotations.NullMarked;
