package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.RigidTransform;

/**
 * The primary sensor's pose, from which all sensors of the vehicle are placed. Arrays are owned.
 *
 * @param stampNanos instant of the pose
 * @param odomFromPrimary 3x4 row-major
 * @param twist of the primary sensor, (wx, wy, wz, vx, vy, vz) per second in its own frame
 * @param egoFromPrimary 3x4 row-major
 */
record RigPose(long stampNanos, double[] odomFromPrimary, double[] twist, double[] egoFromPrimary) {
    /** Poses older than this are not carried on to another sensor's sweep. */
    static final long MAX_CARRY_NANOS = 1_000_000_000L;

    static final RigPose NONE =
            new RigPose(Long.MIN_VALUE, new double[12], new double[6], new double[12]);

    /** Whether the pose says where the vehicle is at {@code stampNanos}. */
    boolean covers(long otherStampNanos) {
        return stampNanos != Long.MIN_VALUE
                && Math.abs(otherStampNanos - stampNanos) <= MAX_CARRY_NANOS;
    }

    /**
     * Where a sensor is at an instant: {@code odomFromPrimary(t1) exp(twist (t - t1))
     * primaryFromEgo egoFromSensor}.
     */
    RigidTransform odomFromSensor(long otherStampNanos, RigidTransform egoFromSensor) {
        return odomFromPrimaryAt(otherStampNanos).times(primaryFromSensor(egoFromSensor));
    }

    /**
     * The motion of a sensor on the same rigid vehicle, in its own frame: {@code w' = R w, v' = R
     * (v + w x r)} with r the sensor's place in the primary's frame and R turning that frame into
     * the sensor's.
     */
    double[] twistOfSensor(RigidTransform egoFromSensor) {
        RigidTransform primaryFromSensor = primaryFromSensor(egoFromSensor);
        double rx = primaryFromSensor.tx();
        double ry = primaryFromSensor.ty();
        double rz = primaryFromSensor.tz();
        double vx = twist[3] + twist[1] * rz - twist[2] * ry;
        double vy = twist[4] + twist[2] * rx - twist[0] * rz;
        double vz = twist[5] + twist[0] * ry - twist[1] * rx;
        double[] out = new double[6];
        for (int i = 0; i < 3; i++) { // R is the transpose of primaryFromSensor's rotation
            double a = primaryFromSensor.r(0, i);
            double b = primaryFromSensor.r(1, i);
            double c = primaryFromSensor.r(2, i);
            out[i] = a * twist[0] + b * twist[1] + c * twist[2];
            out[i + 3] = a * vx + b * vy + c * vz;
        }
        return out;
    }

    /** The primary sensor's own pose carried on by its twist. */
    RigidTransform odomFromPrimaryAt(long otherStampNanos) {
        double seconds = (otherStampNanos - stampNanos) * 1e-9;
        RigidTransform odomFromPrimaryThen = RigidTransform.ofRows(odomFromPrimary);
        if (seconds == 0) {
            return odomFromPrimaryThen;
        }
        double[] moved = new double[6];
        for (int i = 0; i < 6; i++) {
            moved[i] = twist[i] * seconds;
        }
        return odomFromPrimaryThen.times(RigidTransform.exp(moved));
    }

    private RigidTransform primaryFromSensor(RigidTransform egoFromSensor) {
        return RigidTransform.ofRows(egoFromPrimary).inverse().times(egoFromSensor);
    }
}
