package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.ScanToMap;
import io.azimuth.registration.icp.ScanToMap.Match;
import java.util.List;

/** Lays a compensated sweep on the key frames. One instance per odometry. */
interface MapAligner {
    /** How often a sweep is compensated with what was found and laid on the map anew. */
    int passes();

    /**
     * Finds the pose.
     *
     * @param points x, y, z triples in the sensor's frame, metres
     * @param size number of points
     * @param start where to begin, {@code odomFromSensor}
     * @param kernelM distance at which a point loses most of its say, if the method has one
     */
    Match align(
            List<KeyFrame> frames, double[] points, int size, RigidTransform start, double kernelM);

    /** The one that the configuration names. */
    static MapAligner of(OdometryConfig config) {
        return config.refiner().equals(OdometryConfig.SCAN_TO_MAP)
                ? new OnVoxels(config)
                : new RefinerAligner(config);
    }

    /** The usual one: against the distributions of the map's voxels, in place. */
    final class OnVoxels implements MapAligner {
        private static final int ITERATIONS = 8;

        private final LocalMap localMap;
        private final ScanToMap registration;

        OnVoxels(OdometryConfig config) {
            localMap = new LocalMap(config);
            registration = new ScanToMap(config.minEigenShare());
        }

        @Override
        public int passes() {
            return 3;
        }

        @Override
        public Match align(
                List<KeyFrame> frames,
                double[] points,
                int size,
                RigidTransform start,
                double kernelM) {
            return registration.align(
                    localMap.of(frames), points, size, start, kernelM, ITERATIONS);
        }
    }
}
