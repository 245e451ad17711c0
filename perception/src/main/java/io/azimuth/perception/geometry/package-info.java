/**
 * Shapes and frames that every room shares: {@link io.azimuth.perception.geometry.PointCloud},
 * {@link io.azimuth.perception.geometry.Sweep}, {@link
 * io.azimuth.perception.geometry.RigidTransform}, {@link
 * io.azimuth.perception.geometry.OrientedBox} and what is found in them ({@link
 * io.azimuth.perception.geometry.Detection}).
 *
 * <p>Conventions: x forward, y left, z up, right-handed (REP 103); metres; radians, yaw
 * counter-clockwise about +z from +x; time in nanoseconds since the epoch; a transform named {@code
 * targetFromSource} maps {@code p_target = R p_source + t}. Other conventions are converted at the
 * border by {@link io.azimuth.perception.geometry.DatasetFrames}.
 *
 * <p>Not here: anything that reads files, talks to a broker or knows a network.
 */
@NullMarked
package io.azimuth.perception.geometry;

import org.jspecify.annotations.NullMarked;
