package io.azimuth.jobs.worlds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.jobs.worlds.WorldsStudy.Cell;
import io.azimuth.jobs.worlds.WorldsStudy.Plan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The study in words. */
final class WorldsText {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<String> GROUPS = List.of("vehicle", "person", "cyclist");
    private static final List<String> SPANS = List.of("0_20_m", "20_40_m", "40_60_m");
    private static final double CAR_RECALL = 0.85;
    private static final double CAR_PRECISION = 0.6;
    private static final double GROUND_F1 = 0.97;

    private WorldsText() {}

    static String table(WorldsStudy study) {
        StringBuilder out = new StringBuilder();
        Plan plan = study.plan();
        out.append(
                """
                Towns of seeds %s, %d sweeps each; odometry on all of them, detector and ground on one in %d.
                Recall and precision at score 0.3 and 1 m; "near": 50 points or more within 40 m, else 5 or more within 60 m.
                Family B is held out: frozen after its first scoring, nothing is tuned on it.

                """
                        .formatted(words(plan.seeds()), plan.sweeps(), plan.every()));
        overview(study, out);
        groups(study, out);
        bars(study, out);
        return out.toString().stripTrailing();
    }

    private static void overview(WorldsStudy study, StringBuilder out) {
        out.append(
                """
                | family | beams | near cars | car recall | at precision 0.6 | near vehicles: recall / precision | ground F1 (P / R) | drift % | segments % | ATE m |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        for (Cell c : study.cells()) {
            out.append(
                    line(
                            "| %s | %d | %.0f | %s | %s | %s | %s (%s / %s) | %s | %s | %s |\n",
                            c.family(),
                            c.sensor().beams(),
                            c.figure("near_50.car.boxes"),
                            two(c, "near_50.car.recall"),
                            two(c, "near_50.car.recall_at_precision_60"),
                            pair(c, "near_50.vehicle."),
                            three(c, "ground.f1"),
                            three(c, "ground.precision"),
                            three(c, "ground.recall"),
                            two(c, "odometry.drift_percent"),
                            two(c, "odometry.segment_percent"),
                            two(c, "odometry.ate_m")));
        }
    }

    private static void groups(WorldsStudy study, StringBuilder out) {
        out.append(
                """

                Recall / precision:

                | family | beams | class | boxes | near | all | 0-20 m | 20-40 m | 40-60 m | AP BEV | AP nuScenes |
                |---|---|---|---|---|---|---|---|---|---|---|
                """);
        for (Cell c : study.cells()) {
            for (String group : GROUPS) {
                String name = group + ".";
                out.append(
                        line(
                                "| %s | %d | %s | %.0f | %s | %s | %s | %s | %s |\n",
                                c.family(),
                                c.sensor().beams(),
                                group,
                                c.figure(name + "boxes"),
                                pair(c, "near_50." + name),
                                pair(c, name),
                                SPANS.stream()
                                        .map(s -> pair(c, name + s + "."))
                                        .collect(Collectors.joining(" | ")),
                                two(c, name + "ap_bev"),
                                two(c, name + "ap_nuscenes")));
            }
        }
    }

    private static void bars(WorldsStudy study, StringBuilder out) {
        out.append("\nBars (near vehicles, ground):\n");
        for (Cell c : study.cells()) {
            out.append(
                    line(
                            "- %s, %d beams: car recall %s; precision %s; ground F1 %s\n",
                            c.family(),
                            c.sensor().beams(),
                            against(c.figure("near_50.car.recall"), CAR_RECALL),
                            against(c.figure("near_50.vehicle.precision"), CAR_PRECISION),
                            against(c.figure("ground.f1"), GROUND_F1)));
        }
    }

    private static String against(double value, double bar) {
        String judged = value >= bar ? "met" : "missed";
        return line("%.3f %s (bar %.2f, %+.3f)", value, judged, bar, value - bar);
    }

    private static String pair(Cell c, String name) {
        return two(c, name + "recall") + " / " + two(c, name + "precision");
    }

    private static String two(Cell c, String name) {
        double value = c.figure(name);
        return Double.isNaN(value) ? "-" : line("%.2f", value);
    }

    private static String three(Cell c, String name) {
        double value = c.figure(name);
        return Double.isNaN(value) ? "-" : line("%.3f", value);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String words(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static String json(WorldsStudy study) {
        Plan plan = study.plan();
        ObjectNode root = MAPPER.createObjectNode().put("schemaVersion", 1);
        ArrayNode seeds = root.putArray("seeds");
        plan.seeds().forEach(seeds::add);
        root.put("sweeps", plan.sweeps()).put("every", plan.every());
        ArrayNode cells = root.putArray("cells");
        for (Cell c : study.cells()) {
            ObjectNode cell = cells.addObject();
            cell.put("family", c.family().name()).put("sensor", c.sensor().label());
            cell.put("beams", c.sensor().beams());
            ObjectNode figures = cell.putObject("figures");
            c.figures()
                    .forEach(
                            (name, value) -> {
                                if (Double.isFinite(value)) {
                                    figures.put(name, value);
                                } else {
                                    figures.putNull(name);
                                }
                            });
        }
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + root, e);
        }
    }
}
