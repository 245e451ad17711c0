package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelRejected;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolarContractTest {
    private final Manifest shipped = PolarModels.read(PolarModels.NANO).manifest();

    /** A resource is read by its manifest alone; a folder must hold nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {PolarModels.NANO, PolarModels.TINY})
    void everyShippedBundleIsAlsoAcceptedAsAFolder(String name) throws Exception {
        URL folder = PolarModels.class.getResource(name);

        assertThat(folder).isNotNull();
        assertThat(BundleReader.read(Path.of(folder.toURI())).digest())
                .isEqualTo(PolarModels.read(name).digest());
    }

    @Test
    void theShippedNetworkReadsTheNanoGrid() {
        PolarContract contract = PolarContract.of(shipped);

        assertThat(contract.grid()).isEqualTo(PolarGrid.nano());
        assertThat(contract.haloRows()).isEqualTo(112);
        assertThat(contract.rows()).isEqualTo(256);
        assertThat(contract.columns()).isEqualTo(64);
    }

    @Test
    void rawScoresAndProbabilitiesAreEachOthersInverse() {
        PolarContract contract = PolarContract.of(shipped);
        for (int k = 0; k < 3; k++) {
            for (double p = 0.05; p < 0.96; p += 0.05) {
                double raw = contract.raw(k, p);
                if (raw > 1e-3 && raw < 1 - 1e-3) {
                    assertThat(contract.probability(k, raw)).isCloseTo(p, within(1e-9));
                }
            }
            assertThat(contract.probability(k, 0.8)).isGreaterThan(contract.probability(k, 0.4));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "azimuthBins,512",
        "rangeBins,64",
        "minRangeM,-1",
        "rangeStepM,text",
        "haloRows,96",
        "wrap,false",
        "heightEdgesM,0"
    })
    void anotherGridIsRefusedByName(String key, String value) {
        Object parsed =
                switch (value) {
                    case "text" -> "half a metre";
                    case "false" -> false;
                    default -> Integer.parseInt(value);
                };
        Map<String, Object> grid = new HashMap<>(map(shipped.preprocessing().get("grid")));
        grid.put(key, parsed);

        assertThatThrownBy(() -> PolarContract.of(with(Map.of("grid", grid), null, null)))
                .isInstanceOf(ModelRejected.class)
                .hasMessageMatching("(?s).*(%s|shape).*".formatted(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "strideAzimuth",
                "strideRange",
                "meanSizesM",
                "calibration",
                "centreNmsM",
                "iouPower",
                "outputs"
            })
    void aMissingWordOnTheAnswerIsRefusedByName(String key) {
        Map<String, Object> after = new HashMap<>(shipped.postprocessing());
        after.remove(key);

        assertThatThrownBy(() -> PolarContract.of(with(null, after, null)))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining(key);
    }

    @Test
    void otherClassesAreRefusedByName() {
        List<String> classes = List.of("vehicle", "pedestrian", "tram");
        Map<String, Object> after = new HashMap<>(shipped.postprocessing());
        after.put("outputs", join(classes, PolarContract.CODE));

        assertThatThrownBy(() -> PolarContract.of(with(null, after, classes)))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining("tram");
    }

    @Test
    void classesInAnotherOrderThanTheAnswerAreRefused() {
        List<String> swapped = List.of("pedestrian", "vehicle", "cyclist");

        assertThatThrownBy(() -> PolarContract.of(with(null, null, swapped)))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining("outputs");
    }

    private static List<String> join(List<String> a, List<String> b) {
        return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> out = new HashMap<>();
        ((Map<?, ?>) value).forEach((k, v) -> out.put(k.toString(), v));
        return out;
    }

    private Manifest with(
            Map<String, Object> before, Map<String, Object> after, List<String> classes) {
        return new Manifest(
                shipped.name(),
                shipped.version(),
                shipped.task(),
                shipped.license(),
                shipped.trainingData(),
                shipped.trainer(),
                shipped.metrics(),
                shipped.onnx(),
                shipped.inputs(),
                shipped.outputs(),
                before == null ? shipped.preprocessing() : before,
                after == null ? shipped.postprocessing() : after,
                classes == null ? shipped.classes() : classes,
                shipped.golden(),
                shipped.limits(),
                shipped.files(),
                shipped.variants());
    }
}
