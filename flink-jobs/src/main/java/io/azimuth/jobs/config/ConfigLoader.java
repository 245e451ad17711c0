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
    private static final String DEFAULT = "default";

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
        Layers layers = new Layers(AzimuthConfig.defaults());
        if (file != null) {
            YamlSettings.read(file).forEach(layers::put);
        }
        environmentAssignments(environment, layers).forEach(layers::put);
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                layers.problems.add(
                        "--set " + set + ": expected path=value, e.g. odometry.voxelM=0.8");
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
        Layers layers = new Layers(AzimuthConfig.defaults());
        YamlSettings.parse(name, yaml).forEach(layers::put);
        return layers.finish();
    }

    private static List<Assignment> environmentAssignments(
            Map<String, String> environment, Layers layers) {
        Map<String, Setting> byName = new LinkedHashMap<>();
        layers.known.values().forEach(s -> byName.put(s.environmentName(), s));
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
                layers.problems.add(
                        "unknown environment variable '%s'; did you mean '%s'?"
                                .formatted(name, nearest));
            }
        }
        return out;
    }

    /** Values and origins while they pile up. */
    private static final class Layers {
        private final Map<String, Setting> known = new LinkedHashMap<>();
        private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
        private final Map<String, String> origins = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();

        Layers(AzimuthConfig defaults) {
            settings().forEach(s -> known.put(s.path(), s));
            RecordTree.flatten(defaults, "", values);
        }

        void put(Assignment a) {
            Setting setting = known.get(a.path());
            if (setting == null) {
                problems.add(unknown(a));
                return;
            }
            try {
                if (setting.group()) {
                    switchGroup(setting, a.text());
                } else {
                    switchOnAround(setting);
                    values.put(a.path(), SettingValues.parse(setting, a.text()));
                }
                origins.put(a.path(), a.origin());
            } catch (IllegalArgumentException e) {
                problems.add(
                        "setting '%s' is '%s' (from %s): %s"
                                .formatted(a.path(), a.text(), a.origin(), e.getMessage()));
            }
        }

        private String unknown(Assignment a) {
            if (known.keySet().stream().anyMatch(k -> k.startsWith(a.path() + "."))) {
                return "setting '%s' (from %s) is a section: set one of its keys, e.g. '%s'"
                        .formatted(a.path(), a.origin(), firstBelow(a.path()));
            }
            String nearest = NearestKey.of(a.path(), known.keySet());
            return "unknown setting '%s' (from %s)%s"
                    .formatted(
                            a.path(),
                            a.origin(),
                            nearest == null
                                    ? "; see 'azimuth config show'"
                                    : "; did you mean '" + nearest + "'?");
        }

        private String firstBelow(String path) {
            return known.keySet().stream()
                    .filter(k -> k.startsWith(path + "."))
                    .findFirst()
                    .orElseThrow();
        }

        private void switchGroup(Setting group, @Nullable String text) {
            if (text == null || text.equals("off") || text.equals("null")) {
                values.keySet().removeIf(k -> k.startsWith(group.path() + "."));
                values.put(group.path(), null);
            } else if (text.equals("on")) {
                switchOn(group);
            } else {
                throw new IllegalArgumentException("expected " + SettingValues.accepted(group));
            }
        }

        private void switchOnAround(Setting leaf) {
            for (Setting s : known.values()) {
                if (s.group() && leaf.path().startsWith(s.path() + ".")) {
                    switchOn(s);
                }
            }
        }

        private void switchOn(Setting group) {
            if (values.containsKey(group.path())) {
                values.remove(group.path());
                RecordTree.flatten(RecordTree.defaults(group.type()), group.path() + ".", values);
            }
        }

        EffectiveConfig finish() {
            if (problems.isEmpty()) {
                try {
                    Object tree = RecordTree.build(AzimuthConfig.class, "", values);
                    return new EffectiveConfig((AzimuthConfig) tree, inOrder());
                } catch (RecordTree.SectionRefused e) {
                    problems.add(refused(e));
                }
            }
            throw new ConfigException(problems);
        }

        private List<EffectiveConfig.Entry> inOrder() {
            List<EffectiveConfig.Entry> out = new ArrayList<>();
            for (Setting s : known.values()) {
                if (values.containsKey(s.path())) {
                    String origin = origins.getOrDefault(s.path(), DEFAULT);
                    out.add(new EffectiveConfig.Entry(s, values.get(s.path()), origin));
                }
            }
            return out;
        }

        /**
         * Which of the values that somebody set is to blame: the one the message names, else all.
         */
        private String refused(RecordTree.SectionRefused e) {
            List<String> set =
                    origins.keySet().stream().filter(k -> k.startsWith(e.prefix)).toList();
            List<String> named =
                    set.stream()
                            .filter(k -> e.reason.contains(k.substring(k.lastIndexOf('.') + 1)))
                            .toList();
            List<String> blamed = named.isEmpty() ? set : named;
            StringBuilder text = new StringBuilder("setting");
            for (String path : blamed) {
                text.append(
                        " '%s' is '%s' (from %s)"
                                .formatted(
                                        path,
                                        SettingValues.yaml(values.get(path)),
                                        origins.get(path)));
            }
            return text.append(": ").append(e.reason).toString();
        }
    }
}
