package io.azimuth.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.jobs.report.RunResult.Accounting;
import io.azimuth.jobs.report.RunResult.Performance;
import io.azimuth.jobs.report.Scores.SensorScores;
import io.azimuth.perception.evaluation.DetectionScores;
import io.azimuth.perception.evaluation.TrackRecall;
import io.azimuth.perception.evaluation.TrackScores;
import io.azimuth.perception.evaluation.TrajectoryError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The numbers of a run as JSON: full double precision, null for what is not known. */
final class MetricsJson {
    static final int SCHEMA_VERSION = 1;
    static final List<String> STAGES = List.of("decode", "detect", "odometry", "track");

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private MetricsJson() {}

    static void write(Path file, RunResult result, Scores scores, String primarySensor)
            throws IOException {
        ObjectNode root = of(result, scores, primarySensor);
        Files.writeString(file, JSON.writeValueAsString(root) + "\n");
    }

    static ObjectNode of(RunResult result, Scores scores, String primarySensor) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("drive", result.driveId());
        Accounting a = result.accounting();
        root.put("sweeps", a.in());
        root.put("published", a.published());
        root.put("dead", a.dead());
        root.put("late", a.late());
        root.put("duplicate", a.duplicate());
        root.put("shed", a.shed());
        performance(root, result.performance());
        SensorScores primary = scores.of(primarySensor);
        if (primary != null) {
            put(root, primary);
        }
        ObjectNode others = JSON.createObjectNode();
        scores.bySensor()
                .forEach(
                        (id, s) -> {
                            if (!id.equals(primarySensor)) {
                                put(others.putObject(id), s);
                            }
                        });
        if (!others.isEmpty()) {
            root.set("other_sensors", others);
        }
        return root;
    }

    private static void performance(ObjectNode root, Performance p) {
        put(root, "points_per_sweep", p.pointsPerSweep());
        put(root, "sweeps_per_second", p.sweepsPerSecond());
        put(root, "sweeps_per_second_warm", p.sweepsPerSecondWarm());
        Quantiles latency = new Quantiles(p.latencyMs());
        ObjectNode latencyMs = root.putObject("latency_ms");
        put(latencyMs, "p50", latency.at(0.5));
        put(latencyMs, "p95", latency.at(0.95));
        put(latencyMs, "p99", latency.at(0.99));
        ObjectNode stageMs = root.putObject("stage_ms");
        for (String stage : STAGES) {
            double[] times = p.stageMs().getOrDefault(stage, new double[0]);
            put(stageMs, stage, new Quantiles(times).median());
        }
        put(root, "peak_rss_mb", p.peakRssMb());
        put(root, "load_average", p.loadAverage());
    }

    private static void put(ObjectNode node, SensorScores s) {
        if (s.odometry() != null) {
            odometry(node.putObject("odometry"), s.odometry());
        }
        if (s.detection() != null) {
            ObjectNode detection = node.putObject("detection");
            for (DetectionScores.Row row : s.detection().rows()) {
                detection(detection.putObject(row.label()), row);
            }
        }
        if (s.trackRecall() != null) {
            trackRecall(node.putObject("track_recall"), s.trackRecall());
        }
        if (s.tracks() != null) {
            tracks(node.putObject("tracks"), s.tracks());
        }
    }

    private static void odometry(ObjectNode node, TrajectoryError e) {
        node.put("poses", e.poses());
        node.put("missing", e.missing());
        put(node, "path_m", e.pathM());
        put(node, "drift_percent", e.driftPercent());
        put(node, "translation_percent", e.translationPercent());
        put(node, "rotation_deg_per_100m", e.rotationDegPer100m());
        put(node, "ate_m", e.ateM());
        put(node, "rpe_m", e.rpeM());
        put(node, "rpe_deg", e.rpeDeg());
        put(node, "end_angle_deg", e.endAngleDeg());
        put(node, "worst_step_m", e.worstStepM());
        node.put("worst_step_sweep", e.worstStepKey());
    }

    private static void detection(ObjectNode node, DetectionScores.Row row) {
        node.put("wanted", row.wanted());
        counts(node, row.all());
        put(node, "ap_bev", row.bevAp());
        put(node, "ap_bev_r40", row.bevApR40());
        put(node, "ap_nuscenes", row.nuscenesAp());
        ObjectNode errors = node.putObject("errors");
        put(errors, "translation_m", row.errors().translationM());
        put(errors, "scale", row.errors().scale());
        put(errors, "yaw_rad", row.errors().yawRad());
        put(errors, "axis_rad", row.errors().axisRad());
        bins(node.putArray("by_range"), row.by().rangeM(), "from_m", "to_m");
        bins(node.putArray("by_points"), row.by().points(), "from", "to");
        bins(node.putArray("by_azimuth"), row.by().azimuthDeg(), "from_deg", "to_deg");
    }

    private static void bins(
            ArrayNode node, List<DetectionScores.Counts> bins, String from, String to) {
        for (DetectionScores.Counts c : bins) {
            ObjectNode bin = node.addObject();
            put(bin, from, c.from());
            put(bin, to, c.to());
            counts(bin, c);
        }
    }

    private static void counts(ObjectNode node, DetectionScores.Counts c) {
        put(node, "recall", c.recall());
        put(node, "precision", c.precision());
        node.put("found", c.found());
        node.put("missed", c.missed());
        if (c.falseKnown()) {
            node.put("false", c.falseBoxes());
        } else {
            node.putNull("false");
        }
    }

    private static void trackRecall(ObjectNode node, TrackRecall r) {
        put(node, "mean_recall", r.meanRecall());
        node.put("objects", r.tracks().size());
        put(node, "false_per_sweep", r.falsePerSweep());
    }

    private static void tracks(ObjectNode node, TrackScores t) {
        node.put("wanted", t.wanted());
        node.put("misses", t.misses());
        node.put("false", t.falseBoxes());
        node.put("id_switches", t.idSwitches());
        node.put("fragmentations", t.fragmentations());
        put(node, "mota", t.mota());
        put(node, "motp_m", t.motpM());
        put(node, "idf1", t.identity().f1());
        put(node, "idp", t.identity().precision());
        put(node, "idr", t.identity().recall());
        node.put("objects", t.objects());
        node.put("mostly_tracked", t.mostlyTracked());
        node.put("mostly_lost", t.mostlyLost());
    }

    /** JSON has no NaN. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
