package io.azimuth.jobs.pipeline;

import io.azimuth.connectors.kafka.TimeSource;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.recognition.Recogniser;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * A detector whose detections are looked at again by a recogniser. Tells the crops that were
 * encoded and the time that it took in the group {@code azimuth.recogniser}: {@code crops_total},
 * {@code recognise_micros}.
 */
final class RecognisingDetector implements Detector {
    private static final int WINDOW = 1024;

    private final Detector detector;
    private final Recogniser recogniser;
    private final Counter crops;
    private final Histogram micros;

    /** Takes both over and closes them. */
    RecognisingDetector(Detector detector, Recogniser recogniser, MetricGroup operator) {
        this.detector = detector;
        this.recogniser = recogniser;
        MetricGroup group = operator.addGroup("azimuth").addGroup("recogniser");
        this.crops = group.counter("crops_total");
        this.micros = group.histogram("recognise_micros", new LockedHistogram(WINDOW));
    }

    @Override
    public List<Detection> detect(Sweep sweep) {
        List<Detection> detections = detector.detect(sweep);
        long before = TimeSource.SYSTEM.monotonicNanos();
        long encoded = recogniser.cropsEncoded();
        List<Detection> out = recogniser.recognise(sweep, detections);
        crops.inc(recogniser.cropsEncoded() - encoded);
        micros.update((TimeSource.SYSTEM.monotonicNanos() - before) / 1000);
        return out;
    }

    @Override
    public void close() {
        try (detector;
                recogniser) {
            // both hold memory of their own
        }
    }
}
