package io.azimuth.registration.odometry;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepReducerTest {
    private static final OdometryConfig CONFIG = OdometryConfig.defaults();
    private static final long DURATION = 100_000_000L;

    private final SweepReducer reducer = new SweepReducer(CONFIG);

    @Test
    void keepsOnePointOfEveryOccupiedVoxel() {
        forAll(
                40,
                rnd -> {
                    PointCloud cloud = new PointCloud();
                    Set<String> voxels = new HashSet<>();
                    for (int i = 0; i < 3000; i++) {
                        float x = (float) rnd.nextDouble(-40, 40);
                        float y = (float) rnd.nextDouble(-40, 40);
                        float z = (float) rnd.nextDouble(-2, 4);
                        cloud.add(x, y, z, 0);
                        if (Math.sqrt(x * x + y * y + z * z) >= CONFIG.minRangeM()) {
                            voxels.add(cell(x) + "/" + cell(y) + "/" + cell(z));
                        }
                    }

                    assertThat(reducer.reduce(sweep(cloud)).size()).isEqualTo(voxels.size());
                });
    }

    @Test
    void pointsKeepTheirPlaceAndTimeToHalfAStep() {
        PointCloud cloud = new PointCloud();
        cloud.add(10.0017f, -20.0005f, 1.23f, 0, 0, 25_000_000);
        cloud.declare(false, true);

        ReducedSweep reduced = reducer.reduce(sweep(cloud));

        assertThat(reduced.x()[0] * reduced.stepM()).isCloseTo(10.0017f, within(0.0021f));
        assertThat(reduced.y()[0] * reduced.stepM()).isCloseTo(-20.0005f, within(0.0021f));
        assertThat(Short.toUnsignedInt(reduced.time()[0]) / 65535.0).isCloseTo(0.25, within(1e-5));
        assertThat(reduced.timed()).isTrue();
    }

    @Test
    void leavesOutTheVehicleTheFarAndWhatIsNoNumber() {
        PointCloud cloud = new PointCloud();
        cloud.add(1, 1, 0, 0);
        cloud.add(150, 0, 0, 0);
        cloud.add(Float.NaN, 5, 0, 0);
        cloud.add(5, Float.POSITIVE_INFINITY, 0, 0);
        cloud.add(5, 5, 0, 0);

        assertThat(reducer.reduce(sweep(cloud)).size()).isEqualTo(1);
    }

    @Test
    void moreVoxelsThanFitMakeThemGrowInsteadOfCuttingSomeOff() {
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < 90_000; i++) {
            cloud.add(-60 + 0.4f * (i % 300), -60 + 0.4f * (i / 300), 0.1f, 0);
        }

        ReducedSweep reduced = reducer.reduce(sweep(cloud));

        assertThat(reduced.size()).isBetween(ReducedSweep.MAX_POINTS / 2, ReducedSweep.MAX_POINTS);
        for (int sx = -1; sx <= 1; sx += 2) {
            for (int sy = -1; sy <= 1; sy += 2) {
                int inQuadrant = 0;
                for (int i = 0; i < reduced.size(); i++) {
                    if (reduced.x()[i] * sx > 0 && reduced.y()[i] * sy > 0) {
                        inQuadrant++;
                    }
                }
                assertThat(inQuadrant).isGreaterThan(reduced.size() / 5);
            }
        }
    }

    @Test
    void emptySweepGivesAnEmptyResult() {
        assertThat(reducer.reduce(sweep(new PointCloud())).size()).isZero();
    }

    private static long cell(float v) {
        return (long) Math.floor(v / CONFIG.reduceVoxelM());
    }

    private static Sweep sweep(PointCloud cloud) {
        return new Sweep(
                "veh",
                "veh/top",
                "test",
                0,
                0,
                DURATION,
                Sweep.Sector.WHOLE,
                RigidTransform.IDENTITY,
                null,
                cloud);
    }
}
