package io.azimuth.perception.evaluation.places;

import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Vehicles that stand still wherever they are labelled. Labels made in a camera's image begin when
 * the object is near enough; before that a detection of it is true but has no label. Carried
 * through the poses, such an object is neutral in sweeps in which it has no label: a vehicle
 * detected there is neither hit nor false, and not finding it is no miss. Only vehicles, for a
 * person who stands may have come walking. A person detected there stays false. Immutable,
 * thread-safe.
 */
public final class ParkedObjects {
    /** A parked object's labels lie within this of their median, metres. */
    public static final double SPREAD_M = 0.3;

    /** Fewer labels do not show that an object stands. */
    static final int MIN_LABELS = 3;

    /** A detection whose centre is this near to the carried box is of it, metres. */
    private static final double MARGIN_M = 0.5;

    /** A detection this near to a label may be of that, metres. */
    private static final double LABEL_REACH_M = 1;

    /**
     * An object that stands still.
     *
     * @param inFirst its box in the frame of the drive's first sweep
     * @param labelled sweeps in which it has a label
     */
    public record Parked(String track, OrientedBox inFirst, Set<Long> labelled) {
        public Parked {
            labelled = Set.copyOf(labelled);
        }
    }

    private final List<Parked> objects;
    private final List<LabelledBox> labels;
    private final Map<Long, RigidTransform> poses;

    private ParkedObjects(
            List<Parked> objects, List<LabelledBox> labels, Map<Long, RigidTransform> poses) {
        this.objects = List.copyOf(objects);
        this.labels = labels;
        this.poses = poses;
    }

    /**
     * Looks for them.
     *
     * @param labels all labels of the drive, in the LiDAR's frame at mid-sweep; those without track
     *     are never parked
     * @param firstFromSweep pose of each sweep; sweeps without one are left as they are
     */
    public static ParkedObjects of(
            List<LabelledBox> labels, SortedMap<Long, RigidTransform> firstFromSweep) {
        Map<Long, RigidTransform> poses = new TreeMap<>(firstFromSweep);
        TreeMap<String, List<LabelledBox>> tracks = new TreeMap<>();
        for (LabelledBox b : labels) {
            boolean placed = poses.containsKey(b.sweep()) && !b.track().isEmpty();
            if (placed && b.objectClass().isVehicle()) {
                tracks.computeIfAbsent(b.track(), t -> new ArrayList<>()).add(b);
            }
        }
        List<Parked> parked = new ArrayList<>();
        tracks.forEach((track, boxes) -> addIfStill(track, boxes, poses, parked));
        return new ParkedObjects(parked, List.copyOf(labels), poses);
    }

    private static void addIfStill(
            String track,
            List<LabelledBox> boxes,
            Map<Long, RigidTransform> poses,
            List<Parked> out) {
        List<OrientedBox> there = new ArrayList<>();
        Set<Long> labelled = new HashSet<>();
        for (LabelledBox b : boxes) {
            RigidTransform pose = poses.get(b.sweep());
            if (pose != null) {
                there.add(pose.map(b.box()));
                labelled.add(b.sweep());
            }
        }
        double x = median(there.stream().mapToDouble(OrientedBox::x).toArray());
        double y = median(there.stream().mapToDouble(OrientedBox::y).toArray());
        OrientedBox middle = there.get(0);
        double spread = 0;
        for (OrientedBox b : there) {
            double off = Math.hypot(b.x() - x, b.y() - y);
            spread = Math.max(spread, off);
            middle = off < Math.hypot(middle.x() - x, middle.y() - y) ? b : middle;
        }
        if (there.size() >= MIN_LABELS && spread < SPREAD_M) {
            out.add(new Parked(track, middle, labelled));
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int n = values.length;
        return 0.5 * (values[(n - 1) / 2] + values[n / 2]);
    }

    /** By track. */
    public List<Parked> objects() {
        return objects;
    }

    /** The detections that are to be judged: those of parked objects without label are left out. */
    public List<ScoredBox> judged(List<ScoredBox> detections) {
        Map<Long, List<LabelledBox>> bySweep = new HashMap<>(); // looked up, never iterated
        labels.forEach(b -> bySweep.computeIfAbsent(b.sweep(), s -> new ArrayList<>()).add(b));
        return detections.stream()
                .filter(d -> !neutral(d, bySweep.getOrDefault(d.sweep(), List.of())))
                .toList();
    }

    private boolean neutral(ScoredBox d, List<LabelledBox> here) {
        RigidTransform pose = poses.get(d.sweep());
        boolean vehicle = d.objectClass().isVehicle();
        if (!vehicle || pose == null || here.stream().anyMatch(b -> near(d, b))) {
            return false;
        }
        double x = d.box().x();
        double y = d.box().y();
        double z = d.box().z();
        double px = pose.mapX(x, y, z);
        double py = pose.mapY(x, y, z);
        for (Parked p : objects) {
            OrientedBox box = p.inFirst;
            if (!p.labelled.contains(d.sweep()) && box.contains(px, py, box.z(), MARGIN_M)) {
                return true;
            }
        }
        return false;
    }

    private static boolean near(ScoredBox d, LabelledBox b) {
        double dx = d.box().x() - b.box().x();
        double dy = d.box().y() - b.box().y();
        boolean inside = b.box().contains(d.box().x(), d.box().y(), b.box().z(), MARGIN_M);
        return inside || Math.hypot(dx, dy) <= LABEL_REACH_M;
    }
}
