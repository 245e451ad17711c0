package io.azimuth.perception.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoneObjectTest {
    /** Range noise, and what of a body sticks out of its hull (mirrors). */
    private static final double OUTSIDE_M = 0.4;

    private static final SensorModel SENSOR = SensorModel.hdl64("top").mounted(1.8, 0.01, -0.01);

    @ParameterizedTest
    @EnumSource(LoneObject.Kind.class)
    void whatIsSeenOfItLiesInItsBox(LoneObject.Kind kind) {
        for (TownFamily family : TownFamily.values()) {
            for (long seed = 0; seed < 5; seed++) {
                LoneObject.Seen seen = seen(family, kind, seed, 12, 5);
                PointCloud cloud = seen.cloud();
                int own = 0;
                for (int i = 0; i < cloud.size(); i++) {
                    if (seen.ofObject()[i]) {
                        own++;
                        assertThat(inside(seen.box(), cloud, i))
                                .as("%s %s %d point %d", family, kind, seed, i)
                                .isTrue();
                    }
                }
                assertThat(own).as("%s %s %d", family, kind, seed).isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LoneObject.Kind.class)
    void theGroundAboutItLiesBelowTheSensor(LoneObject.Kind kind) {
        LoneObject.Seen seen = seen(TownFamily.A, kind, 3, 9, -4);
        PointCloud cloud = seen.cloud();
        for (int i = 0; i < cloud.size(); i++) {
            if (!seen.ofObject()[i]) {
                assertThat(SENSOR.egoFromSensor().mapZ(cloud.x()[i], cloud.y()[i], cloud.z()[i]))
                        .isBetween(-0.1, 0.1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LoneObject.Kind.class)
    void theSameSeedsShowTheSamePoints(LoneObject.Kind kind) {
        LoneObject.Seen one = seen(TownFamily.B, kind, 8, 15, 2);
        LoneObject.Seen two = seen(TownFamily.B, kind, 8, 15, 2);

        assertThat(two.cloud().x()).isEqualTo(one.cloud().x());
        assertThat(two.ofObject()).isEqualTo(one.ofObject());
        assertThat(two.box()).isEqualTo(one.box());
    }

    private static LoneObject.Seen seen(
            TownFamily family, LoneObject.Kind kind, long seed, double x, double y) {
        return LoneObject.of(family, kind, seed).seenBy(SENSOR, x, y, 0.7, 40 + seed);
    }

    private static boolean inside(OrientedBox box, PointCloud cloud, int i) {
        return box.contains(cloud.x()[i], cloud.y()[i], cloud.z()[i], OUTSIDE_M);
    }
}
