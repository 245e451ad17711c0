package io.azimuth.connectors.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HalfFloatTest {
    private static double value(int bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        double magnitude =
                exponent == 0
                        ? Math.scalb(fraction, -24)
                        : Math.scalb(1024 + fraction, exponent - 25);
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    @Test
    void everyHalfIsItself() {
        for (int bits = 0; bits < 0x7C00; bits++) {
            assertThat(HalfFloat.bits((float) value(bits))).isEqualTo((short) bits);
            assertThat(HalfFloat.bits((float) -value(bits))).isEqualTo((short) (bits | 0x8000));
        }
    }

    @Test
    void whatLiesBetweenGoesToTheNearestAndTiesToEven() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            double low = value(bits);
            double gap = value(bits + 1) - low;
            int even = bits + (bits & 1);
            assertThat(HalfFloat.bits((float) (low + 0.49 * gap))).isEqualTo((short) bits);
            assertThat(HalfFloat.bits((float) (low + 0.51 * gap))).isEqualTo((short) (bits + 1));
            assertThat(HalfFloat.bits((float) (low + 0.5 * gap))).isEqualTo((short) even);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (float v : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 65505}) {
            assertThatThrownBy(() -> HalfFloat.bits(v))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
