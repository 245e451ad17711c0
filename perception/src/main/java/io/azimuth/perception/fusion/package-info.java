/**
 * Two detectors, one answer: what a network found, weighed with whether the geometric detector saw
 * something of the kind there ({@link io.azimuth.perception.fusion.FusedDetector}).
 *
 * <p>Not here: the detectors themselves (packages {@code polar}, {@code cluster}).
 */
@NullMarked
package io.azimuth.perception.fusion;

import org.jspecify.annotations.NullMarked;
