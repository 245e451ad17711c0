/**
 * Kafka as the engine uses it: an embedded broker for one machine ({@link
 * io.azimuth.connectors.kafka.EmbeddedBroker}), topics, the replay producer and a topic reader.
 *
 * <p>Not here: the meaning of the bytes ({@code connectors.wire}) and the stream job.
 */
@NullMarked
package io.azimuth.connectors.kafka;

import org.jspecify.annotations.NullMarked;
