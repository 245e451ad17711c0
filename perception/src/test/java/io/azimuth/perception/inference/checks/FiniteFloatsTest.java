package io.azimuth.perception.inference.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.testing.Property;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FiniteFloatsTest {
    @Test
    void theFirstBadValueIsFoundWhereverItIsAndNothingElseIs() {
        FiniteFloats finite = new FiniteFloats();
        Property.forAll(
                300,
                random -> {
                    int size = random.nextInt(1, 3000);
                    FloatBuffer values = DirectBuffers.allocate(size + 1);
                    for (int i = 0; i < size; i++) {
                        float value = Float.intBitsToFloat(random.nextInt());
                        values.put(i, Float.isFinite(value) ? value : -Float.MAX_VALUE);
                    }
                    values.put(size, Float.NaN); // behind the end
                    assertThat(finite.firstBad(values, size)).isEqualTo(-1);

                    int first = random.nextInt(size);
                    float[] bad = {
                        Float.NaN,
                        Float.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        Float.intBitsToFloat(0xffffffff),
                        Float.intBitsToFloat(0x7f800001),
                    };
                    values.put(first, bad[random.nextInt(bad.length)]);
                    values.put(random.nextInt(first, size), Float.NaN);
                    assertThat(finite.firstBad(values, size)).isEqualTo(first);
                });
    }
}
