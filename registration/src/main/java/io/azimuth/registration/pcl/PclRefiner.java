package io.azimuth.registration.pcl;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Refiner;
import io.azimuth.registration.icp.Status;
import java.util.List;

/**
 * PCL's registration behind the interface of ours. Search trees and covariances are made anew at
 * each call: who refines against one target many times uses {@link PclRegistration} with a {@link
 * NativeCloud} that stays open. Thread-safe.
 */
public final class PclRefiner implements Refiner {
    /** Names that {@link #named} knows. */
    public static final List<String> NAMES = List.of("pcl-gicp", "pcl-ndt", "pcl-icp");

    private final String name;
    private final PclRegistration.Settings settings;

    private PclRefiner(String name, PclRegistration.Settings settings) {
        this.name = name;
        this.settings = settings;
    }

    /**
     * The refiner of a name, one of {@link #NAMES}.
     *
     * @throws IllegalArgumentException another name
     * @throws PclUnavailable if PCL cannot be used here, with what to install
     */
    public static PclRefiner named(String name, PclRegistration.Settings settings) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "refiner is '%s', accepted %s".formatted(name, String.join(", ", NAMES)));
        }
        PclRuntime.require("registration.refiner=" + name);
        return new PclRefiner(name, settings);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Refinement refine(
            PointCloud target, PointCloud source, RigidTransform targetFromSourceGuess) {
        notEmpty("target", target);
        notEmpty("source", source);
        try (NativeCloud onto = NativeCloud.of(target);
                NativeCloud from = NativeCloud.of(source)) {
            return refine(onto, from, targetFromSourceGuess);
        } catch (Native.TooFewPoints few) {
            return tooFew(targetFromSourceGuess);
        }
    }

    private Refinement refine(NativeCloud target, NativeCloud source, RigidTransform guess) {
        int most = Math.min(target.size(), source.size());
        PclRegistration.Settings fitting = settings.withNeighboursAtMost(most);
        return switch (name) {
            case "pcl-gicp" -> PclRegistration.gicp(target, source, guess, fitting);
            case "pcl-ndt" -> PclRegistration.ndt(target, source, guess, fitting);
            default -> PclRegistration.icp(target, source, guess, fitting);
        };
    }

    private static void notEmpty(String which, PointCloud cloud) {
        if (cloud.size() == 0) {
            throw new IllegalArgumentException(which + " has 0 points, expected 1 or more");
        }
    }

    private static Refinement tooFew(RigidTransform guess) {
        return new Refinement(
                guess,
                Status.NO_OVERLAP,
                false,
                0,
                0,
                0,
                0,
                new double[36],
                "pcl-" + PclRuntime.probe().version(),
                0);
    }
}
