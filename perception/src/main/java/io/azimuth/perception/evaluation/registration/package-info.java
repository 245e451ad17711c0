/**
 * Scores of pairwise registration: estimated transforms of pairs of scans, or refusals, against the
 * truth. Start at {@link io.azimuth.perception.evaluation.registration.RegistrationScores}. Metres
 * and degrees where a name says so. Not here: files, and trajectories ({@code
 * evaluation.trajectory}).
 */
@NullMarked
package io.azimuth.perception.evaluation.registration;

import org.jspecify.annotations.NullMarked;
