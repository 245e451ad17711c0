package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.recognition.Recogniser;
import io.azimuth.perception.recognition.RecogniserConfig;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.testing.MomentEncoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class RecognisingDetectorTest {
    /** Keeps counters under names with dots. */
    private static final class Kept extends UnregisteredMetricsGroup {
        private final String path;
        private final Map<String, Counter> counters;

        Kept(String path, Map<String, Counter> counters) {
            this.path = path;
            this.counters = counters;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return new Kept(path + name + ".", counters);
        }

        @Override
        public Counter counter(String name) {
            Counter c = super.counter(name);
            counters.put(path + name, c);
            return c;
        }
    }

    /** Says when it was closed. */
    private static final class Noted implements Detector {
        boolean closed;

        @Override
        public List<Detection> detect(Sweep sweep) {
            return List.of();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Sweep street() {
        return new TownDrive(TownConfig.of(4).withSensors(SensorModel.vlp16("top")).withSweeps(1))
                .sweep(0, 0, 0)
                .sweep();
    }

    @Test
    void keepsToTheBudgetOfCropsAndCountsThem() {
        Map<String, Counter> counters = new TreeMap<>();
        MomentEncoder encoder = new MomentEncoder();
        DetectorFactory factory =
                Detectors.recognising(
                        Detectors.named(Detectors.GEOMETRIC),
                        () -> new Recogniser(RecogniserConfig.defaults(), encoder, e -> -1));
        Sweep sweep = street();
        List<Detection> found;
        try (Detector detector = factory.open(new Kept("", counters))) {
            found = detector.detect(sweep);
        }

        long recognised = found.stream().filter(d -> d.recognition() != null).count();
        assertThat(recognised).isBetween(1L, (long) RecogniserConfig.defaults().budget());
        Counter crops = counters.get("azimuth.recogniser.crops_total");
        assertThat(crops).isNotNull();
        assertThat(crops.getCount()).isEqualTo(recognised);
        assertThat(encoder.calls()).isEqualTo(1); // one batch a sweep
        assertThat(encoder.isClosed()).isTrue();
    }

    @Test
    void whatTheRecogniserDoesNotTouchIsTheDetectorsOwn() {
        Sweep sweep = street();
        List<Detection> plain;
        try (Detector detector = Detectors.named(Detectors.GEOMETRIC).open()) {
            plain = detector.detect(sweep);
        }
        List<Detection> found;
        try (Detector detector =
                Detectors.recognising(
                                Detectors.named(Detectors.GEOMETRIC),
                                () ->
                                        new Recogniser(
                                                RecogniserConfig.defaults(),
                                                new MomentEncoder(),
                                                e -> -1))
                        .open()) {
            found = detector.detect(sweep);
        }

        assertThat(found).hasSameSizeAs(plain).isSortedAccordingTo(Detection.ORDER);
        assertThat(plain).containsAll(found.stream().filter(d -> d.recognition() == null).toList());
    }

    @Test
    void aRecogniserThatIsRefusedLeavesNoDetectorOpen() {
        Noted noted = new Noted();
        DetectorFactory factory =
                Detectors.recognising(
                        metrics -> noted,
                        () -> {
                            throw new IllegalArgumentException("no such encoder");
                        });

        assertThatThrownBy(factory::open).hasMessage("no such encoder");
        assertThat(noted.closed).isTrue();
    }
}
