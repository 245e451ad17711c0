package io.azimuth.jobs.report;

import io.azimuth.perception.evaluation.Trajectory;
import io.azimuth.perception.evaluation.TrajectoryError;
import io.azimuth.perception.geometry.RigidTransform;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The estimated way and the true one from above, in the frame of the first sweep. */
final class TrajectoryPicture {
    static final Color ESTIMATE = new Color(0xff8a3d);
    private static final Color TRUTH = new Color(0xe8, 0xed, 0xf5, 150);
    private static final Color START = new Color(0x4fd18b);
    private static final Color END = new Color(0xff5f6d);

    private TrajectoryPicture() {}

    /**
     * @param truth by sweep number; empty if unknown
     */
    static Canvas draw(String drive, SensorPath path, SortedMap<Long, RigidTransform> truth) {
        List<RigidTransform> estimate = path.bySweep().poses();
        TreeMap<Long, RigidTransform> real = shared(path, truth);
        double longest = extent(estimate);
        GroundPlan plan =
                GroundPlan.around(List.of(estimate, real.values()), Math.max(3, 0.15 * longest));
        int below = real.isEmpty() ? 0 : ErrorStrip.HEIGHT_PX;
        Canvas canvas = new Canvas(plan.width, plan.height + below);
        plan.grid(canvas);
        if (!real.isEmpty()) {
            canvas.line(Canvas.polyline(plan.polyline(real.values())), TRUTH, 9);
        }
        canvas.line(Canvas.polyline(plan.polyline(estimate)), ESTIMATE, 3);
        marks(canvas, plan, estimate);
        legend(canvas, drive, path.bySweep(), real);
        if (!real.isEmpty()) {
            List<RigidTransform> same = new ArrayList<>();
            path.places().forEach((seq, p) -> same.addAll(estimateAt(real, seq, p)));
            new ErrorStrip(new ArrayList<>(real.values()), same).draw(canvas);
        }
        return canvas;
    }

    /** The truth of the sweeps that have a pose, laid on the estimate at the first of them. */
    private static TreeMap<Long, RigidTransform> shared(
            SensorPath path, SortedMap<Long, RigidTransform> truth) {
        TreeMap<Long, RigidTransform> real = new TreeMap<>(truth);
        real.keySet().retainAll(path.places().keySet());
        Map.Entry<Long, RigidTransform> first = real.firstEntry();
        SensorPath.Place place = first == null ? null : path.at(first.getKey());
        if (first != null && place != null) {
            RigidTransform laid = place.firstFromSensor().times(first.getValue().inverse());
            real.replaceAll((seq, pose) -> laid.times(pose));
        }
        return real;
    }

    private static List<RigidTransform> estimateAt(
            TreeMap<Long, RigidTransform> real, long seq, SensorPath.Place place) {
        return real.containsKey(seq) ? List.of(place.firstFromSensor()) : List.of();
    }

    static void marks(Canvas canvas, GroundPlan plan, List<RigidTransform> estimate) {
        mark(canvas, plan, estimate.get(0), START, "start");
        mark(canvas, plan, estimate.get(estimate.size() - 1), END, "end");
    }

    private static void mark(
            Canvas canvas, GroundPlan plan, RigidTransform at, Color colour, String name) {
        double x = plan.px(at.tx());
        double y = plan.py(at.ty());
        canvas.disc(x, y, 10, Canvas.BACKGROUND);
        canvas.disc(x, y, 7.5, colour);
        canvas.bold(name, x + 15, y - 10, 16, colour);
    }

    private static void legend(
            Canvas canvas, String drive, Trajectory estimate, TreeMap<Long, RigidTransform> real) {
        canvas.panel(56, 16, 430, real.isEmpty() ? 82 : 128);
        canvas.bold(drive, 72, 42, 19, Canvas.BRIGHT);
        canvas.line(72, 64, 110, 64, ESTIMATE, 3);
        canvas.text("odometry, %d sweeps".formatted(estimate.size()), 122, 69, 15, Canvas.BRIGHT);
        if (real.isEmpty()) {
            return;
        }
        canvas.line(72, 88, 110, 88, TRUTH, 9);
        canvas.text("truth", 122, 93, 15, Canvas.BRIGHT);
        long[] keys = real.keySet().stream().mapToLong(Long::longValue).toArray();
        TrajectoryError error =
                TrajectoryError.of(new Trajectory(keys, new ArrayList<>(real.values())), estimate);
        canvas.text(
                String.format(
                        Locale.ROOT,
                        "%.0f m, drift %.2f %%, ATE %.1f cm (best alignment)",
                        error.pathM(),
                        error.driftPercent(),
                        100 * error.ateM()),
                72,
                118,
                15,
                Canvas.BRIGHT);
    }

    private static double extent(Collection<RigidTransform> path) {
        double reach = 0;
        for (RigidTransform p : path) {
            reach = Math.max(reach, Math.hypot(p.tx(), p.ty()));
        }
        return reach;
    }
}
