package io.azimuth.jobs.pairs;

import io.azimuth.registration.icp.RefinerSettings;
import io.azimuth.registration.icp.Refiners;
import io.azimuth.registration.pcl.PclRefiner;
import io.azimuth.registration.pcl.PclRegistration;
import io.azimuth.registration.ume.UmeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The ways to register two scans, by name; a new one is one line here. */
public final class PairMethods {
    /** Invariant moments, every hypothesis scored; needs no guess. */
    public static final String UME = "ume";

    /** The same with a wider search, for scans with little in common; slower. */
    public static final String UME_WIDE = "ume-wide";

    /** The same search with the bounds for closing loops, where a wrong pose ruins a map. */
    public static final String UME_LOOP = "ume-loop";

    /** PCL's point feature histograms and sample consensus; needs no guess. */
    public static final String FPFH = "fpfh";

    private PairMethods() {}

    /** The names there are. */
    public static List<String> names() {
        List<String> out = new ArrayList<>(List.of(UME, UME_WIDE, UME_LOOP));
        out.addAll(Refiners.NAMES);
        out.addAll(PclRefiner.NAMES);
        out.add(FPFH);
        return List.copyOf(out);
    }

    /**
     * The method of this name, with its default settings, for one thread.
     *
     * @param nanoClock monotonic nanoseconds, for {@link PairOutcome#milliseconds}
     * @throws IllegalArgumentException naming those that exist
     * @throws io.azimuth.registration.pcl.PclUnavailable if the method needs PCL and it cannot be
     *     used here; says what to install
     */
    public static PairMethod named(String name, LongSupplier nanoClock) {
        return named(name, nanoClock, false);
    }

    /**
     * As {@link #named(String, LongSupplier)}.
     *
     * @param finalists whether outcomes are to have the poses that were chosen from, of methods
     *     that can tell; costs time
     */
    public static PairMethod named(String name, LongSupplier nanoClock, boolean finalists) {
        switch (name) {
            case UME:
                return new UmePairs(name, UmeConfig.explicitPair(), nanoClock, finalists);
            case UME_WIDE:
                return new UmePairs(name, UmeConfig.explicitPair().wide(), nanoClock, finalists);
            case UME_LOOP:
                return new UmePairs(name, UmeConfig.loopClosure(), nanoClock, finalists);
            default:
                break;
        }
        if (name.equals(FPFH)) {
            return new FpfhPairs(nanoClock);
        }
        if (Refiners.NAMES.contains(name)) {
            return new RefinedPairs(
                    Refiners.named(name, RefinerSettings.defaults(), () -> 0), nanoClock);
        }
        if (PclRefiner.NAMES.contains(name)) {
            return new RefinedPairs(
                    PclRefiner.named(name, PclRegistration.Settings.defaults()), nanoClock);
        }
        throw new IllegalArgumentException(
                "method is '%s', expected one of %s".formatted(name, names()));
    }
}
