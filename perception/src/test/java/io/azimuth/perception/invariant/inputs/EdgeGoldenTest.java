package io.azimuth.perception.invariant.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Features against an independent numpy version ({@code golden/invariant/ri_edge.py}). */
class EdgeGoldenTest {
    private static final double AGREE = 1e-5;

    @Test
    void featuresAreThoseOfTheNumpyVersion() throws IOException {
        JsonNode golden;
        try (InputStream in = getClass().getResourceAsStream("/golden/invariant/ri_edge.json")) {
            golden = new ObjectMapper().readTree(in);
        }
        int k = golden.get("neighbours").asInt();
        int points = golden.get("points").asInt();
        int compared = 0;
        for (JsonNode expected : golden.get("crops")) {
            SymmetryGroup group =
                    SymmetryGroup.valueOf(expected.get("group").asText().toUpperCase(Locale.ROOT));
            InputConfig config = InputConfig.of(EncoderOption.RI_EDGE, group, points, k);
            Crop crop = crop(expected);
            float[][] rows = new NaiveNetwork(config).rows(crop, 0);
            int kept = Math.min(points, crop.size());
            requireAgree(rows[0], kept * k, expected, "edge");
            requireAgree(rows[3], kept, expected, "context");
            for (int i = 0; i < rows[2].length; i++) {
                assertThat((double) rows[2][i])
                        .isCloseTo(expected.get("glob").get(i).asDouble(), within(AGREE));
            }
            compared++;
        }
        assertThat(compared).isEqualTo(24);
    }

    private static void requireAgree(float[] found, int rows, JsonNode expected, String tensor) {
        JsonNode means = expected.get(tensor + "Mean");
        JsonNode maxima = expected.get(tensor + "Max");
        int width = means.size();
        for (int f = 0; f < width; f++) {
            double sum = 0;
            double most = Double.NEGATIVE_INFINITY;
            for (int r = 0; r < rows; r++) {
                sum += found[r * width + f];
                most = Math.max(most, found[r * width + f]);
            }
            String what = tensor + " feature " + f;
            assertThat(sum / rows).as(what).isCloseTo(means.get(f).asDouble(), within(AGREE));
            assertThat(most).as(what).isCloseTo(maxima.get(f).asDouble(), within(AGREE));
        }
    }

    private static Crop crop(JsonNode node) {
        JsonNode points = node.get("points");
        double[][] p = new double[3][points.size()];
        double[] sensor = new double[3];
        for (int c = 0; c < 3; c++) {
            sensor[c] = node.get("sensor").get(c).asDouble();
            for (int i = 0; i < p[c].length; i++) {
                p[c][i] = points.get(i).get(c).asDouble();
            }
        }
        return new Crop(p[0], p[1], p[2], sensor, new double[] {0, 0, 1});
    }
}
