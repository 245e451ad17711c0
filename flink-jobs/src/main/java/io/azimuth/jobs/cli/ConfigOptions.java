package io.azimuth.jobs.cli;

import io.azimuth.jobs.config.ConfigLoader;
import io.azimuth.jobs.config.EffectiveConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config} and {@code --set}, shared by all commands that compute. */
final class ConfigOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "YAML with settings.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "One setting, e.g. odometry.mapVoxelM=0.8; may be repeated.")
    private List<String> sets = new ArrayList<>();

    EffectiveConfig load() throws IOException {
        return ConfigLoader.load(file, System.getenv(), sets);
    }
}
