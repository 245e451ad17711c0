package io.azimuth.jobs.report;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.jobs.report.SensorPath.Place;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * The points of many sweeps laid on each other by the estimated poses, seen from above. Points fall
 * into the picture's pixels at once, so memory does not grow with the drive: 12 bytes a pixel.
 */
final class MapPicture {
    private static final double RANGE_M = 45;
    private static final double LEAST_STEP_M = 0.7;
    private static final int MOST_SWEEPS = 240;
    private static final int GROUND_COLOUR = 0x3d5472;

    private final SensorPath path;
    private final Placing placing;
    private final GroundHeights heights;
    private final List<RigidTransform> way;
    private final GroundPlan plan;
    private final int[] ground;
    private final int[] objects;
    private final float[] heightSum;

    MapPicture(SensorPath path, Placing placing, GroundHeights heights) {
        this.path = path;
        this.placing = placing;
        this.heights = heights;
        way = path.bySweep().poses();
        plan = GroundPlan.around(List.of(way), RANGE_M);
        ground = new int[plan.width * plan.height];
        objects = new int[ground.length];
        heightSum = new float[ground.length];
    }

    /**
     * @param indices of the drive's sweeps, by sweep number
     */
    Canvas draw(
            Drive drive, SortedMap<Long, Integer> indices, PointCloud cloud, List<String> warnings)
            throws IOException {
        List<Long> chosen = chosen(indices);
        for (long seq : chosen) {
            Place place = path.at(seq);
            if (place == null) {
                continue;
            }
            try {
                add(drive.read(indices.getOrDefault(seq, 0), cloud), place);
            } catch (MalformedDataException e) {
                warnings.add("map.png lacks sweep %d: %s".formatted(seq, e.getMessage()));
            }
        }
        Canvas canvas = new Canvas(plan.width, plan.height);
        paint(canvas);
        double[] line = plan.polyline(way);
        canvas.line(Canvas.polyline(line), Canvas.withAlpha(Canvas.BACKGROUND, 160), 6);
        canvas.line(Canvas.polyline(line), TrajectoryPicture.ESTIMATE, 2.5);
        TrajectoryPicture.marks(canvas, plan, way);
        canvas.panel(16, 16, 330, 62);
        canvas.bold(drive.id(), 30, 42, 19, Canvas.BRIGHT);
        canvas.text(
                "map of %d sweeps, placed by odometry".formatted(chosen.size()),
                30,
                65,
                14,
                Canvas.DIM);
        plan.scaleBar(canvas);
        HeightScale.draw(canvas, 32, plan.height - 66);
        return canvas;
    }

    /** Sweeps some way apart, so that a halt does not burn in; not more than the limit. */
    private List<Long> chosen(SortedMap<Long, Integer> indices) {
        List<Long> apart = new ArrayList<>();
        RigidTransform last = null;
        for (Place place : path.places().values()) {
            RigidTransform at = place.firstFromSensor();
            boolean far =
                    last == null || last.inverse().times(at).translationNorm() >= LEAST_STEP_M;
            if (far && indices.containsKey(place.row().seq())) {
                apart.add(place.row().seq());
                last = at;
            }
        }
        int count = Math.min(MOST_SWEEPS, apart.size());
        List<Long> out = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            out.add(apart.get((int) ((long) k * apart.size() / count)));
        }
        return out;
    }

    private void add(Sweep sweep, Place place) {
        PointCloud cloud = sweep.points();
        placing.prepare(place.firstFromSensor(), place.row().twist(), sweep.durationNanos());
        float[] above = heights.of(cloud);
        for (int i = 0; i < cloud.size(); i++) {
            double x = cloud.x()[i];
            double y = cloud.y()[i];
            double r2 = x * x + y * y;
            if (r2 >= 4 && r2 <= RANGE_M * RANGE_M) {
                placing.place(cloud, i);
                drop(placing.x, placing.y, above[i]);
            }
        }
    }

    private void drop(double x, double y, double height) {
        int u = (int) Math.floor(plan.px(x));
        int v = (int) Math.floor(plan.py(y));
        if (u < 0 || v < 0 || u >= plan.width || v >= plan.height) {
            return;
        }
        int cell = v * plan.width + u;
        if (!(height > Palette.GROUND_M)) {
            ground[cell]++;
        } else {
            objects[cell]++;
            heightSum[cell] += (float) height;
        }
    }

    private void paint(Canvas canvas) {
        double groundFull = full(ground);
        double objectsFull = full(objects);
        int background = Canvas.BACKGROUND.getRGB() & 0xffffff;
        for (int cell = 0; cell < ground.length; cell++) {
            int colour = background;
            if (ground[cell] > 0) {
                double share = 0.2 + 0.8 * Math.min(1, Math.log1p(ground[cell]) / groundFull);
                colour = Palette.mix(background, GROUND_COLOUR, share);
            }
            if (objects[cell] > 0) {
                double share = 0.3 + 0.7 * Math.min(1, Math.log1p(objects[cell]) / objectsFull);
                int tint = Palette.height(heightSum[cell] / objects[cell]);
                colour = Palette.mix(colour, tint, share);
            }
            canvas.image.setRGB(cell % plan.width, cell / plan.width, colour);
        }
    }

    /** Logarithm of a count that 95 % of the pixels with points do not exceed. */
    private static double full(int[] counts) {
        int[] some = Arrays.stream(counts).filter(c -> c > 0).sorted().toArray();
        return some.length == 0 ? 1 : Math.log1p(some[(int) (0.95 * (some.length - 1))]);
    }
}
