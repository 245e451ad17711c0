package io.azimuth.jobs.config;

import java.util.Locale;

/**
 * One key of the tree.
 *
 * @param path component names from the root, joined by dots, e.g. {@code odometry.voxelM}
 * @param type what the value is bound to
 * @param nullable whether it may be {@code null}
 * @param group whether this is a record that may be absent as a whole; its own keys follow it
 */
public record Setting(String path, Class<?> type, boolean nullable, boolean group) {
    /** Prefix of the environment variables that set values. */
    public static final String ENVIRONMENT_PREFIX = "AZIMUTH_";

    /** The environment variable of this key, e.g. {@code AZIMUTH_ODOMETRY_VOXEL_M}. */
    public String environmentName() {
        String snake = path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_');
        return ENVIRONMENT_PREFIX + snake.toUpperCase(Locale.ROOT);
    }

    /** Last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
