package io.azimuth.registration.odometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refiners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The odometry with something else than its usual registration. */
class OdometryRefinerTest {
    private static final OdometryConfig CONFIG = OdometryConfig.defaults();

    static Iterable<String> names() {
        return Refiners.all();
    }

    @ParameterizedTest
    @MethodSource("names")
    void followsADriveWithAnyRefiner(String name) {
        LidarOdometry odometry = orSkipped(name);
        SweepReducer reducer = new SweepReducer(CONFIG);
        RigidTransform found = RigidTransform.IDENTITY;
        for (int i = 0; i < 6; i++) {
            OdometryEstimate e =
                    odometry.update(
                            reducer.reduce(
                                    Scenes.street()
                                            .sweep(
                                                    i,
                                                    t ->
                                                            RigidTransform.translation(
                                                                    8 * t, 0, 1.7))));
            assertThat(e.held()).as("sweep %d held", i).isFalse();
            found = e.odomFromSensor();
        }

        RigidTransform off = RigidTransform.translation(-4, 0, 0).times(found);
        // points on points: the rings of a moving sensor hold it back
        assertThat(off.translationNorm()).isLessThan(name.equals("pcl-icp") ? 2 : 0.15);
        assertThat(Math.toDegrees(off.angleRad())).isLessThan(0.5);
    }

    @Test
    void knowsTheRefinersOfOtherBackEndsAndNamesThemAll() {
        assertThat(Refiners.all())
                .containsExactly("vgicp", "gicp", "pcl-gicp", "pcl-ndt", "pcl-icp");
        assertThatThrownBy(() -> CONFIG.withRefiner("magic"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "refiner is 'magic', expected scan-to-map or one of [vgicp, gicp, pcl-gicp, pcl-ndt, pcl-icp]");
    }

    /** PCL may be absent here; then its message says so, and what to install. */
    private static LidarOdometry orSkipped(String name) {
        try {
            return new LidarOdometry(CONFIG.withRefiner(name));
        } catch (RuntimeException absent) {
            assertThat(absent)
                    .hasMessageContaining(name + " needs PCL")
                    .hasMessageContaining("install: ");
            assertThat(Boolean.getBoolean("azimuth.pcl.required")).isFalse();
            assumeTrue(false, absent.getMessage());
            throw absent;
        }
    }
}
