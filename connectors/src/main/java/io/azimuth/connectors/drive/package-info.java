/**
 * Drives: sweeps in time order with calibration and truth, from files or from the simulator. {@link
 * io.azimuth.connectors.drive.Drives#open} guesses the layout of a path and explains the guess;
 * {@link io.azimuth.connectors.drive.Drive} is what all layouts look like from outside.
 *
 * <p>Recordings of ROS are drives too: the clouds of one topic of a ROS 1 bag or of MCAP files.
 *
 * <p>Clouds come in our axes; sweeps that were not motion compensated carry a time for each point
 * (the deskew verdict of {@link io.azimuth.connectors.drive.DriveInfo}). One sweep is in memory at
 * a time. A missing path is a {@link java.nio.file.NoSuchFileException}, bad content a {@link
 * io.azimuth.perception.geometry.MalformedDataException} that names file and byte.
 *
 * <p>Not here: file formats of single clouds ({@code connectors.format}), bags and messages ({@code
 * connectors.ros}, {@code connectors.mcap}), publishing ({@code connectors.kafka}).
 */
@NullMarked
package io.azimuth.connectors.drive;

import org.jspecify.annotations.NullMarked;
