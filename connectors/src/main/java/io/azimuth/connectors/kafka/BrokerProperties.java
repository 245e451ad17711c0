package io.azimuth.connectors.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The {@code server.properties} of a single broker on the loopback interface. */
final class BrokerProperties {
    private BrokerProperties() {}

    /**
     * @param ports of the broker and of the controller
     */
    static String text(Path dataDir, int[] ports, Map<String, String> overrides) {
        Map<String, String> p = new TreeMap<>();
        listeners(p, ports);
        p.put("log.dirs", dataDir.resolve("kraft").toString());
        singleNode(p);
        String largest = Integer.toString(KafkaSettings.MAX_MESSAGE_BYTES);
        p.put("message.max.bytes", largest);
        p.put("replica.fetch.max.bytes", largest);
        p.put("auto.create.topics.enable", "false");
        // event time lives in payload and headers; see TopicAdmin
        p.put("log.message.timestamp.type", "LogAppendTime");
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "2");
        p.putAll(overrides);
        StringBuilder out = new StringBuilder();
        p.forEach((k, v) -> out.append(k).append('=').append(escaped(v)).append('\n'));
        return out.toString();
    }

    private static void listeners(Map<String, String> p, int[] ports) {
        String broker = "PLAINTEXT://127.0.0.1:" + ports[0];
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@127.0.0.1:" + ports[1]);
        p.put("listeners", broker + ",CONTROLLER://127.0.0.1:" + ports[1]);
        p.put("advertised.listeners", broker);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    }

    private static void singleNode(Map<String, String> p) {
        // nobody could take over: a starved machine must not fence the only broker
        p.put("broker.session.timeout.ms", "120000");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("share.coordinator.state.topic.num.partitions", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
    }

    /** Backslashes would be taken as escapes by {@link java.util.Properties}. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\");
    }
}
