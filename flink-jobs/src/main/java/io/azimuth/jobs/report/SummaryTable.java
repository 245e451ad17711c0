package io.azimuth.jobs.report;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.jobs.report.RunResult.Accounting;
import io.azimuth.jobs.report.RunResult.Performance;
import io.azimuth.jobs.report.Scores.SensorScores;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.DetectionScores.Counts;
import io.azimuth.perception.evaluation.TrackRecall;
import io.azimuth.perception.evaluation.TrackScores;
import io.azimuth.perception.evaluation.TrajectoryError;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The numbers of a run as fixed-width text for a terminal, at most 100 columns, '\n' at the end.
 */
public final class SummaryTable {
    private final StringBuilder text = new StringBuilder();

    private SummaryTable() {}

    public static String of(RunResult result, Drive drive, Scores scores) {
        SummaryTable table = new SummaryTable();
        table.line("%s  (%s)", result.driveId(), drive.info().format());
        if (scores.bySensor().isEmpty()) {
            table.line("no truth: nothing is scored");
        }
        for (Map.Entry<String, SensorScores> e : scores.bySensor().entrySet()) {
            if (scores.bySensor().size() > 1) {
                table.line("sensor %s", e.getKey());
            }
            table.sensor(e.getValue());
        }
        table.run(result.accounting(), result.performance());
        return table.text.toString();
    }

    private void sensor(SensorScores s) {
        if (s.odometry() != null) {
            odometry(s.odometry());
        }
        if (s.detection() != null) {
            line("");
            line(
                    "%-12s %7s %9s %7s %7s   %s",
                    "detection", "recall", "precision", "AP BEV", "wanted", "recall (precision)");
            line("%-12s %7s %9s %7s %7s   %s", "", "", "", "", "", heads(s.detection()));
            s.detection().rows().forEach(this::detection);
        }
        if (s.trackRecall() != null) {
            trackRecall(s.trackRecall());
        }
        if (s.tracks() != null) {
            tracks(s.tracks());
        }
        line("");
    }

    private void odometry(TrajectoryError e) {
        line("");
        line(
                "%-12s drift %s %% of %.0f m, segments %s %% and %s deg/100 m, ATE %s m",
                "odometry",
                number(e.driftPercent(), 2),
                e.pathM(),
                number(e.translationPercent(), 2),
                number(e.rotationDegPer100m(), 2),
                number(e.ateM(), 3));
        line(
                "%-12s step RMS %s m and %s deg, worst %s m at sweep %d; %d poses, %d missing",
                "",
                number(e.rpeM(), 3),
                number(e.rpeDeg(), 3),
                number(e.worstStepM(), 3),
                e.worstStepKey(),
                e.poses(),
                e.missing());
    }

    private static String heads(DetectionScores scores) {
        StringBuilder heads = new StringBuilder();
        List<Counts> rings =
                scores.rows().isEmpty() ? List.of() : scores.rows().get(0).by().rangeM();
        for (Counts c : rings) {
            heads.append(
                    String.format(Locale.ROOT, "%-14s", "%.0f-%.0f m".formatted(c.from(), c.to())));
        }
        return heads.toString().stripTrailing();
    }

    private void detection(DetectionScores.Row row) {
        StringBuilder rings = new StringBuilder();
        for (Counts c : row.by().rangeM()) {
            rings.append(
                    String.format(
                            Locale.ROOT,
                            "%-14s",
                            number(c.recall(), 2) + " (" + number(c.precision(), 2) + ")"));
        }
        line(
                "  %-10s %7s %9s %7s %7d   %s",
                row.label(),
                number(row.all().recall(), 2),
                number(row.all().precision(), 2),
                number(row.bevAp(), 2),
                row.wanted(),
                rings.toString().stripTrailing());
    }

    private void trackRecall(TrackRecall r) {
        line("");
        line(
                "%-12s %s mean over %d objects near by; %s unmatched boxes a sweep",
                "recall",
                number(r.meanRecall(), 2),
                r.tracks().size(),
                number(r.falsePerSweep(), 1));
    }

    private void tracks(TrackScores t) {
        line(
                "%-12s MOTA %s, %s m off, %d of %d boxes missed, %d false, %d switches, %d breaks",
                "tracks",
                number(t.mota(), 2),
                number(t.motpM(), 2),
                t.misses(),
                t.wanted(),
                t.falseBoxes(),
                t.idSwitches(),
                t.fragmentations());
    }

    private void run(Accounting a, Performance p) {
        line(
                "%-12s %d in = %d published + %d dead + %d late + %d duplicate + %d shed%s",
                "sweeps",
                a.in(),
                a.published(),
                a.dead(),
                a.late(),
                a.duplicate(),
                a.shed(),
                a.balances() ? "" : "  DOES NOT BALANCE");
        line(
                "%-12s %s sweeps/s (later half %s), %s points a sweep, %s MB peak, load %s",
                "throughput",
                number(p.sweepsPerSecond(), 1),
                number(p.sweepsPerSecondWarm(), 1),
                number(p.pointsPerSweep(), 0),
                number(p.peakRssMb(), 0),
                number(p.loadAverage(), 1));
        StringBuilder stages = new StringBuilder();
        for (String stage : MetricsJson.STAGES) {
            double[] times = p.stageMs().getOrDefault(stage, new double[0]);
            stages.append(stages.isEmpty() ? "" : ", ").append(stage).append(' ');
            stages.append(number(new Quantiles(times).median(), 1));
        }
        line("%-12s %s ms (medians)", "stages", stages);
        Quantiles latency = new Quantiles(p.latencyMs());
        line(
                "%-12s p50 %s, p95 %s, p99 %s ms",
                "latency",
                number(latency.at(0.5), 0),
                number(latency.at(0.95), 0),
                number(latency.at(0.99), 0));
    }

    private static String number(double value, int decimals) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%." + decimals + "f", value)
                : "-";
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
