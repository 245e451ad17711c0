/**
 * What containers of recordings share: a file's bytes by position ({@link
 * io.azimuth.connectors.bytes.FileWindow}) and chunks packed as LZ4 frames ({@link
 * io.azimuth.connectors.bytes.Lz4Frame}). Whatever the bytes are, only {@link
 * io.azimuth.perception.geometry.MalformedDataException} comes out.
 *
 * <p>Not here: what the bytes mean ({@code connectors.mcap}, {@code connectors.ros}).
 */
@NullMarked
package io.azimuth.connectors.bytes;

import org.jspecify.annotations.NullMarked;
