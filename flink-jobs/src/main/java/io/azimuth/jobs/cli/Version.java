package io.azimuth.jobs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine;

/** What {@code --version} prints: version, commit, Java, engines. */
final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/azimuth/build.properties")) {
            if (in != null) {
                build.load(in);
            }
        }
        return new String[] {
            "azimuth %s (commit %s)"
                    .formatted(
                            build.getProperty("version", "unknown"),
                            System.getProperty("azimuth.commit", "unknown")),
            "Java %s, %s"
                    .formatted(System.getProperty("java.version"), System.getProperty("os.arch")),
            "detectors: geometric"
        };
    }
}
