/**
 * What ROS records: {@link io.azimuth.connectors.ros.RosBag} finds the messages of a ROS 1 bag,
 * {@link io.azimuth.connectors.ros.PointCloud2} takes a message of ROS 1 or ROS 2 apart, {@link
 * io.azimuth.connectors.ros.CloudSurvey} decides from the first sweeps what their times and
 * intensities mean, {@link io.azimuth.connectors.ros.CloudDecoder} makes clouds of them all.
 *
 * <p>Whatever the bytes are, only {@link io.azimuth.perception.geometry.MalformedDataException}
 * comes out, with file and offset, and no memory is taken on the word of a header. Times of points
 * are in a declared unit, checked by the span of a sweep, and every decision is told in words.
 *
 * <p>Not here: MCAP files ({@code connectors.mcap}), which sweeps make a drive ({@code
 * connectors.drive}).
 */
@NullMarked
package io.azimuth.connectors.ros;

import org.jspecify.annotations.NullMarked;
