package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.tracking.TrackerConfig;
import io.azimuth.registration.odometry.OdometryConfig;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class ShippedRecordTest {
    record Unshippable(Object thing) {}

    @Test
    void theConfigurationsOfAllStationsArriveAsTheyLeft() throws Exception {
        assertThat(travelled(OdometryConfig.class, OdometryConfig.defaults()))
                .isEqualTo(OdometryConfig.defaults());
        assertThat(travelled(TrackerConfig.class, TrackerConfig.defaults()))
                .isEqualTo(TrackerConfig.defaults());
        assertThat(travelled(GeometricDetectorConfig.class, GeometricDetectorConfig.defaults()))
                .isEqualTo(GeometricDetectorConfig.defaults());
    }

    @Test
    void aDetectorIsMadeWhereItArrives() throws Exception {
        byte[] bytes = InstantiationUtil.serializeObject(Detectors.named("geometric"));
        DetectorFactory there =
                InstantiationUtil.deserializeObject(bytes, getClass().getClassLoader());

        assertThat(there.open()).isNotNull();
    }

    @Test
    void anUnknownDetectorIsRefusedWithTheNamesThatExist() {
        assertThatThrownBy(() -> Detectors.named("polarr"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("polarr")
                .hasMessageContaining("geometric");
    }

    @Test
    void whatCannotTravelIsNamed() {
        Unshippable value = new Unshippable(new Object());

        assertThatThrownBy(() -> ShippedRecord.of(Unshippable.class, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unshippable.thing");
    }

    private static <T extends Record> T travelled(Class<T> type, T value) throws Exception {
        byte[] bytes = InstantiationUtil.serializeObject(ShippedRecord.of(type, value));
        ShippedRecord<T> there =
                InstantiationUtil.deserializeObject(
                        bytes, ShippedRecordTest.class.getClassLoader());
        return there.open();
    }
}
