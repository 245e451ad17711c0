package io.azimuth.connectors.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Main class of the broker's own JVM: formats the data folder if that was not done yet, runs a
 * KRaft broker and controller in one, and ends as soon as its standard input closes, so that no
 * broker outlives the process that wanted it.
 */
public final class BrokerMain {
    /** Always the same, so that a data folder can be used again. */
    private static final String CLUSTER_ID = new Uuid(0x617a696d757468L, 1L).toString();

    private BrokerMain() {}

    /**
     * @param args the path of the broker's properties file
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            throw new IllegalArgumentException(
                    "%d arguments, expected 1: the broker's properties file"
                            .formatted(args.length));
        }
        Thread watch = new Thread(BrokerMain::haltWhenInputCloses, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        format(Path.of(args[0]));
        kafka.Kafka.main(args);
    }

    private static void format(Path propertiesFile) throws Exception {
        Properties p = new Properties();
        try (Reader in = Files.newBufferedReader(propertiesFile)) {
            p.load(in);
        }
        String logDir = p.getProperty("log.dirs");
        new Formatter()
                .setClusterId(CLUSTER_ID)
                .setNodeId(Integer.parseInt(p.getProperty("node.id")))
                .setControllerListenerName(p.getProperty("controller.listener.names"))
                .setMetadataLogDirectory(logDir)
                .setDirectories(List.of(logDir))
                .setIgnoreFormatted(true)
                .run();
    }

    private static void haltWhenInputCloses() {
        InputStream in = System.in;
        try {
            while (in.read() >= 0) {
                continue; // the parent writes nothing; its end closes the pipe
            }
        } catch (IOException e) {
            // a broken pipe says the same as a closed one
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
