package io.azimuth.jobs.cli;

import io.azimuth.jobs.pipeline.Detectors;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;

/** What {@code --version} prints: version, commit, Java, engines. */
final class Version implements CommandLine.IVersionProvider {
    /** Name and version without commit, e.g. {@code azimuth 0.1.0}. */
    static String program() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/azimuth/build.properties")) {
            if (in != null) {
                build.load(in);
            }
        }
        return "azimuth " + build.getProperty("version", "unknown");
    }

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "%s (commit %s)".formatted(program(), System.getProperty("azimuth.commit", "unknown")),
            "Java %s, %s"
                    .formatted(System.getProperty("java.version"), System.getProperty("os.arch")),
            "detectors: " + String.join(", ", Detectors.names())
        };
    }
}
