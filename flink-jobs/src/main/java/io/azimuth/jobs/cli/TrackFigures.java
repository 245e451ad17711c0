package io.azimuth.jobs.cli;

import io.azimuth.perception.evaluation.TrackScores;
import java.util.SortedMap;

/**
 * Names of the figures of {@code eval track}, {@code docs/schema/eval-track-v1.json}: those of
 * {@code tracks} in a run's {@code metrics.json}.
 */
final class TrackFigures {
    private TrackFigures() {}

    /**
     * Adds the figures.
     *
     * @param prefix of their names, as {@code vehicle.}
     */
    static void put(SortedMap<String, Double> out, String prefix, TrackScores t) {
        out.put(prefix + "wanted", (double) t.wanted());
        out.put(prefix + "misses", (double) t.misses());
        out.put(prefix + "false", (double) t.falseBoxes());
        out.put(prefix + "id_switches", (double) t.idSwitches());
        out.put(prefix + "fragmentations", (double) t.fragmentations());
        out.put(prefix + "mota", t.mota());
        out.put(prefix + "motp_m", t.motpM());
        out.put(prefix + "idf1", t.identity().f1());
        out.put(prefix + "idp", t.identity().precision());
        out.put(prefix + "idr", t.identity().recall());
        out.put(prefix + "objects", (double) t.objects());
        out.put(prefix + "mostly_tracked", (double) t.mostlyTracked());
        out.put(prefix + "mostly_lost", (double) t.mostlyLost());
    }
}
