package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Draws pairs of a profile by rejection: places and rotations are drawn, scans cast, and what does
 * not meet the profile is thrown away, a bounded number of times. Keeps the last town; one instance
 * per thread.
 */
class PairDraw {
    /** Pairs drawn in one town. */
    static final int TOWN_PAIRS = 4;

    private static final long PURPOSE = 0x64726177L;
    private static final int TOWNS = 6;
    private static final int TRIES = 10;
    private static final int PLACES = 200;
    private static final double MOST_BENT = 2.5;
    private static final long OTHER_TOWNS = 1L << 40;

    private final PairSetOptions options;
    private long townNumber = -1;
    private @Nullable PairTown town;
    private double nearest = Double.NaN;

    PairDraw(PairSetOptions options) {
        this.options = options;
    }

    /**
     * Pair {@code number} of the data set.
     *
     * @throws MalformedDataException if the profile cannot be met
     */
    ScanPair draw(int number) {
        PairProfile profile = options.profile();
        Draws draws = new Draws(options.seed(), PURPOSE + profile.ordinal(), number);
        for (int t = 0; t < TOWNS; t++) {
            // a town that has no such pair is left for one that only this pair sees
            PairTown place = town(t == 0 ? number / TOWN_PAIRS : (t + 1) * OTHER_TOWNS + number);
            if (profile == PairProfile.SIM_NEG && number % 2 == 1) {
                return strangers(place, new PairTown(options, -1L - number), draws);
            }
            for (int k = 0; k < TRIES; k++) {
                ScanPair pair = drawn(place, draws);
                if (pair != null) {
                    return pair;
                }
            }
        }
        throw new MalformedDataException(
                String.format(
                        Locale.ROOT,
                        "pair %d: %d towns have no pair of profile %s (%.1f .. %.0f m, %.0f .. %.0f degrees, overlap %.2f .. %.2f; last overlap found %.3f); use another seed or sensor",
                        number,
                        TOWNS,
                        profile.label(),
                        profile.leastM,
                        profile.mostM,
                        profile.leastDeg,
                        profile.mostDeg,
                        profile.leastOverlap,
                        profile.mostOverlap,
                        nearest));
    }

    private PairTown town(long number) {
        PairTown last = town;
        if (last == null || townNumber != number) {
            last = new PairTown(options, number);
            town = last;
            townNumber = number;
        }
        return last;
    }

    private @Nullable ScanPair drawn(PairTown place, Draws draws) {
        PairProfile profile = options.profile();
        int[] sweeps = places(place, draws);
        if (sweeps.length == 0) {
            return null;
        }
        PairScan target = PairScan.of(place.drive, 0, sweeps[0], bend(draws));
        int other = 1 + draws.below(2);
        PairScan source = PairScan.of(place.drive, other, sweeps[1], bend(draws));
        double turn = draws.between(profile.leastDeg, profile.mostDeg) * (Math.PI / 180);
        turn = draws.chance(0.5) ? turn : -turn;
        if (profile != PairProfile.SIM_10M) {
            RigidTransform found = target.worldFromScan().inverse().times(source.worldFromScan());
            source = source.turned(Angles.wrap(turn - found.yawRad()));
        }
        RigidTransform truth = target.worldFromScan().inverse().times(source.worldFromScan());
        double overlap = Overlap.share(target.aboveGround(), source.aboveGround(), truth);
        nearest = overlap;
        ScanPair pair =
                new ScanPair(target, source, truth, overlap, profile.negative(), place.seed());
        return accepts(pair) ? pair : null;
    }

    boolean accepts(ScanPair pair) {
        return options.profile().accepts(pair.distanceM(), pair.angleDeg(), pair.overlap());
    }

    /** Two sweeps at a drawn distance; empty if the drive has none. */
    private int[] places(PairTown place, Draws draws) {
        PairProfile profile = options.profile();
        boolean next = profile == PairProfile.SIM_10M;
        for (int k = 0; k < PLACES; k++) {
            int i = draws.below(PairTown.SWEEPS);
            double most = profile == PairProfile.SIM_NEG ? 300 : profile.mostM;
            double wanted = next ? profile.leastM : draws.between(profile.leastM, most);
            int j = place.at(i, wanted, next, draws);
            if (j >= 0) {
                return new int[] {i, j};
            }
        }
        return new int[0];
    }

    /**
     * How many times the vehicle's own motion is left in a scan: from a standing sensor to one that
     * drives along the same street two and a half times as fast, some 20 m/s.
     */
    private double bend(Draws draws) {
        return options.bent() ? draws.between(0, MOST_BENT) : 0;
    }

    private ScanPair strangers(PairTown here, PairTown there, Draws draws) {
        int at = draws.below(PairTown.SWEEPS);
        PairScan target = PairScan.of(here.drive, 0, at, bend(draws));
        at = draws.below(PairTown.SWEEPS);
        PairScan source = PairScan.of(there.drive, 1, at, bend(draws));
        double turn = draws.between(-Math.PI, Math.PI);
        return new ScanPair(target, source.turned(turn), null, 0, true, here.seed());
    }
}
