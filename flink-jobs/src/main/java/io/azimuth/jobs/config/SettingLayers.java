package io.azimuth.jobs.config;

import io.azimuth.jobs.config.YamlSettings.Assignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values and origins while they pile up. Not thread-safe. */
final class SettingLayers {
    private static final String DEFAULT = "default";

    private final Map<String, Setting> known = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    SettingLayers(AzimuthConfig defaults) {
        ConfigLoader.settings().forEach(s -> known.put(s.path(), s));
        RecordTree.flatten(defaults, "", values);
    }

    /** The settings that exist. */
    Collection<Setting> known() {
        return known.values();
    }

    /** Something that is wrong beside the values themselves. */
    void problem(String text) {
        problems.add(text);
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

    /**
     * The tree of all values.
     *
     * @throws ConfigException listing every problem
     */
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

    /** Which of the values that somebody set is to blame: the one the message names, else all. */
    private String refused(RecordTree.SectionRefused e) {
        List<String> set = origins.keySet().stream().filter(k -> k.startsWith(e.prefix)).toList();
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
                                    path, SettingValues.yaml(values.get(path)), origins.get(path)));
        }
        return text.append(": ").append(e.reason).toString();
    }
}
