package io.azimuth.jobs.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a YAML file into assignments with their lines. Hostile input is refused, not obeyed. */
final class YamlSettings {
    private static final int MAX_BYTES = 3 << 20;
    private static final int MAX_DEPTH = 32;

    private final String name;
    private final List<Assignment> out = new ArrayList<>();

    private YamlSettings(String name) {
        this.name = name;
    }

    /**
     * @throws IOException if the file cannot be read
     * @throws ConfigException naming file and line if it is no YAML map of settings
     */
    static List<Assignment> read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new ConfigException(
                    file + ": is larger than " + MAX_BYTES + " bytes, which no configuration is");
        }
        return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    }

    static List<Assignment> parse(String name, String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(name)
                        .setAllowDuplicateKeys(false)
                        .setMaxAliasesForCollections(50)
                        .setCodePointLimit(MAX_BYTES)
                        .build();
        YamlSettings reader = new YamlSettings(name);
        try {
            Node root = new Compose(settings).composeString(text).orElse(null);
            if (root != null && !(root instanceof ScalarNode s && s.getTag() == Tag.NULL)) {
                reader.map(root, "", 0);
            }
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().orElse(null);
            throw new ConfigException(
                    name
                            + (mark == null ? "" : ":" + (mark.getLine() + 1))
                            + ": "
                            + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ConfigException(name + ": " + e.getMessage());
        }
        return reader.out;
    }

    private void map(Node node, String prefix, int depth) {
        if (!(node instanceof MappingNode map)) {
            throw new ConfigException(
                    at(node)
                            + ": expected 'key: value' lines"
                            + (prefix.isEmpty() ? "" : " below '" + prefix + "'"));
        }
        if (depth > MAX_DEPTH) {
            throw new ConfigException(at(node) + ": nested deeper than " + MAX_DEPTH);
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : map.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new ConfigException(at(entry.getKeyNode()) + ": a key must be a plain word");
            }
            if (!seen.add(key.getValue())) {
                throw new ConfigException(
                        at(key)
                                + ": key '"
                                + prefix
                                + key.getValue()
                                + "' stands twice; remove one");
            }
            value(prefix + key.getValue(), key, entry.getValueNode(), depth);
        }
    }

    private void value(String path, Node key, Node value, int depth) {
        if (value instanceof ScalarNode scalar) {
            boolean isNull = scalar.isPlain() && scalar.getTag() == Tag.NULL;
            @Nullable String text = isNull ? null : scalar.getValue();
            out.add(new Assignment(path, text, at(key)));
        } else if (value instanceof MappingNode) {
            map(value, path + ".", depth + 1);
        } else {
            throw new ConfigException(at(value) + ": '" + path + "' is a list, expected one value");
        }
    }

    private String at(Node node) {
        return node.getStartMark().map(m -> name + ":" + (m.getLine() + 1)).orElse(name);
    }

    /** A value for a key and where it stands. */
    record Assignment(String path, @Nullable String text, String origin) {}
}
