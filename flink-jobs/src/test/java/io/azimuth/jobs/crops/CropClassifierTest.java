package io.azimuth.jobs.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.connectors.crops.CropLabels;
import io.azimuth.connectors.crops.CropReader;
import io.azimuth.connectors.crops.CropTable;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.EncoderInfo;
import io.azimuth.perception.invariant.Encoding;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropClassifierTest {
    private static final List<String> CLASSES = List.of("low", "high", "deep");

    @TempDir private Path folder;

    /** Takes the sign of the first point's z for the class. */
    private static final class ByHeight implements CropEncoder {
        @Override
        public EncoderInfo info() {
            return new EncoderInfo(
                    "by-height", SymmetryGroup.YAW, true, 1, CLASSES, List.of(1), "0");
        }

        @Override
        public List<Encoding> encode(List<Crop> crops) {
            return crops.stream().map(ByHeight::encoding).toList();
        }

        private static Encoding encoding(Crop crop) {
            float z = crop.size() == 0 ? 0 : (float) crop.z()[0];
            float[] logits = {-z, z, -2 * Math.abs(z)};
            return new Encoding(CropStatus.OK, new float[] {1}, logits, Double.NaN, 0, 0.5);
        }

        @Override
        public void close() {}
    }

    /** Crops of one point each: a folder of clouds, so that one may have none. */
    private CropTable crops(double... z) throws IOException {
        for (int i = 0; i < z.length; i++) {
            boolean empty = Double.isNaN(z[i]);
            String header =
                    "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, 3), }\n"
                            .formatted(empty ? 0 : 1);
            ByteBuffer out =
                    ByteBuffer.allocate(10 + header.length() + (empty ? 0 : 12))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                            .putShort((short) header.length())
                            .put(header.getBytes(StandardCharsets.US_ASCII));
            if (!empty) {
                out.putFloat(5).putFloat(0).putFloat((float) z[i]);
            }
            Files.write(folder.resolve("%03d.npy".formatted(i)), out.array());
        }
        return CropReader.read(folder, null);
    }

    @Test
    void resultsAreInOrderAndCountedByLabel() throws IOException {
        CropTable table = crops(-1, 1, 2, -2, Double.NaN);
        var results = new CropClassifier(new ByHeight(), List.of()).classify(table, null);
        assertThat(results).extracting(CropResult::best).containsExactly(0, 1, 1, 0, -1);
        CropLabels truth =
                new CropLabels(new int[] {0, 1, 0, 2, 1}, List.of("low", "high", "unheard"));
        ClassTally tally = ClassTally.of(results, truth, CLASSES);
        assertThat(tally.labels()).containsExactly("low", "high", "deep", "unheard");
        assertThat(tally.accuracy()).isEqualTo(2 / 5.0);
        assertThat(tally.classMean()).isEqualTo((0.5 + 0.5 + 0) / 3);
        assertThat(tally.precision(1)).isEqualTo(0.5);
        assertThat(tally.count(3, 1)).isEqualTo(1); // no answer
    }

    @Test
    void onlyAllowedClassesAreAnswersAndShareTheProbability() throws IOException {
        CropTable table = crops(-1, 3);
        var encoder = new ByHeight();
        var results = new CropClassifier(encoder, List.of("high", "deep")).classify(table, null);
        assertThat(results).extracting(CropResult::best).containsExactly(1, 1);
        double expected = Math.exp(-1) / (Math.exp(-1) + Math.exp(-2));
        assertThat(results.get(0).score()).isCloseTo(expected, within(1e-6));
        assertThatThrownBy(() -> new CropClassifier(encoder, List.of("heigh")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("heigh");
    }

    private static org.assertj.core.data.Offset<Double> within(double v) {
        return org.assertj.core.data.Offset.offset(v);
    }

    @Test
    void turnsMovePointsAndSensorButNotUp() throws IOException {
        Crop crop =
                new Crop(
                        new double[] {1, 2},
                        new double[] {0, 1},
                        new double[] {0.5, 0},
                        new double[] {4, 0, 0},
                        new double[] {0, 0, 1});
        CropTurns turns = CropTurns.so3(50, 3);
        for (int i = 0; i < 50; i++) {
            Crop turned = turns.apply(i, crop);
            assertThat(turned.up()).containsExactly(0, 0, 1);
            double before = Math.hypot(Math.hypot(1 - 4, 0), 0.5);
            double after =
                    Math.sqrt(
                            square(turned.x()[0] - turned.sensor()[0])
                                    + square(turned.y()[0] - turned.sensor()[1])
                                    + square(turned.z()[0] - turned.sensor()[2]));
            assertThat(after).isCloseTo(before, within(1e-12));
        }
        assertThat(turns.apply(1, crop).x()).isNotEqualTo(turns.apply(2, crop).x());
        assertThat(CropTurns.yaw(3, 3).apply(2, crop).z()).containsExactly(0.5, 0);
    }

    private static double square(double v) {
        return v * v;
    }

    @Test
    void rotationsOfATableTurnAsQuaternionsDo() throws IOException {
        Path file = folder.resolve("r.csv");
        double h = Math.sqrt(0.5);
        Files.writeString(file, "index,qw,qx,qy,qz\n0,%s,0,0,%s\n".formatted(h, h));
        Crop crop =
                new Crop(
                        new double[] {1},
                        new double[] {0},
                        new double[] {7},
                        new double[3],
                        new double[] {0, 0, 1});
        Crop turned = CropTurns.read(file, 1).apply(0, crop);
        assertThat(turned.x()[0]).isCloseTo(0, within(1e-12));
        assertThat(turned.y()[0]).isCloseTo(1, within(1e-12));
        assertThat(turned.z()[0]).isEqualTo(7);
        assertThatThrownBy(() -> CropTurns.read(file, 2)).hasMessageContaining("1 rotations");
    }
}
