package io.azimuth.jobs.detectors;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The study in words. */
final class DetectorTables {
    private DetectorTables() {}

    static String of(DetectorStudy study) {
        DetectorStudy.Plan plan = study.plan();
        StringBuilder out = new StringBuilder();
        out.append(
                String.format(
                        Locale.ROOT,
                        """
                        Towns of seeds %s, one sweep in %d of %d each. AP: nuScenes (mean of .5, 1, 2, 4 m; vehicles to 50 m,
                        others to 40 m; 5 points or more). Car BEV and 3D: AP R40 of cars within 40 m with 20 points or more.
                        Near: recall / precision at score 0.3 and 1 m, 50 points or more within 40 m.

                        """,
                        plan.seeds().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")),
                        plan.every(),
                        plan.sweeps()));
        table(
                study,
                out,
                "AP car | vehicle | person | cyclist | car BEV .5 / .7 | car 3D .5 / .7",
                List.of(
                        "car.ap",
                        "vehicle.ap",
                        "person.ap",
                        "cyclist.ap",
                        "car.bev_50 car.bev_70",
                        "car.3d_50 car.3d_70"));
        out.append('\n');
        table(
                study,
                out,
                "near vehicles | near persons | near cyclists | vehicle recall at the seam / elsewhere | centre m | axis rad median | yaw rad mean | calibration error vehicle, person, cyclist",
                List.of(
                        "near.vehicle.recall near.vehicle.precision",
                        "near.person.recall near.person.precision",
                        "near.cyclist.recall near.cyclist.precision",
                        "vehicle.recall_at_seam vehicle.recall_elsewhere",
                        "vehicle.error_centre_m",
                        "vehicle.error_axis_rad",
                        "vehicle.error_yaw_rad",
                        "vehicle.calibration_error person.calibration_error cyclist.calibration_error"));
        return out.toString().stripTrailing();
    }

    private static void table(
            DetectorStudy study, StringBuilder out, String heads, List<String> columns) {
        out.append("| family | beams | sweeps | detector | ").append(heads).append(" |\n");
        out.append("|---|---|---|---|").append("---|".repeat(columns.size())).append('\n');
        for (DetectorStudy.Row row : study.rows()) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %d | %s | ",
                            row.family(),
                            row.sensor().beams(),
                            row.sweeps(),
                            row.detector()));
            for (String names : columns) {
                for (String name : names.split(" ")) {
                    out.append(cell(row, name)).append(" / ");
                }
                out.setLength(out.length() - 3);
                out.append(" | ");
            }
            out.setLength(out.length() - 1);
            out.append('\n');
        }
    }

    private static String cell(DetectorStudy.Row row, String name) {
        double value = row.figure(name);
        String format = name.contains("error") ? "%.3f" : "%.2f";
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
