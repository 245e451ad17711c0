package io.azimuth.jobs.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Brokers that a command is pointed at. */
final class Brokers {
    private static final int CONNECT_MILLIS = 3000;
    private static final int ANSWER_MILLIS = 5000;

    private Brokers() {}

    /** Fails within seconds where Kafka's client would try for a minute. */
    static void requireReachable(String brokers) throws InterruptedException {
        for (String broker : brokers.split(",")) {
            int colon = broker.lastIndexOf(':');
            if (colon > 0 && connects(broker.substring(0, colon), broker.substring(colon + 1))) {
                requireKafka(brokers);
                return;
            }
        }
        throw new CommandFailure(
                ExitCode.OUTSIDE,
                "no broker answers at " + brokers + ": expected host:port[,host:port]; is it up?");
    }

    private static boolean connects(String host, String port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Something listens there; whether it speaks Kafka. */
    private static void requireKafka(String brokers) throws InterruptedException {
        Map<String, Object> settings =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS - 1000,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new CommandFailure(
                    ExitCode.OUTSIDE,
                    "what listens at %s gives no answer as a Kafka broker within %d s; is this its port?"
                            .formatted(brokers, ANSWER_MILLIS / 1000));
        }
    }
}
