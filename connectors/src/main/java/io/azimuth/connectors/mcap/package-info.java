/**
 * MCAP recordings, written and read without anybody else's library: {@link
 * io.azimuth.connectors.mcap.McapWriter} records messages in chunks that survive the death of the
 * process, {@link io.azimuth.connectors.mcap.McapReader} finds them again by topic and time, {@link
 * io.azimuth.connectors.mcap.McapRecovery} makes a whole file of a damaged one.
 *
 * <p>Times are unsigned nanoseconds, as the format has them; a {@code long} below zero is a time
 * after the year 2262. Whatever the bytes of a file are, only {@link
 * io.azimuth.perception.geometry.MalformedDataException} comes out, with file and offset, and no
 * memory is taken on the word of a header.
 *
 * <p>Not here: what is in a message ({@code PointCloud2} and its kin). Source: MCAP format
 * specification, version 0 ({@code mcap.dev/spec}).
 */
@NullMarked
package io.azimuth.connectors.mcap;

import org.jspecify.annotations.NullMarked;
