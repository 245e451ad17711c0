/**
 * Registration of two scans without a first guess, by universal manifold embedding (UME): weighted
 * moments of neighbourhoods whose weights do not change under a rigid motion give a descriptor and,
 * in closed form, a pose for every match; each such hypothesis is scored, the best are polished and
 * verified, and what cannot be told is refused with a reason.
 *
 * <p>Entry: {@link io.azimuth.registration.ume.UmeRegistrar}. Not here: refinement to the
 * centimetre ({@code icp}), search over many places.
 */
@NullMarked
package io.azimuth.registration.ume;

import org.jspecify.annotations.NullMarked;
