/**
 * Point-cloud files, one class a format: {@link io.azimuth.connectors.format.KittiBin}, {@link
 * io.azimuth.connectors.format.NuScenesBin}, {@link io.azimuth.connectors.format.Pcd}, {@link
 * io.azimuth.connectors.format.Ply}, {@link io.azimuth.connectors.format.Npy}. Formats are found by
 * {@link java.util.ServiceLoader}: {@link io.azimuth.connectors.format.CloudFormats} picks the one
 * that matches a file's name and bytes. {@link io.azimuth.connectors.format.CloudOutput} writes
 * them.
 *
 * <p>Reading is split in two: {@link io.azimuth.connectors.format.CloudBytes} brings the bytes into
 * a buffer that is reused from file to file, the format turns them into a cloud. Whatever the bytes
 * are, only {@link io.azimuth.perception.geometry.MalformedDataException} comes out, and no memory
 * is taken on the word of a header.
 *
 * <p>Not here: where the files of a drive lie, their times and truth ({@code connectors.drive}).
 */
@NullMarked
package io.azimuth.connectors.format;

import org.jspecify.annotations.NullMarked;
