package io.azimuth.jobs.config;

import java.util.List;

/** A configuration that is not accepted; each problem names the key, the value and its origin. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String problem) {
        super(problem);
    }

    public ConfigException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
