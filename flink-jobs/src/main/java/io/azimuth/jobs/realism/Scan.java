package io.azimuth.jobs.realism;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.ground.GroundConfig;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;
import io.azimuth.perception.simulation.Surface;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sweep made ready to be measured: ranges, the engine's own ground estimate, the rings in order
 * of azimuth and the cars that are known. Immutable by use; shares the sweep's points.
 */
final class Scan {
    /** Points nearer to the estimated ground than this are ground, metres. */
    static final float GROUND_BAND_M = 0.2f;

    /** The ground estimate reaches no farther. */
    static final float GROUND_REACH_M = 80;

    final Sweep sweep;
    final List<CarBox> cars;
    final int @Nullable [] labels; // one a point, as in SimulatedSweep
    final int size;
    final float[] x;
    final float[] y;
    final float[] z;
    final float[] intensity;

    /** Distance of each point to the sensor's axis, metres; negative for one to be ignored. */
    final float[] rangeM;

    /** Distance of each point to the sensor, metres. */
    final float[] distanceM;

    /** Height of each point over the estimated ground, metres. */
    final float[] aboveM;

    final double sensorHeightM;
    final RingOrder rings;

    /**
     * @param labels one a point, or null where nobody knows
     * @throws IllegalArgumentException if the points have no rings
     */
    Scan(Sweep sweep, List<CarBox> cars, int @Nullable [] labels) {
        PointCloud cloud = sweep.points();
        if (!cloud.hasRing()) {
            throw new IllegalArgumentException(
                    "sweep %s/%d has no rings: expected a spinning LiDAR's sweep with a ring a point, or files laser by laser"
                            .formatted(sweep.driveId(), sweep.seq()));
        }
        this.sweep = sweep;
        this.cars = List.copyOf(cars);
        this.labels = labels;
        size = cloud.size();
        x = cloud.x();
        y = cloud.y();
        z = cloud.z();
        intensity = cloud.intensity();
        PolarCoordinates polar = new PolarCoordinates();
        polar.compute(cloud);
        GroundProfile ground = new GroundProfile(GroundConfig.defaults());
        ground.estimate(cloud, polar);
        rangeM = polar.rangeM();
        aboveM = ground.heightsAbove(cloud, polar);
        sensorHeightM = ground.sensorHeightM();
        distanceM = new float[size];
        for (int i = 0; i < size; i++) {
            distanceM[i] = (float) Math.sqrt(x[i] * x[i] + y[i] * y[i] + z[i] * z[i]);
        }
        rings = new RingOrder(this, cloud);
    }

    boolean valid(int i) {
        return rangeM[i] >= 0;
    }

    /** Whether the engine's estimate takes the point for ground. */
    boolean isGround(int i) {
        return valid(i) && rangeM[i] < GROUND_REACH_M && Math.abs(aboveM[i]) < GROUND_BAND_M;
    }

    /** Whether the truth says that the point lies on the ground; false where there is none. */
    boolean isTrulyGround(int i) {
        if (labels == null || labels[i] >= 0) {
            return false;
        }
        return switch (Surface.ofLabel(labels[i])) {
            case ROAD, KERB, SIDEWALK, GRASS -> true;
            default -> false;
        };
    }
}
