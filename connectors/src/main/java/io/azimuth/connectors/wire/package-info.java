/**
 * What stands on the topics: the sweep codec ({@link io.azimuth.connectors.wire.SweepCodec}),
 * result messages, CloudEvents headers, event ids and topic names. The schema is {@code
 * azimuth/v1/contract.proto}; fields are only ever added.
 *
 * <p>Everything here is a pure function of its arguments. Not here: brokers, producers, consumers.
 */
@NullMarked
package io.azimuth.connectors.wire;

import org.jspecify.annotations.NullMarked;
