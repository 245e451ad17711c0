package io.azimuth.connectors.kafka;

import java.nio.file.Path;

/** A process that has a broker, tells its address and process id, and waits to be killed. */
final class OwnerMain {
    private OwnerMain() {}

    public static void main(String[] args) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]));
        System.out.println(broker.bootstrapServers() + " " + broker.pid());
        System.out.flush();
        Thread.currentThread().join();
    }
}
