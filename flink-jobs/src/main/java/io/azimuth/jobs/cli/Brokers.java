package io.azimuth.jobs.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Brokers that a command is pointed at. */
final class Brokers {
    private static final int CONNECT_MILLIS = 3000;

    private Brokers() {}

    /** Fails within seconds where Kafka's client would try for a minute. */
    static void requireReachable(String brokers) {
        for (String broker : brokers.split(",")) {
            int colon = broker.lastIndexOf(':');
            if (colon > 0 && answers(broker.substring(0, colon), broker.substring(colon + 1))) {
                return;
            }
        }
        throw new CommandFailure(
                ExitCode.OUTSIDE,
                "no broker answers at " + brokers + ": expected host:port[,host:port]; is it up?");
    }

    private static boolean answers(String host, String port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
