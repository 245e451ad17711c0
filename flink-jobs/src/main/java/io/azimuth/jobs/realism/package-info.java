/**
 * How far simulated sweeps are from recorded ones. Both go through the same measures: start at
 * {@link io.azimuth.jobs.realism.RealismStudy}, which surveys both sides, compares them with the
 * bars and draws them side by side.
 *
 * <p>A {@code Scan} is one sweep made ready to be measured; each measure is a class of its own that
 * is shown scan after scan and then states its figures. Nothing here knows how sweeps are
 * simulated, and no result depends on a clock or on chance.
 *
 * <p>Not here: the simulator ({@code perception.simulation}), scores of detectors ({@code
 * perception.evaluation}).
 */
@NullMarked
package io.azimuth.jobs.realism;

import org.jspecify.annotations.NullMarked;
