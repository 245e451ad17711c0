package io.azimuth.jobs.detectors;

import io.azimuth.jobs.worlds.WorldSensor;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detector;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TownFamily;
import io.azimuth.perception.simulation.TruthBox;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the detectors found in the towns of one family under one sensor. Not thread-safe. */
final class DetectorCell {
    /** Sweeps of different towns must not be matched to each other. */
    private static final long IDS_A_TOWN = 1_000_000;

    final List<LabelledBox> truth = new ArrayList<>();
    final SortedMap<String, List<ScoredBox>> found = new TreeMap<>();
    int sweeps;

    private final TownFamily family;
    private final WorldSensor sensor;
    private final SortedMap<String, Detector> detectors;

    DetectorCell(
            TownFamily family,
            WorldSensor sensor,
            SortedMap<String, ? extends Detector> detectors) {
        this.family = family;
        this.sensor = sensor;
        this.detectors = new TreeMap<>(detectors);
        detectors.keySet().forEach(name -> found.put(name, new ArrayList<>()));
    }

    /** Judges one sweep in {@code every} of a drive. */
    void drive(long seed, int driven, int every) {
        TownDrive drive =
                new TownDrive(
                        TownConfig.of(seed)
                                .withFamily(family)
                                .withSensors(sensor.model())
                                .withSweeps(driven + 1));
        for (int i = 0; i < driven; i += every) {
            SimulatedSweep made = drive.sweep(0, 0, i);
            long id = seed * IDS_A_TOWN + i;
            for (TruthBox b : made.boxesAsMeasured()) {
                truth.add(new LabelledBox(id, b.trackId(), b.objectClass(), b.box(), b.points()));
            }
            double[] twist = twist(made, drive.sweep(0, 0, i + 1));
            detectors.forEach((name, d) -> detect(name, d, made.sweep(), twist, id));
            sweeps++;
        }
    }

    private void detect(String name, Detector detector, Sweep sweep, double[] twist, long id) {
        List<ScoredBox> boxes = found.computeIfAbsent(name, n -> new ArrayList<>());
        for (Detection d : detector.detect(sweep)) {
            OrientedBox box = d.boxAsOf(sweep.midNanos() - sweep.startNanos(), twist);
            boxes.add(new ScoredBox(id, "", d.objectClass(), box, d.score()));
        }
    }

    /** How the sensor moves during a sweep, as a run's odometry would say. */
    private static double[] twist(SimulatedSweep a, SimulatedSweep b) {
        double[] between = a.firstFromSensor().inverse().times(b.firstFromSensor()).log();
        double seconds = 1e-9 * (b.sweep().midNanos() - a.sweep().midNanos());
        for (int i = 0; i < between.length; i++) {
            between[i] /= seconds;
        }
        return between;
    }
}
