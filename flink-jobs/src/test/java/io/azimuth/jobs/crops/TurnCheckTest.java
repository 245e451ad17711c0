package io.azimuth.jobs.crops;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.connectors.arrays.NpyRows;
import io.azimuth.connectors.crops.CropReader;
import io.azimuth.connectors.crops.CropTable;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.EncoderInfo;
import io.azimuth.perception.invariant.Encoding;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnCheckTest {
    private static final int CROPS = 9;

    @TempDir private Path dir = Path.of("");
    private CropTable table;

    @BeforeEach
    void makeCrops() throws Exception {
        Path file = dir.resolve("crops.npy");
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[CROPS * 20 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(1, 4);
        }
        try (NpyRows rows = new NpyRows(file, List.of(CROPS, 20, 3), false)) {
            rows.put(values, values.length);
        }
        table = CropReader.read(file, null);
    }

    /** Names one of two classes by the sign of a number. */
    private record ByNumber(SymmetryGroup group, ToDoubleFunction<Crop> number)
            implements CropEncoder {
        @Override
        public EncoderInfo info() {
            return new EncoderInfo("n", group, true, 1, List.of("a", "b"), List.of(1), "0");
        }

        @Override
        public List<Encoding> encode(List<Crop> crops) {
            return crops.stream().map(this::encoding).toList();
        }

        private Encoding encoding(Crop crop) {
            float z = (float) number.applyAsDouble(crop);
            float[] logits = {z, -z};
            return new Encoding(CropStatus.OK, new float[] {1}, logits, Double.NaN, 0, 0.5);
        }

        @Override
        public void close() {}
    }

    private static double heightOverSensor(Crop crop) {
        double sum = 0;
        for (double z : crop.z()) {
            sum += (z - crop.sensor()[2]) / crop.size();
        }
        return sum - 2.5;
    }

    private TurnCheck.Result check(
            SymmetryGroup group, ToDoubleFunction<Crop> number, boolean rounded) {
        return new TurnCheck(new ByNumber(group, number), 6, rounded).check(table, 5, 1);
    }

    @Test
    void whatYawLeavesIsExact() {
        TurnCheck.Result found = check(SymmetryGroup.YAW, TurnCheckTest::heightOverSensor, false);

        assertThat(found.crops()).isEqualTo(5);
        assertThat(found.compared()).isEqualTo(30);
        assertThat(found.max()).isLessThan(1e-6);
        assertThat(found.flips()).isZero();
    }

    @Test
    void whatATurnChangesIsFound() {
        TurnCheck.Result found = check(SymmetryGroup.SO3, TurnCheckTest::heightOverSensor, true);

        assertThat(found.max()).isGreaterThan(0.5);
        assertThat(found.flips()).isPositive();
    }

    @Test
    void theOrderOfThePointsAndTheirPlaceAreChangedToo() {
        assertThat(check(SymmetryGroup.YAW, crop -> crop.x()[0] - 2, false).max()).isPositive();
        assertThat(check(SymmetryGroup.YAW, crop -> crop.z()[0] - 2.5, true).max()).isPositive();
        assertThat(check(SymmetryGroup.YAW, crop -> crop.sensor()[2], false).max()).isPositive();
        assertThat(check(SymmetryGroup.YAW, crop -> crop.sensor()[2], true).max()).isZero();
    }
}
