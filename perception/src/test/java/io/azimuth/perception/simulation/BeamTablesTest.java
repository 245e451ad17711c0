package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import org.junit.jupiter.api.Test;

class BeamTablesTest {
    private static double deg(double rad) {
        return Math.toDegrees(rad);
    }

    @Test
    void vlp16FiresAsInItsManual() {
        BeamPattern p = BeamTables.vlp16();
        double[] firing = {-15, 1, -13, 3, -11, 5, -9, 7, -7, 9, -5, 11, -3, 13, -1, 15};
        for (int laser = 0; laser < 16; laser++) {
            int ring = (int) Math.round((15 - firing[laser]) / 2);
            assertThat(deg(p.elevationRad()[ring])).isCloseTo(firing[laser], within(1e-9));
            assertThat(p.delayColumns()[ring] * 55.296).isCloseTo(2.304 * laser, within(1e-9));
        }
        assertThat(0.1e6 / p.columns()).isCloseTo(55.296, within(0.02));
    }

    @Test
    void hdl32FiresAsInItsManual() {
        BeamPattern p = BeamTables.hdl32();
        assertThat(deg(p.elevationRad()[0])).isCloseTo(10.67, within(0.004));
        assertThat(deg(p.elevationRad()[31])).isCloseTo(-30.67, within(0.004));
        assertThat(deg(p.elevationRad()[8])).isCloseTo(0, within(1e-9));
        assertThat(p.delayColumns()[31]).isZero();
        assertThat(deg(p.elevationRad()[15])).isCloseTo(-9.33, within(0.004));
        assertThat(p.delayColumns()[15] * 46.08).isCloseTo(1.152, within(1e-9));
        assertThat(p.delayColumns()[30] * 46.08).isCloseTo(2 * 1.152, within(1e-9));
        assertThat(0.1e6 / p.columns()).isCloseTo(46.08, within(0.01));
    }

    @Test
    void hdl64HasTwoBlocksThatLookToBothSides() {
        BeamPattern p = BeamTables.hdl64();
        double low = 0;
        double high = 0;
        for (int r = 0; r < 64; r++) {
            double published = r < 32 ? 2 - r / 3.0 : -8.83 - 0.5 * (r - 32);
            assertThat(deg(p.elevationRad()[r])).isCloseTo(published, within(0.031));
            low = Math.min(low, deg(p.azimuthOffsetRad()[r]));
            high = Math.max(high, deg(p.azimuthOffsetRad()[r]));
        }
        assertThat(low).isBetween(-9.0, -8.0);
        assertThat(high).isBetween(8.5, 9.5);
        assertThat(p.originUpM()[0] - p.originUpM()[63]).isCloseTo(0.09, within(0.02));
    }

    @Test
    void os1IsStaggeredInFourColumns() {
        BeamPattern p = BeamTables.os1With128();
        assertThat(deg(p.elevationRad()[0])).isCloseTo(22.5, within(0.02));
        assertThat(deg(p.elevationRad()[127])).isCloseTo(-22.5, within(0.02));
        double[] stagger = {4.2, 1.4, -1.4, -4.2};
        for (int r = 0; r < 128; r++) {
            assertThat(deg(p.azimuthOffsetRad()[r])).isCloseTo(stagger[r % 4], within(0.02));
            assertThat(p.originOutM()[r]).isCloseTo(0.0277, within(1e-4));
        }
    }

    @Test
    void onlyIdealPatternsPromiseABeamTable() {
        assertThat(SensorModel.vlp16("a").beams()).isNull();
        assertThat(SensorModel.hdl64("a").beams()).isNull();
        assertThat(SensorModel.hdl64("a").ideal().beams()).isNotNull();
        SensorModel generic = SensorModel.spinning("a", 40, 10, -30, 1800);
        assertThat(generic.beams()).isNotNull();
        assertThat(deg(generic.pattern().elevationRad()[39])).isCloseTo(-30, within(1e-9));
        assertThatThrownBy(() -> SensorModel.spinning("a", 40, -30, 10, 1800))
                .hasMessageContaining("40 beams from -30.0 to 10.0 degrees");
    }

    @Test
    void everyPointTellsItsBeamsDirectionTimeAndOrigin() {
        for (SensorModel model :
                new SensorModel[] {
                    SensorModel.vlp16("top"),
                    SensorModel.hdl64("top").withColumns(512),
                    SensorModel.os1With128("top").withColumns(512)
                }) {
            TownDrive drive = new TownDrive(TownConfig.of(11).withSweeps(3).withSensors(model));
            SimulatedSweep s = drive.sweep(0, 0, 1);
            PointCloud points = s.sweep().points();
            BeamPattern p = model.pattern();
            double perColumn = s.sweep().durationNanos() / (double) p.columns();
            int last = 0;
            assertThat(points.size()).isGreaterThan(10_000);
            for (int i = 0; i < points.size(); i++) {
                int r = points.ringOf(i);
                int time = points.timeOffsetNanos()[i];
                double column = time / perColumn - p.delayColumns()[r];
                assertThat(column).isCloseTo(Math.rint(column), within(1e-4));
                double azimuth =
                        Math.PI * (1 - 2 * time / perColumn / p.columns())
                                + p.azimuthOffsetRad()[r];
                double x = points.x()[i];
                double y = points.y()[i];
                double flat = Math.hypot(x, y) - p.originOutM()[r];
                double up = points.z()[i] - p.originUpM()[r];
                assertThat(Angles.difference(Math.atan2(y, x), azimuth)).isBetween(-1e-5, 1e-5);
                assertThat(Math.atan2(up, flat)).isCloseTo(p.elevationRad()[r], within(1e-5));
                assertThat(time).isGreaterThanOrEqualTo(last);
                last = time;
            }
        }
    }

    @Test
    void staggeredBeamsMeetTheRoadWhereItIsAtTheirTime() {
        SensorModel model =
                SensorModel.hdl64("top")
                        .withColumns(1024)
                        .withRangeSigmaM(0)
                        .mounted(1.9, 0.05, -0.03);
        TownDrive drive = new TownDrive(TownConfig.of(11).withSweeps(80).withSensors(model));
        SimulatedSweep s = drive.sweep(0, 0, 60);
        Ground plan = drive.world().ground();
        PointCloud p = s.sweep().points();
        int roads = 0;
        for (int i = 0; i < p.size(); i++) {
            if (s.pointLabels()[i] == Surface.ROAD.label()) {
                long t = s.sweep().startNanos() + p.timeOffsetNanos()[i];
                RigidTransform m = drive.worldFromSensor(0, 0, t);
                float x = p.x()[i];
                float y = p.y()[i];
                float z = p.z()[i];
                double ground = plan.base(m.mapX(x, y, z), m.mapY(x, y, z));
                assertThat(m.mapZ(x, y, z) - ground).isBetween(-2e-3, 2e-3);
                roads++;
            }
        }
        assertThat(roads).isGreaterThan(5000);
    }
}
