/**
 * The geometric detector, {@link io.azimuth.perception.cluster.GeometricDetector}: range image,
 * connected components with wrapped columns, a tree of merged components, L-shape fits and class
 * scores; the best set of disjoint nodes of the tree is the result. No learning, no state between
 * sweeps.
 *
 * <p>Not here: the ground (package {@code ground}), tracking, networks.
 */
@NullMarked
package io.azimuth.perception.cluster;

import org.jspecify.annotations.NullMarked;
