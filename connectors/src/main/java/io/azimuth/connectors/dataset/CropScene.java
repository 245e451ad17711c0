package io.azimuth.connectors.dataset;

import io.azimuth.perception.cluster.ConnectedPieces;
import io.azimuth.perception.cluster.GeometricDetector;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.Surface;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TruthBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The boxes of one simulated sweep that crops may be cut from: objects by truth, whatever the
 * geometric detector reports, and connected pieces of the background. All in the sensor's frame at
 * the instant of measuring, in which the sensor is the origin.
 */
final class CropScene {
    private static final double NEAREST_M = 1.5;
    private static final double FARTHEST_M = 50;
    private static final int FEWEST_POINTS = 10;

    /** Lower or flatter pieces no detector takes for anything. */
    private static final double LOWEST_TOP_M = 0.7;

    private static final double LEAST_HEIGHT_M = 0.25;

    /** Pieces longer than this are cut to a stretch, as a detector would report a part of them. */
    private static final double LONGEST_M = 9;

    /**
     * A box to cut.
     *
     * @param groundZ height of the ground below it; NaN if the box says
     * @param object the number of the object that it was cut for, or -1
     * @param points about as many will be in the crop
     */
    record Candidate(
            CropClass cropClass,
            OrientedBox box,
            double groundZ,
            int object,
            double headingRad,
            String track,
            String kind,
            int points) {}

    private final SimulatedSweep made;
    private final List<Candidate> candidates = new ArrayList<>();

    /** Finds the candidates of a sweep of the drive's only vehicle. */
    CropScene(
            TownDrive drive,
            int sensor,
            SimulatedSweep made,
            GeometricDetector detector,
            ConnectedPieces pieces,
            Draws draws) {
        this.made = made;
        addObjects(drive, sensor);
        addDetections(drive, sensor, detector);
        addPieces(pieces, draws);
    }

    List<Candidate> candidates() {
        return candidates;
    }

    private void addObjects(TownDrive drive, int sensor) {
        for (TruthBox t : made.boxes()) {
            CropClass c = CropClass.of(t.objectClass());
            if (c == null || t.points() < FEWEST_POINTS || !inReach(t.box())) {
                continue;
            }
            OrientedBox box = whenMeasured(t, drive, sensor);
            candidates.add(
                    new Candidate(
                            c,
                            box,
                            box.bottomZ(),
                            t.objectId(),
                            box.yawRad(),
                            t.trackId(),
                            "truth",
                            t.points()));
        }
    }

    private static boolean inReach(OrientedBox box) {
        return box.rangeM() >= NEAREST_M && box.rangeM() <= FARTHEST_M;
    }

    /** The box where it was, seen from where the sensor was, when half of its points were taken. */
    private OrientedBox whenMeasured(TruthBox t, TownDrive drive, int sensor) {
        Sweep sweep = made.sweep();
        int[] times = new int[t.points()];
        int n = 0;
        for (int i = 0; i < made.pointLabels().length && n < times.length; i++) {
            if (made.pointLabels()[i] == t.objectId()) {
                times[n++] = sweep.points().timeOffsetNanos()[i];
            }
        }
        Arrays.sort(times, 0, n);
        long instant = sweep.startNanos() + (n == 0 ? sweep.durationNanos() / 2 : times[n / 2]);
        double seconds = 1e-9 * (instant - sweep.midNanos());
        OrientedBox w = made.worldFromSensor().map(t.box());
        OrientedBox moved =
                new OrientedBox(
                        w.x() + seconds * t.velocityX(),
                        w.y() + seconds * t.velocityY(),
                        w.z() + seconds * t.velocityZ(),
                        w.length(),
                        w.width(),
                        w.height(),
                        w.yawRad());
        RigidTransform worldFromSensor = drive.worldFromSensor(0, sensor, instant);
        return worldFromSensor.inverse().map(moved);
    }

    /** What is reported, right or wrong: the crop of a detection shows what most of it lies on. */
    private void addDetections(TownDrive drive, int sensor, GeometricDetector detector) {
        for (Detection d : detector.detect(made.sweep())) {
            if (!inReach(d.box()) || d.points() < FEWEST_POINTS) {
                continue;
            }
            List<Integer> within = new ArrayList<>();
            PointCloud cloud = made.sweep().points();
            for (int i = 0; i < cloud.size(); i++) {
                if (d.box().contains(cloud.x()[i], cloud.y()[i], cloud.z()[i], 0.05)) {
                    within.add(i);
                }
            }
            int[] points = within.stream().mapToInt(Integer::intValue).toArray();
            int label = majority(points);
            TruthBox truth = label >= 0 ? truthOf(label) : null;
            CropClass c = truth != null ? CropClass.of(truth.objectClass()) : classOf(label);
            if (c != null) {
                candidates.add(
                        new Candidate(
                                c,
                                d.box(),
                                Double.NaN,
                                truth == null ? -1 : label,
                                truth == null
                                        ? Double.NaN
                                        : whenMeasured(truth, drive, sensor).yawRad(),
                                truth == null ? "" : truth.trackId(),
                                "detection",
                                points.length));
            }
        }
    }

    private @Nullable TruthBox truthOf(int object) {
        for (TruthBox t : made.boxes()) {
            if (t.objectId() == object) {
                return t;
            }
        }
        return null;
    }

    /** Whether most of what stands in a crop is what it was cut for, by at least ten points. */
    boolean shows(int[] points, Candidate candidate) {
        int label = majority(points);
        boolean object = candidate.object() >= 0;
        if (object ? label != candidate.object() : classOf(label) != candidate.cropClass()) {
            return false;
        }
        int own = 0;
        for (int i : points) {
            int found = made.pointLabels()[i];
            own += object ? (found == label ? 1 : 0) : classOf(found) == classOf(label) ? 1 : 0;
        }
        return own >= FEWEST_POINTS;
    }

    private static @Nullable CropClass classOf(int label) {
        return label == Integer.MIN_VALUE || label >= 0
                ? null
                : CropClass.of(Surface.ofLabel(label));
    }

    /**
     * The label that more than half of the points over the ground have, surfaces of one class taken
     * together (then a surface of that class); {@code Integer.MIN_VALUE} if there is none.
     */
    int majority(int[] points) {
        int[] surfaces = new int[CropClass.ALL.length];
        int[] shown = new int[CropClass.ALL.length];
        int standing = 0;
        List<int[]> objects = new ArrayList<>(); // label, count: hardly more than two
        for (int i : points) {
            int label = made.pointLabels()[i];
            if (label >= 0) {
                standing++;
                count(objects, label);
                continue;
            }
            Surface s = Surface.ofLabel(label);
            CropClass c = CropClass.of(s);
            standing += s.isGround() ? 0 : 1;
            if (c != null) {
                surfaces[c.ordinal()]++;
                shown[c.ordinal()] = label;
            }
        }
        for (int[] o : objects) {
            if (2 * o[1] > standing) {
                return o[0];
            }
        }
        for (int c = 0; c < surfaces.length; c++) {
            if (2 * surfaces[c] > standing) {
                return shown[c];
            }
        }
        return Integer.MIN_VALUE;
    }

    private static void count(List<int[]> objects, int label) {
        for (int[] o : objects) {
            if (o[0] == label) {
                o[1]++;
                return;
            }
        }
        objects.add(new int[] {label, 1});
    }

    private void addPieces(ConnectedPieces pieces, Draws draws) {
        int n = pieces.find(made.sweep());
        for (int p = 0; p < n; p++) {
            if (pieces.size(p) < FEWEST_POINTS) {
                continue;
            }
            int[] points = pieces.points(p);
            CropClass c = classOf(majority(points));
            if (c == null) {
                continue;
            }
            OrientedBox box = PieceBox.around(made.sweep().points(), points, LONGEST_M, draws);
            double lowest = pieces.lowestM(p);
            boolean tall = box.height() >= LEAST_HEIGHT_M && lowest + box.height() >= LOWEST_TOP_M;
            if (tall && inReach(box)) {
                double ground = box.bottomZ() - (lowest < 0.5 ? lowest : 0);
                candidates.add(
                        new Candidate(c, box, ground, -1, Double.NaN, "", "piece", points.length));
            }
        }
    }
}
