package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import io.azimuth.perception.inference.tensorrt.TrtStand;
import io.azimuth.perception.inference.tensorrt.seam.OrtBackedTrtNative;
import io.azimuth.perception.invariant.network.CropEncoders;
import io.azimuth.perception.recognition.Recogniser;
import io.azimuth.perception.recognition.RecogniserConfig;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.testing.MomentEncoder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecognisingDetectorTest {
    private static final RecogniserConfig CONFIG =
            new RecogniserConfig(CropEncoders.DEFAULT, 8, 5, 0.25, 0.64, 0.25, 0.7, 0.5, 0.9, 0.9);

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
                        site -> new Recogniser(RecogniserConfig.defaults(), encoder, e -> -1));
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
                                site ->
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
    void theEncoderRunsOnTheEngineThatIsAskedForACropsBatchAtATime(@TempDir Path folder) {
        Sweep sweep = street();
        String onCpu;
        try (Detector detector =
                Detectors.recognising(
                                Detectors.named(Detectors.GEOMETRIC), Detectors.recogniser(CONFIG))
                        .open()) {
            onCpu = labels(detector.detect(sweep));
        }
        ModelBundle bundle = CropEncoders.read(CropEncoders.DEFAULT);
        AtomicInteger rows = new AtomicInteger();
        try (OrtBackedTrtNative trt = new Counting(bundle, rows);
                TrtStand stand = new TrtStand(trt, folder, TrtOptions.defaults())) {
            Detectors.EngineFactory engine = gpu -> stand.backend;
            try (Detector detector =
                    Detectors.recognising(
                                    Detectors.named(Detectors.GEOMETRIC),
                                    Detectors.recogniser(CONFIG, engine))
                            .open()) {
                int before = trt.executed.get();
                rows.set(0);
                String onDevice = labels(detector.detect(sweep));

                assertThat(onDevice).isEqualTo(onCpu).isNotEmpty();
                int runs = trt.executed.get() - before;
                assertThat(runs).isPositive();
                assertThat(rows.get()).as("rows of %d runs", runs).isGreaterThan(runs);
            }
            assertThat(trt.wrong()).isEmpty();
        }
    }

    /** What was recognised, without the last digits. */
    private static String labels(List<Detection> found) {
        StringBuilder out = new StringBuilder();
        for (Detection d : found) {
            if (d.recognition() != null) {
                out.append(d.box().x()).append(' ').append(d.recognition().label()).append('\n');
            }
        }
        return out.toString();
    }

    /** Counts the rows of all runs. */
    private static final class Counting extends OrtBackedTrtNative {
        private final AtomicInteger rows;

        Counting(ModelBundle bundle, AtomicInteger rows) {
            super(bundle);
            this.rows = rows;
        }

        @Override
        protected synchronized void compute(
                ModelBundle bundle,
                int count,
                Map<String, FloatBuffer> in,
                Map<String, FloatBuffer> out) {
            rows.addAndGet(count);
            super.compute(bundle, count, in, out);
        }
    }

    @Test
    void aRecogniserThatIsRefusedLeavesNoDetectorOpen() {
        Noted noted = new Noted();
        DetectorFactory factory =
                Detectors.recognising(
                        metrics -> noted,
                        site -> {
                            throw new IllegalArgumentException("no such encoder");
                        });

        assertThatThrownBy(factory::open).hasMessage("no such encoder");
        assertThat(noted.closed).isTrue();
    }
}
