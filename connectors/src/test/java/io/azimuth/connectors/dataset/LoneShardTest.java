package io.azimuth.connectors.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.simulation.TownFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoneShardTest {
    private static List<CropDraft> drawn(TownFamily family, SensorChoice sensor, long seed)
            throws Exception {
        var options = new CropSet.Options(32, seed, family, sensor, true, true, 32, 1);
        List<CropDraft> out = new ArrayList<>();
        new LoneShard(options, 0, 32).draw(out::add);
        return out;
    }

    @Test
    void classesComeInTurnWithinReachAndRoadUsersHaveAHeading() throws Exception {
        List<CropDraft> crops = drawn(TownFamily.B, SensorChoice.VLP16, 5);

        for (int i = 0; i < 32; i++) {
            CropDraft crop = crops.get(i);
            assertThat(crop.cropClass()).isEqualTo(CropClass.ALL[i % 8]);
            assertThat(crop.size()).isBetween(10, 3000);
            assertThat(crop.rangeM()).isBetween(2.0, 42.0);
            assertThat(Double.isFinite(crop.headingRad())).isEqualTo(crop.cropClass().isObject());
            assertThat(crop.group()).isEqualTo(i);
        }
    }

    @Test
    void anotherSeedShowsOtherThings() throws Exception {
        float[] one = drawn(TownFamily.A, SensorChoice.MIXED, 5).get(0).x();

        assertThat(drawn(TownFamily.A, SensorChoice.MIXED, 5).get(0).x()).isEqualTo(one);
        assertThat(Arrays.equals(drawn(TownFamily.A, SensorChoice.MIXED, 6).get(0).x(), one))
                .isFalse();
    }
}
