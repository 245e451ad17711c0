package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedSweepTest {
    private static final long DURATION = 100_000_000L;

    @Test
    void aMovingObjectStandsWhereItWasMeasuredInTheSensorsAxes() {
        PointCloud cloud = new PointCloud();
        cloud.add(10, 0, 0, 0.2f, 0, 0); // of the first object, at the start
        cloud.add(0, 10, 0, 0.2f, 0, (int) DURATION); // of the second, at the end
        cloud.declare(false, true);
        List<TruthBox> boxes =
                List.of(moving(1, 10, 0, 1), moving(2, 0, 10, 1), moving(3, -10, 0, 0));
        SimulatedSweep made =
                new SimulatedSweep(
                        new Sweep(
                                "v",
                                "v/top",
                                "d",
                                0,
                                0,
                                DURATION,
                                Sweep.Sector.WHOLE,
                                RigidTransform.IDENTITY,
                                null,
                                cloud),
                        RigidTransform.ofYaw(Math.PI / 2, 100, 50, 0),
                        RigidTransform.IDENTITY,
                        boxes,
                        new int[] {1, 2});

        List<TruthBox> found = made.boxesAsMeasured();

        // 12 m/s along the world's x is 12 m/s to the sensor's right; half a sweep early and late
        assertAt(found.get(0), 10, 0.6);
        assertAt(found.get(1), 0, 10 - 0.6);
        assertAt(found.get(2), -10, 0); // nothing of it was seen
        assertThat(found.get(0).box().yawRad()).isEqualTo(boxes.get(0).box().yawRad());
    }

    private static void assertAt(TruthBox b, double x, double y) {
        assertThat(b.box().x()).isCloseTo(x, within(1e-9));
        assertThat(b.box().y()).isCloseTo(y, within(1e-9));
        assertThat(b.box().z()).isCloseTo(0.7, within(1e-9));
    }

    private static TruthBox moving(int id, double x, double y, int points) {
        OrientedBox box = new OrientedBox(x, y, 0.7, 4, 2, 1.5, 0.3);
        return new TruthBox(id, ObjectClass.CAR, box, 12, 0, 0, points);
    }
}
