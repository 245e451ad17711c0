package io.azimuth.registration.ume;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.RigidTransform;
import org.junit.jupiter.api.Test;

class UmeMomentsTest {
    private static final UmeConfig CONFIG = UmeConfig.explicitPair();
    private static final double ROUNDING = 1e-12;
    private static final double SAME_PLACE_M = 2;

    private static final UmeScan SCAN =
            UmeScan.of(StreetScenes.yard(RigidTransform.IDENTITY, 1), CONFIG);

    /** Moments about a place with the scan turned about it. */
    private static UmeMoments about(double x, double y, double yawRad) {
        UmeMoments out = new UmeMoments();
        out.clear();
        double cos = Math.cos(yawRad);
        double sin = Math.sin(yawRad);
        for (int i = 0; i < SCAN.size; i++) {
            double dx = SCAN.x[i] - x;
            double dy = SCAN.y[i] - y;
            out.add(SCAN.channels, i, cos * dx - sin * dy, sin * dx + cos * dy);
        }
        return out;
    }

    @Test
    void aTurnLeavesTheMassesAndTurnsEveryMomentByTheSamePhase() {
        forAll(
                200,
                rnd -> {
                    double x = rnd.nextDouble(-35, 35);
                    double y = rnd.nextDouble(-35, 35);
                    double yaw = rnd.nextDouble(-Math.PI, Math.PI);
                    UmeMoments before = about(x, y, 0);
                    UmeMoments after = about(x, y, yaw);
                    double mass = 0;
                    double moment = 0;
                    double worstMass = 0;
                    double worstMoment = 0;
                    for (int k = 0; k < UmeMoments.COUNT; k++) {
                        double re = Math.cos(yaw) * before.re[k] - Math.sin(yaw) * before.im[k];
                        double im = Math.sin(yaw) * before.re[k] + Math.cos(yaw) * before.im[k];
                        mass = Math.max(mass, before.mass[k]);
                        moment = Math.max(moment, Math.hypot(re, im));
                        double massOff = Math.abs(after.mass[k] - before.mass[k]);
                        worstMass = Math.max(worstMass, massOff);
                        double off = Math.hypot(after.re[k] - re, after.im[k] - im);
                        worstMoment = Math.max(worstMoment, off);
                    }
                    assertThat(worstMass).isLessThanOrEqualTo(ROUNDING * mass);
                    assertThat(worstMoment).isLessThanOrEqualTo(ROUNDING * moment);
                });
    }

    /** Voxels and key points differ, for the rasters do not turn along. */
    @Test
    void theNearestDescriptorOfATurnedScanIsThatOfTheSamePlace() {
        UmeDescriptors known = SCAN.descriptorsOfTarget();
        float[] work = new float[3 * known.size];
        int asked = 0;
        int right = 0;
        for (int turn = 0; turn < 3; turn++) {
            RigidTransform q = RigidTransform.ofYaw(0.4 + 1.9 * turn, 0, 0, 0);
            UmeScan scan =
                    UmeScan.of(
                            RecordedPairs.turned(StreetScenes.yard(RigidTransform.IDENTITY, 1), q),
                            CONFIG);
            RigidTransform back =
                    SCAN.levelFromSensor.times(q.inverse()).times(scan.levelFromSensor.inverse());
            UmeDescriptors of = scan.descriptorsOfSource();
            for (int i = 0; i < of.size; i++) {
                known.distances(of, i, work);
                int best = 0;
                for (int j = 1; j < known.size; j++) {
                    best = work[j] < work[best] ? j : best;
                }
                double dx = back.mapX(of.x[i], of.y[i], 0) - known.x[best];
                double dy = back.mapY(of.x[i], of.y[i], 0) - known.y[best];
                asked++;
                right += Math.hypot(dx, dy) < SAME_PLACE_M ? 1 : 0;
            }
        }
        assertThat(asked).isGreaterThan(400);
        assertThat(right).isGreaterThan((int) (0.9 * asked));
    }
}
