/**
 * The stream job: one class a Flink operator, {@link io.azimuth.jobs.pipeline.AzimuthJob} wires
 * them, {@link io.azimuth.jobs.pipeline.EmbeddedRunner} runs them in this JVM. The algorithms know
 * nothing of Flink; an operator feeds one and stores its state with a serializer of its own.
 *
 * <p>Not here: what the algorithms do, the wire format, and where a broker comes from.
 */
@NullMarked
package io.azimuth.jobs.pipeline;

import org.jspecify.annotations.NullMarked;
