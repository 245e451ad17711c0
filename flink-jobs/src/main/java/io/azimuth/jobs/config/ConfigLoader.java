package io.azimuth.jobs.config;

import io.azimuth.jobs.config.YamlSettings.Assignment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lays values over the defaults: default, then file, then environment ({@code AZIMUTH_<PATH>}),
 * then {@code --set a.b=c}; the later one wins. All problems are reported at once. Stateless,
 * thread-safe.
 */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * The effective configuration.
     *
     * @param file YAML; null for none
     * @param environment variables that do not start with {@code AZIMUTH_} are ignored
     * @param sets each {@code path=value}
     * @throws IOException if the file cannot be read
     * @throws ConfigException listing every key or value that is not accepted
     */
    public static EffectiveConfig load(
            @Nullable Path file, Map<String, String> environment, List<String> sets)
            throws IOException {
        SettingLayers layers = new SettingLayers(AzimuthConfig.defaults());
        if (file != null) {
            YamlSettings.read(file).forEach(layers::put);
        }
        environmentAssignments(environment, layers).forEach(layers::put);
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                layers.problem("--set " + set + ": expected path=value, e.g. odometry.voxelM=0.8");
                continue;
            }
            String value = set.substring(equals + 1);
            layers.put(new Assignment(set.substring(0, equals).strip(), value, "--set"));
        }
        return layers.finish();
    }

    /** The keys that exist. */
    public static List<Setting> settings() {
        return RecordTree.settings(AzimuthConfig.class);
    }

    /** The configuration of a text that {@link EffectiveConfig#toYaml} wrote. */
    static EffectiveConfig parse(String name, String yaml) {
        SettingLayers layers = new SettingLayers(AzimuthConfig.defaults());
        YamlSettings.parse(name, yaml).forEach(layers::put);
        return layers.finish();
    }

    private static List<Assignment> environmentAssignments(
            Map<String, String> environment, SettingLayers layers) {
        Map<String, Setting> byName = new LinkedHashMap<>();
        layers.known().forEach(s -> byName.put(s.environmentName(), s));
        List<Assignment> out = new ArrayList<>();
        for (var entry : new TreeMap<>(environment).entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith(Setting.ENVIRONMENT_PREFIX)) {
                continue;
            }
            Setting setting = byName.get(name);
            if (setting != null) {
                String origin = "environment variable " + name;
                out.add(new Assignment(setting.path(), entry.getValue(), origin));
                continue;
            }
            // AZIMUTH_HOME and the like are no settings; what looks like one must be one
            String nearest = NearestKey.of(name, byName.keySet());
            if (nearest != null) {
                layers.problem(
                        "unknown environment variable '%s'; did you mean '%s'?"
                                .formatted(name, nearest));
            }
        }
        return out;
    }
}
