package io.azimuth.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.inference.serving.Batching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final Map<String, String> NO_ENV = Map.of();

    @TempDir Path folder;

    /** Each leaf by each way; the origin tells which layer won. */
    @Test
    void everyLeafIsTakenFromDefaultThenFileThenEnvironmentThenCommandLine() throws IOException {
        EffectiveConfig defaults = ConfigLoader.load(null, NO_ENV, List.of());
        for (EffectiveConfig.Entry leaf : defaults.entries()) {
            String path = leaf.setting().path();
            Path file = folder.resolve("c.yaml");
            Files.writeString(file, nested(path, leaf.text()));
            Map<String, String> env = Map.of(leaf.setting().environmentName(), leaf.text());
            List<String> sets = List.of(path + "=" + leaf.text());

            assertThat(leaf.origin()).isEqualTo("default");
            assertThat(origin(ConfigLoader.load(file, NO_ENV, List.of()), path))
                    .startsWith(file + ":");
            assertThat(origin(ConfigLoader.load(file, env, List.of()), path))
                    .isEqualTo("environment variable " + leaf.setting().environmentName());
            assertThat(origin(ConfigLoader.load(file, env, sets), path)).isEqualTo("--set");
        }
    }

    @Test
    void theLaterLayerGivesTheValue() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "geometric:\n  maxRangeM: 41\n");
        Map<String, String> env = Map.of("AZIMUTH_GEOMETRIC_MAX_RANGE_M", "42");

        EffectiveConfig byFile = ConfigLoader.load(file, NO_ENV, List.of());
        EffectiveConfig byEnv = ConfigLoader.load(file, env, List.of());
        EffectiveConfig bySet = ConfigLoader.load(file, env, List.of("geometric.maxRangeM=43"));

        assertThat(byFile.values().geometric().maxRangeM()).isEqualTo(41);
        assertThat(byEnv.values().geometric().maxRangeM()).isEqualTo(42);
        assertThat(bySet.values().geometric().maxRangeM()).isEqualTo(43);
    }

    @Test
    void whatIsWrittenIsReadBackIdentically() throws IOException {
        EffectiveConfig written =
                ConfigLoader.load(null, NO_ENV, List.of("geometric.minScore=0.1234567890123"));

        EffectiveConfig read = ConfigLoader.parse("written", written.toYaml());

        assertThat(read.values()).isEqualTo(written.values());
        assertThat(read.digest()).isEqualTo(written.digest());
    }

    @Test
    void aDifferentResultSettingGivesADifferentDigest() throws IOException {
        String before = ConfigLoader.load(null, NO_ENV, List.of()).digest();

        String after = ConfigLoader.load(null, NO_ENV, List.of("geometric.minScore=0.11")).digest();

        assertThat(before).hasSize(64).isNotEqualTo(after);
    }

    @Test
    void howRunsAreSharedIsNoResultSetting() throws IOException {
        String before = ConfigLoader.load(null, NO_ENV, List.of()).digest();
        EffectiveConfig shared =
                ConfigLoader.load(
                        null,
                        NO_ENV,
                        List.of("batch.cap=8", "batch.deadlineMillis=5", "batch.ring=16"));

        assertThat(shared.values().batch()).isEqualTo(new Batching(8, 5, 16));
        assertThat(shared.digest()).isEqualTo(before);
        assertRefused("batch.cap=65", "cap is 65, accepted 0 to 64");
    }

    @Test
    void anUnknownKeyIsRefusedWithOriginAndNearestMatch() {
        assertRefused("geometric.maxRangM=1", "unknown setting 'geometric.maxRangM' (from --set)");
        assertRefused("geometric.maxRangM=1", "did you mean 'geometric.maxRangeM'?");
        assertRefused("roofM=2", "did you mean 'geometric.roofM'?");
        assertRefused("geometric=1", "is a section");
        assertRefused("geometric.maxRangeM", "expected path=value");
    }

    @Test
    void aWrongTypeNamesKeyValueAndWhatIsAccepted() {
        assertRefused(
                "geometric.minPoints=3.5",
                "setting 'geometric.minPoints' is '3.5' (from --set): expected a whole number");
        assertRefused("geometric.maxRangeM=NaN", "expected a number");
        assertRefused("geometric.maxRangeM=0x1p3", "expected a number");
    }

    @Test
    void aValueOutOfRangeNamesKeyValueOriginAndRange() {
        assertRefused(
                "geometric.maxRangeM=-1",
                "setting 'geometric.maxRangeM' is '-1.0' (from --set): maxRangeM is -1.0, expected above 0");
        assertRefused("detector=polr", "expected one of [geometric, polar, fused]");
    }

    @Test
    void aMistypedEnvironmentVariableIsRefusedAndAForeignOneIgnored() throws IOException {
        ConfigLoader.load(null, Map.of("AZIMUTH_DATA", "/tmp", "PATH", "/bin"), List.of());

        assertThatThrownBy(() -> ConfigLoader.load(null, Map.of("AZIMUTH_DETECTR", "x"), List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean 'AZIMUTH_DETECTOR'?");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThatThrownBy(() -> ConfigLoader.load(null, NO_ENV, List.of("a=1", "b=2")))
                .hasMessageContaining("'a'")
                .hasMessageContaining("'b'");
    }

    @Test
    void hostileFilesAreRefusedWithFileAndLine() {
        assertFileRefused("detector: geometric\ndetector: geometric\n", ":2: key 'detector'");
        assertFileRefused("detector: [geometric]\n", "is a list");
        assertFileRefused("detector: 'geo\n", "c.yaml:");
        assertFileRefused("- a\n", "expected 'key: value' lines");
        assertFileRefused("a: &a {x: 1}\nb: *a\n", "unknown setting 'a.x'");
        assertFileRefused("detector:\n", "not null");
    }

    private void assertFileRefused(String yaml, String message) {
        Path file = folder.resolve("c.yaml");
        assertThatThrownBy(
                        () -> {
                            Files.writeString(file, yaml);
                            ConfigLoader.load(file, NO_ENV, List.of());
                        })
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("c.yaml:")
                .hasMessageContaining(message);
    }

    private static void assertRefused(String set, String message) {
        assertThatThrownBy(() -> ConfigLoader.load(null, NO_ENV, List.of(set)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    private static String origin(EffectiveConfig config, String path) {
        return config.entries().stream()
                .filter(e -> e.setting().path().equals(path))
                .findFirst()
                .orElseThrow()
                .origin();
    }

    private static String nested(String path, String value) {
        StringBuilder out = new StringBuilder();
        String[] parts = path.split("\\.");
        for (int i = 0; i < parts.length; i++) {
            String end = i == parts.length - 1 ? " " + value : "";
            out.append("  ".repeat(i)).append(parts[i]).append(':').append(end).append('\n');
        }
        return out.toString();
    }
}
