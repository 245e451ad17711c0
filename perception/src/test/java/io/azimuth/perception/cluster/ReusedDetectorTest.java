package io.azimuth.perception.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A detector serves whichever sensors share its task: nothing of a sweep may reach the next. */
class ReusedDetectorTest {
    @Test
    void whatCameBeforeChangesNothing() {
        SensorModel top = SensorModel.vlp16("top");
        SensorModel rear =
                SensorModel.hdl32("rear")
                        .mountedAt("rear", RigidTransform.ofYaw(0.4, -1.2, 0.4, 1.9));
        TownDrive town =
                new TownDrive(
                        TownConfig.of(3).withSweeps(30).withVehicles(2).withSensors(top, rear));
        try (GeometricDetector reused = new GeometricDetector(GeometricDetectorConfig.defaults())) {
            for (int i = 17; i < 30; i++) {
                for (int s = 0; s < 4; s++) {
                    Sweep sweep = town.sweep(s / 2, s % 2, i).sweep();

                    List<Detection> again = reused.detect(sweep);

                    GeometricDetector fresh =
                            new GeometricDetector(GeometricDetectorConfig.defaults());
                    assertThat(again)
                            .as("%s, sweep %d", sweep.sensorId(), i)
                            .isEqualTo(fresh.detect(sweep));
                }
            }
        }
    }
}
