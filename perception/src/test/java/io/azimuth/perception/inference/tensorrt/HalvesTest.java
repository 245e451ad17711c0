package io.azimuth.perception.inference.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.inference.tensorrt.seam.HalfTable;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HalvesTest {
    @Test
    void everyHalfHasTheValueOfItsDefinitionAndComesBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            short half = (short) bits;
            float value = Halves.toFloat(half);

            assertThat(value).as("bits %x", bits).isEqualTo(Float.valueOf(HalfTable.toFloat(half)));
            if (!Float.isNaN(value)) {
                assertThat(Halves.of(value)).as("bits %x", bits).isEqualTo(half);
            }
        }
        assertThat(Halves.toFloat(Halves.of(Float.NaN))).isNaN();
    }

    @Test
    void everyFloatGoesToTheNearestHalfAndTiesToTheEvenOne() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (i % 2 == 0) { // most floats are far outside of the halves' range
                value =
                        (float)
                                ((random.nextDouble() * 2 - 1)
                                        * Math.pow(2, random.nextInt(-26, 18)));
            }
            if (!Float.isNaN(value) && Halves.of(value) != HalfTable.nearest(value)) {
                assertThat(Halves.of(value)).as("%s", value).isEqualTo(HalfTable.nearest(value));
            }
        }
        for (int bits = 0; bits < 0x7BFF; bits++) {
            float middle =
                    (HalfTable.toFloat((short) bits) + HalfTable.toFloat((short) (bits + 1))) / 2;
            assertThat(Halves.of(middle)).as("%s", middle).isEqualTo(HalfTable.nearest(middle));
        }
        assertThat(Halves.of(65519f)).isEqualTo((short) 0x7BFF);
        assertThat(Halves.of(65520f)).isEqualTo((short) 0x7C00);
    }
}
