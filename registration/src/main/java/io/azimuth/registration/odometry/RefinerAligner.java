package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Refiner;
import io.azimuth.registration.icp.RefinerSettings;
import io.azimuth.registration.icp.Refiners;
import io.azimuth.registration.icp.ScanToMap.Match;
import io.azimuth.registration.icp.Status;
import io.azimuth.registration.neighbours.VoxelGrid;
import java.util.List;

/**
 * A {@link Refiner} against the points of the key frames, thinned as sweeps are. For comparison
 * with other people's methods and for sensors that the usual way does not suit: the refiner builds
 * its trees and covariances of the map at every call, which costs several times the usual way.
 */
final class RefinerAligner implements MapAligner {
    /** A point of 25 counts, as for the usual way: see {@link Uncertainty}. */
    private static final double MIN_SIGMA_M = 0.02;

    private final Refiner refiner;
    private final VoxelGrid grid;
    private final PointCloud whole = new PointCloud();
    private final PointCloud map = new PointCloud();
    private final PointCloud scan = new PointCloud();
    private List<KeyFrame> held = List.of();

    RefinerAligner(OdometryConfig config) {
        RefinerSettings usual = RefinerSettings.defaults();
        refiner =
                Refiners.named(
                        config.refiner(),
                        new RefinerSettings(
                                usual.neighbours(),
                                config.mapVoxelM(),
                                usual.maxDistanceM(),
                                usual.maxIterations(),
                                usual.minOverlap(),
                                config.minEigenShare()),
                        () -> 0);
        grid = new VoxelGrid(config.reduceVoxelM());
    }

    @Override
    public int passes() {
        return 2;
    }

    @Override
    public Match align(
            List<KeyFrame> frames,
            double[] points,
            int size,
            RigidTransform start,
            double kernelM) {
        if (frames != held) {
            load(frames);
        }
        scan.clear();
        for (int i = 0; i < size; i++) {
            scan.add(
                    (float) points[3 * i], (float) points[3 * i + 1], (float) points[3 * i + 2], 0);
        }
        if (map.size() == 0 || scan.size() == 0) {
            return new Match(start, new double[36], 0, 0, 0, 0, 0, true);
        }
        return match(refiner.refine(map, scan, start), start);
    }

    private void load(List<KeyFrame> frames) {
        whole.clear();
        double step = 1e-3 * KeyFrame.STEP_MM;
        for (KeyFrame frame : frames) {
            RigidTransform pose = frame.odomFromSensor();
            for (int i = 0; i < frame.size(); i++) {
                double x = frame.x()[i] * step;
                double y = frame.y()[i] * step;
                double z = frame.z()[i] * step;
                whole.add(
                        (float) pose.mapX(x, y, z),
                        (float) pose.mapY(x, y, z),
                        (float) pose.mapZ(x, y, z),
                        0);
            }
        }
        grid.thin(whole, map);
        held = frames;
    }

    /** Its information is for the residuals' own variance; a match's for unit variance. */
    private static Match match(Refinement found, RigidTransform start) {
        boolean apart = found.status() == Status.NO_OVERLAP;
        double sigma = Math.max(MIN_SIGMA_M, found.rmseM());
        double[] hessian = found.information();
        for (int i = 0; i < hessian.length; i++) {
            hessian[i] *= apart ? 0 : sigma * sigma;
        }
        return new Match(
                apart ? start : found.targetFromSource(),
                hessian,
                found.overlap(),
                apart ? 0 : found.overlap(),
                found.rmseM(),
                found.rmseM() * found.rmseM(),
                found.iterations(),
                found.status() == Status.DEGENERATE);
    }
}
