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
        PclRuntime.require("refiner " + name);
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
            return align(onto, from, targetFromSourceGuess).refinement();
        } catch (Native.TooFewPoints few) {
            return tooFew(targetFromSourceGuess);
        }
    }

    /**
     * As {@link #refine}, for clouds that keep their trees and covariances between calls.
     *
     * @throws IllegalArgumentException if a cloud has too few points for the method
     */
    public PclRegistration.Alignment align(
            NativeCloud target, NativeCloud source, RigidTransform targetFromSourceGuess) {
        int method =
                switch (name) {
                    case "pcl-gicp" -> AzPclNative.GICP;
                    case "pcl-ndt" -> AzPclNative.NDT;
                    default -> AzPclNative.ICP;
                };
        int most = Math.min(target.size(), source.size());
        return PclRegistration.align(
                method, target, source, targetFromSourceGuess, settings.withNeighboursAtMost(most));
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
