package io.azimuth.registration.ume;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two sensors on a round hill or in a round hollow: each level frame is tilted as its place is. */
class GroundLiftTest {
    private static final UmeConfig CONFIG = UmeConfig.explicitPair();
    private static final double HEIGHT_M = 1.7;

    /** The ground's raster is 3 m wide and rough by its lowest points. */
    private static final double LEVEL_DEG = 1;

    private static final double LEVEL_M = 0.15;

    private record Hill(double curvature, double yawRad) {
        double height(double x, double y) {
            double along = x * Math.cos(yawRad) + y * Math.sin(yawRad);
            return 0.5 * curvature * along * along;
        }
    }

    private static UmeScan scan(Hill hill, RigidTransform worldFromSensor, SplittableRandom r) {
        RigidTransform sensorFromWorld = worldFromSensor.inverse();
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < 20_000; i++) {
            double x = worldFromSensor.tx() + r.nextDouble(-30, 30);
            double y = worldFromSensor.ty() + r.nextDouble(-30, 30);
            double z = hill.height(x, y);
            cloud.add(
                    (float) sensorFromWorld.mapX(x, y, z),
                    (float) sensorFromWorld.mapY(x, y, z),
                    (float) sensorFromWorld.mapZ(x, y, z),
                    0);
        }
        return UmeScan.of(cloud, CONFIG);
    }

    @Test
    void scansOfASlopeAreLevelWithOneAnotherOnceLifted() {
        SplittableRandom r = new SplittableRandom(4);
        for (int i = 0; i < 6; i++) {
            Hill hill = new Hill(i % 2 == 0 ? 0.004 : -0.004, r.nextDouble(0, 6));
            double away = hill.yawRad() + r.nextDouble(-0.4, 0.4);
            double x = 20 * Math.cos(away);
            double y = 20 * Math.sin(away);
            RigidTransform there =
                    RigidTransform.ofYaw(r.nextDouble(-3, 3), x, y, HEIGHT_M + hill.height(x, y));
            RigidTransform here = RigidTransform.translation(0, 0, HEIGHT_M);
            UmeScan target = scan(hill, here, r);
            UmeScan source = scan(hill, there, r);
            RigidTransform truth =
                    target.levelFromSensor
                            .times(here.inverse())
                            .times(there)
                            .times(source.levelFromSensor.inverse());

            RigidTransform lifted = new GroundLift(target, source).of(inPlane(truth));

            RigidTransform flat = RigidTransform.ofYaw(truth.yawRad(), truth.tx(), truth.ty(), 0);
            assertThat(degrees(truth, flat)).isGreaterThan(2 * LEVEL_DEG); // there is work to do
            assertThat(degrees(truth, lifted)).isLessThan(LEVEL_DEG);
            assertThat(metresOffGround(target, source, lifted)).isLessThan(LEVEL_M);
        }
    }

    private static PlanarSearch.Candidate inPlane(RigidTransform pose) {
        return new PlanarSearch.Candidate(pose.yawRad(), pose.tx(), pose.ty(), 0, 0);
    }

    private static double degrees(RigidTransform a, RigidTransform b) {
        return Math.toDegrees(a.inverse().times(b).angleRad());
    }

    /** Mean distance in height of the source's ground from the target's, where both know it. */
    private static double metresOffGround(UmeScan target, UmeScan source, RigidTransform pose) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < source.size; i++) {
            double x = pose.mapX(source.x[i], source.y[i], source.z[i]);
            double y = pose.mapY(source.x[i], source.y[i], source.z[i]);
            if (target.groundKnownAt(x, y)) {
                double z = pose.mapZ(source.x[i], source.y[i], source.z[i]);
                sum += Math.abs(z - target.groundAt(x, y));
                n++;
            }
        }
        assertThat(n).isGreaterThan(1000);
        return sum / n;
    }
}
