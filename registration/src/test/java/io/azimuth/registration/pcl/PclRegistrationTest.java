package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RequiresPcl.class)
class PclRegistrationTest {
    private static final PclRegistration.Settings SETTINGS = PclRegistration.Settings.defaults();
    private static final RigidTransform TRUTH =
            RigidTransform.ofYawPitchRoll(0.06, -0.01, 0.015, 0.7, -0.3, 0.08);

    @Test
    void gicpFindsAKnownPose() {
        for (long seed = 1; seed <= 4; seed++) {
            check(refine("pcl-gicp", seed), 0.05, 0.1);
        }
    }

    @Test
    void ndtFindsAKnownPose() {
        check(refine("pcl-ndt", 5), 0.08, 0.4);
    }

    @Test
    void icpFindsAKnownPose() {
        check(refine("pcl-icp", 6), 0.08, 0.4);
    }

    @Test
    void pointToPlaneFindsAKnownPose() {
        PointCloud target = Clouds.street(7, 8000, 0.01);
        PointCloud source = Clouds.moved(Clouds.street(107, 8000, 0.01), TRUTH.inverse());
        try (NativeCloud onto = NativeCloud.of(target);
                NativeCloud from = NativeCloud.of(source)) {
            check(
                    PclRegistration.pointToPlane(onto, from, RigidTransform.IDENTITY, SETTINGS),
                    0.05,
                    0.2);
        }
    }

    private static Refinement refine(String name, long seed) {
        PointCloud target = Clouds.street(seed, 8000, 0.01);
        PointCloud source = Clouds.moved(Clouds.street(seed + 100, 8000, 0.01), TRUTH.inverse());
        return PclRefiner.named(name, SETTINGS).refine(target, source, RigidTransform.IDENTITY);
    }

    private static void check(Refinement found, double metres, double degrees) {
        RigidTransform error = TRUTH.inverse().times(found.targetFromSource());
        System.err.println(
                found
                        + " error "
                        + error.translationNorm()
                        + " m "
                        + Math.toDegrees(error.angleRad())
                        + " deg");
        assertThat(found.status()).isEqualTo(Status.ALIGNED);
        assertThat(error.translationNorm()).isLessThan(metres);
        assertThat(Math.toDegrees(error.angleRad())).isLessThan(degrees);
        assertThat(found.overlap()).isGreaterThan(0.95);
        assertThat(found.engine()).isEqualTo("pcl-1.13.0");
        assertThat(found.nanos()).isPositive();
    }
}
