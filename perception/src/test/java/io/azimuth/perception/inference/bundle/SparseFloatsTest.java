package io.azimuth.perception.inference.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.testing.Property;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class SparseFloatsTest {
    @Test
    void pairsStandWhereTheirIndexSaysAndTheRestIsZero() {
        Property.forAll(
                50,
                random -> {
                    int n = random.nextInt(1, 200);
                    float[] dense = new float[n];
                    ByteBuffer pairs = ByteBuffer.allocate(8 * n).order(ByteOrder.LITTLE_ENDIAN);
                    for (int i = 0; i < n; i++) {
                        if (random.nextInt(4) == 0) {
                            dense[i] = random.nextFloat() + 1;
                            pairs.putInt(i).putFloat(dense[i]);
                        }
                    }
                    byte[] given = new byte[pairs.position()];
                    pairs.get(0, given);

                    float[] found = new float[n];
                    ByteBuffer.wrap(SparseFloats.expand("in", given, 4L * n))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer()
                            .get(found);

                    assertThat(found).isEqualTo(dense);
                });
    }

    @Test
    void indicesThatFallRepeatOrLeaveTheTensorAreRefused() {
        for (int[] indices : new int[][] {{3, 2}, {3, 3}, {-1}, {10}, {Integer.MIN_VALUE}}) {
            ByteBuffer pairs =
                    ByteBuffer.allocate(8 * indices.length).order(ByteOrder.LITTLE_ENDIAN);
            for (int i : indices) {
                pairs.putInt(i).putFloat(1);
            }
            assertThatThrownBy(() -> SparseFloats.expand("in", pairs.array(), 40))
                    .isInstanceOf(ModelRejected.class)
                    .hasMessageContaining("index");
        }
        assertThatThrownBy(() -> SparseFloats.expand("in", new byte[9], 40))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining("pairs of 8");
        assertThatThrownBy(() -> SparseFloats.expand("in", new byte[8], 1L << 40))
                .isInstanceOf(ModelRejected.class);
    }
}
