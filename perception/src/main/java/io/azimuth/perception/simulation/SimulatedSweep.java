package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.ArrayList;
import java.util.List;

/**
 * A sweep and the truth about it. Nothing in it is reused by the drive: the receiver may keep it.
 *
 * @param sweep points in measuring order (column by column, top beam first), with ring and time
 * @param worldFromSensor the sensor at mid-sweep
 * @param firstFromSensor the same relative to the sensor's own first sweep at its middle
 * @param boxes of all objects that were hit or whose centre is within the sensor's range, by object
 *     id; those that nothing of was seen have 0 points
 * @param pointLabels one a point: the object's id, or {@link Surface#label()} (negative)
 */
public record SimulatedSweep(
        Sweep sweep,
        RigidTransform worldFromSensor,
        RigidTransform firstFromSensor,
        List<TruthBox> boxes,
        int[] pointLabels) {
    public SimulatedSweep {
        boxes = List.copyOf(boxes);
        if (pointLabels.length != sweep.points().size()) {
            throw new IllegalArgumentException(
                    "%d labels for %d points".formatted(pointLabels.length, sweep.points().size()));
        }
    }

    /**
     * The boxes where the objects stood when they were measured (at the mean time of their points),
     * in the frame of the sensor at mid-sweep: what a detection says once the sensor's own motion
     * is taken out. An object that moves at 12 m/s and is seen first or last in a sweep of 0.1 s is
     * 0.6 m from where it is at mid-sweep; no single sweep tells.
     */
    public List<TruthBox> boxesAsMeasured() {
        MeasuredShare shares = new MeasuredShare(this);
        RigidTransform sensorFromWorld = worldFromSensor.inverse();
        double seconds = 1e-9 * sweep.durationNanos();
        List<TruthBox> out = new ArrayList<>(boxes.size());
        for (TruthBox b : boxes) {
            double late = (shares.of(b.objectId()) - 0.5) * seconds;
            double[] shift =
                    turned(sensorFromWorld, b.velocityX(), b.velocityY(), b.velocityZ(), late);
            OrientedBox o = b.box();
            out.add(
                    new TruthBox(
                            b.objectId(),
                            b.objectClass(),
                            new OrientedBox(
                                    o.x() + shift[0],
                                    o.y() + shift[1],
                                    o.z() + shift[2],
                                    o.length(),
                                    o.width(),
                                    o.height(),
                                    o.yawRad()),
                            b.velocityX(),
                            b.velocityY(),
                            b.velocityZ(),
                            b.points()));
        }
        return out;
    }

    private static double[] turned(
            RigidTransform turn, double x, double y, double z, double scale) {
        return new double[] {
            scale * (turn.mapX(x, y, z) - turn.mapX(0, 0, 0)),
            scale * (turn.mapY(x, y, z) - turn.mapY(0, 0, 0)),
            scale * (turn.mapZ(x, y, z) - turn.mapZ(0, 0, 0))
        };
    }
}
