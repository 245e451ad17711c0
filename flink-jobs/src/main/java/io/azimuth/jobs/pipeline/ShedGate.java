package io.azimuth.jobs.pipeline;

import java.util.HashMap;
import java.util.Map;

/**
 * Decides by age which sweeps a live job leaves out, from headers alone: once a sweep of a sensor
 * is older than {@code hi}, those older than {@code lo} go until one is younger, so the newest are
 * kept. The vehicle's clock may be off: age counts from the smallest difference to our clock seen
 * in the last minute. Not thread-safe.
 */
final class ShedGate {
    /** How long the smallest clock difference is remembered. */
    static final long WINDOW_MILLIS = 60_000;

    private final PipelineConfig.Shedding limits;
    private final Map<String, Sensor> sensors = new HashMap<>();

    ShedGate(PipelineConfig.Shedding limits) {
        this.limits = limits;
    }

    /** Whether the sweep is to be left out. */
    boolean sheds(String sensorId, long endMillis, long nowMillis) {
        Sensor sensor = sensors.computeIfAbsent(sensorId, id -> new Sensor());
        long age = sensor.ageMillis(nowMillis - endMillis, nowMillis);
        if (age > limits.hiMillis()) {
            sensor.shedding = true;
        } else if (age <= limits.loMillis()) {
            sensor.shedding = false;
        }
        return sensor.shedding;
    }

    /** Two half-windows give a minimum over 30 to 60 s without keeping every sample. */
    private static final class Sensor {
        private boolean shedding;
        private long halfStartMillis = Long.MIN_VALUE;
        private long previousMin = Long.MAX_VALUE;
        private long currentMin = Long.MAX_VALUE;

        long ageMillis(long difference, long nowMillis) {
            if (halfStartMillis == Long.MIN_VALUE
                    || nowMillis - halfStartMillis >= WINDOW_MILLIS / 2) {
                previousMin = currentMin;
                currentMin = Long.MAX_VALUE;
                halfStartMillis = nowMillis;
            }
            currentMin = Math.min(currentMin, difference);
            return difference - Math.min(previousMin, currentMin);
        }
    }
}
