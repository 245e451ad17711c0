package io.azimuth.connectors.dataset;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.connectors.drive.DriveTruth;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.connectors.drive.SweepKey;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.places.ParkedObjects;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.Surface;
import io.azimuth.perception.simulation.TruthBox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labelled sweeps of a part of a drive, in the form of simulated ones: boxes with numbers,
 * speeds (from the track's places in the sweeps beside) and points. Vehicles that stand wherever
 * they are labelled are of class unknown in sweeps without their label. Not thread-safe.
 */
final class LabelledSweeps {
    private static final double FARTHEST_M = Short.MAX_VALUE * FrameFiles.STEP_M - 1;
    private static final int OTHER = Surface.values()[0].label(); // within no box

    private final Drive drive;
    private final DriveTruth truth;
    private final List<Integer> positions = new ArrayList<>();
    private final TreeMap<String, Integer> numbers = new TreeMap<>();
    private final TreeMap<String, TreeMap<Long, List<LabelledBox>>> boxes = new TreeMap<>();
    private final TreeMap<String, ParkedObjects> parked = new TreeMap<>();
    private final TreeMap<String, TreeMap<Long, SweepKey>> keys = new TreeMap<>();

    /**
     * @param all whether sweeps without labels are taken too
     * @throws IllegalArgumentException if the range leaves the drive or holds no sweep to take
     */
    LabelledSweeps(Drive drive, int from, int to, boolean all) throws IOException {
        this.drive = drive;
        FrameSetOptions.require("to", to, from + 1, drive.size());
        truth = drive.truth();
        for (int i = 0; i < drive.size(); i++) {
            SweepKey key = drive.key(i);
            keys.computeIfAbsent(sensor(key), s -> new TreeMap<>()).put(key.seq(), key);
            if (i >= from && i < to && (all || isLabelled(key))) {
                positions.add(i);
            }
        }
        if (positions.isEmpty()) {
            throw new IllegalArgumentException(
                    "drive %s has no labelled sweep among %d .. %d, expected some boxes to train with"
                            .formatted(drive.id(), from, to - 1));
        }
        for (DriveSensor s : drive.info().sensors()) {
            for (LabelledBox b : truth.of(s.sensorId()).boxes()) {
                boxes.computeIfAbsent(s.sensorId(), n -> new TreeMap<>())
                        .computeIfAbsent(b.sweep(), n -> new ArrayList<>())
                        .add(b);
                numbers.put(b.track(), 0);
            }
        }
        for (DriveSensor s : drive.info().sensors()) {
            // of the labels asked for only: a drive's other part may judge what is trained on this
            SensorTruth known = truth.of(s.sensorId());
            List<LabelledBox> within = new ArrayList<>();
            for (int i : positions) {
                if (sensor(drive.key(i)).equals(s.sensorId())) {
                    within.addAll(at(drive.key(i), drive.key(i).seq()));
                }
            }
            parked.put(s.sensorId(), ParkedObjects.of(within, known.firstFromSweep()));
        }
        int next = 0;
        for (var e : numbers.entrySet()) {
            e.setValue(next++);
        }
    }

    int count() {
        return positions.size();
    }

    boolean isLabelled(int frame) {
        return isLabelled(drive.key(positions.get(frame)));
    }

    private boolean isLabelled(SweepKey key) {
        return labels(key).labelledSweeps().contains(key.seq());
    }

    boolean hasMotion() {
        return positions.stream().anyMatch(i -> labels(drive.key(i)).firstFromSweep().size() > 1);
    }

    private String sensor(SweepKey key) {
        return drive.info().sensors().get(key.sensor()).sensorId();
    }

    private SensorTruth labels(SweepKey key) {
        return truth.of(sensor(key));
    }

    FrameHeader header(int frame, Sweep sweep) {
        SweepKey key = drive.key(positions.get(frame));
        RigidTransform mount = drive.info().sensors().get(key.sensor()).egoFromSensor();
        int rings = sweep.beams() == null ? rings(sweep.points()) : sweep.beams().rings();
        return new FrameHeader(
                -1,
                -1,
                "recorded",
                rings,
                -1,
                mount.tz(),
                Math.asin(-mount.r(2, 0)),
                Math.atan2(mount.r(2, 1), mount.r(2, 2)),
                0);
    }

    private static int rings(PointCloud cloud) {
        int most = -1;
        for (int i = 0; cloud.hasRing() && i < cloud.size(); i++) {
            most = Math.max(most, cloud.ringOf(i));
        }
        return most + 1;
    }

    /** A frame's sweep; points that the files have no room for are left out. */
    SimulatedSweep read(int frame, PointCloud reuse) throws IOException {
        int position = positions.get(frame);
        SweepKey key = drive.key(position);
        Sweep read = drive.read(position, reuse);
        PointCloud cloud = storable(read.points());
        SortedMap<Long, RigidTransform> poses = labels(key).firstFromSweep();
        RigidTransform firstFromSweep = poses.getOrDefault(key.seq(), RigidTransform.IDENTITY);
        int[] labelOf = new int[cloud.size()];
        Arrays.fill(labelOf, OTHER);
        List<TruthBox> out = new ArrayList<>();
        PointCloud middle = new PointCloud();
        MidSweep.bring(cloud, key.endNanos() - key.startNanos(), twist(frame), middle);
        int own = numbers.size(); // boxes without a track
        for (LabelledBox b : at(key, key.seq())) {
            int number = b.track().isEmpty() ? own++ : numbers.getOrDefault(b.track(), 0);
            int marked = mark(middle, b.box(), number, labelOf);
            int points = b.points() >= 0 ? b.points() : marked;
            double[] v = velocity(key, b, poses);
            out.add(new TruthBox(number, b.objectClass(), b.box(), v[0], v[1], v[2], points));
        }
        addParked(key, middle, labelOf, out);
        Sweep sweep =
                new Sweep(
                        read.vehicleId(),
                        read.sensorId(),
                        read.driveId(),
                        read.seq(),
                        read.startNanos(),
                        read.endNanos(),
                        read.sector(),
                        read.egoFromSensor(),
                        read.beams(),
                        cloud);
        return new SimulatedSweep(sweep, firstFromSweep, firstFromSweep, out, labelOf);
    }

    /** Labels in a camera's image begin late: a car that stands there earlier is no background. */
    private void addParked(SweepKey key, PointCloud middle, int[] labelOf, List<TruthBox> out) {
        RigidTransform firstFromSweep = labels(key).firstFromSweep().get(key.seq());
        ParkedObjects known = parked.get(sensor(key));
        if (firstFromSweep == null || known == null) {
            return;
        }
        RigidTransform sweepFromFirst = firstFromSweep.inverse();
        for (ParkedObjects.Parked p : known.objects()) {
            OrientedBox box = sweepFromFirst.map(p.inFirst());
            if (!p.labelled().contains(key.seq()) && box.rangeM() < FARTHEST_M) {
                int number = numbers.getOrDefault(p.track(), 0);
                int points = mark(middle, box, number, labelOf);
                out.add(new TruthBox(number, ObjectClass.UNKNOWN, box, 0, 0, 0, points));
            }
        }
    }

    private List<LabelledBox> at(SweepKey key, long seq) {
        return boxes.getOrDefault(sensor(key), new TreeMap<>()).getOrDefault(seq, List.of());
    }

    private static PointCloud storable(PointCloud from) {
        PointCloud to = new PointCloud(Math.max(1, from.size()));
        for (int i = 0; i < from.size(); i++) {
            float x = from.x()[i];
            float y = from.y()[i];
            float z = from.z()[i];
            float farthest = Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z)));
            if (farthest < FARTHEST_M) { // not a NaN either
                int ring = from.hasRing() ? from.ringOf(i) : 0;
                int time = from.hasTime() ? from.timeOffsetNanos()[i] : 0;
                to.add(x, y, z, from.intensity()[i], ring, time);
            }
        }
        to.declare(from.hasRing(), from.hasTime());
        return to;
    }

    private static int mark(PointCloud cloud, OrientedBox box, int number, int[] labelOf) {
        int points = 0;
        for (int i = 0; i < cloud.size(); i++) {
            if (labelOf[i] < 0 && box.contains(cloud.x()[i], cloud.y()[i], cloud.z()[i], 0)) {
                labelOf[i] = number;
                points++;
            }
        }
        return points;
    }

    /** Along the first sweep's axes; zero where the track or the poses say nothing. */
    private double[] velocity(
            SweepKey key, LabelledBox box, SortedMap<Long, RigidTransform> poses) {
        SweepKey before = neighbour(key, -1);
        SweepKey after = neighbour(key, 1);
        double[] a = place(before, box, poses);
        double[] b = place(after, box, poses);
        double[] here = place(key, box, poses);
        SweepKey since = a == null ? key : before;
        SweepKey until = b == null ? key : after;
        double[] from = a == null ? here : a;
        double[] to = b == null ? here : b;
        double[] out = new double[3];
        if (from == null || to == null || since == null || until == null || since == until) {
            return out;
        }
        double seconds = (until.startNanos() - since.startNanos()) * 1e-9;
        if (!(seconds > 0)) { // equal or falling stamps tell no speed
            return out;
        }
        for (int k = 0; k < 3; k++) {
            out[k] = (to[k] - from[k]) / seconds;
        }
        return out;
    }

    private @Nullable SweepKey neighbour(SweepKey key, int step) {
        TreeMap<Long, SweepKey> own = keys.getOrDefault(sensor(key), new TreeMap<>());
        var entry = step < 0 ? own.lowerEntry(key.seq()) : own.higherEntry(key.seq());
        return entry == null ? null : entry.getValue();
    }

    private double @Nullable [] place(
            @Nullable SweepKey key, LabelledBox box, SortedMap<Long, RigidTransform> poses) {
        RigidTransform pose = key == null ? null : poses.get(key.seq());
        if (key == null || pose == null || box.track().isEmpty()) {
            return null;
        }
        for (LabelledBox b : at(key, key.seq())) {
            if (b.track().equals(box.track())) {
                OrientedBox o = b.box();
                return new double[] {
                    pose.mapX(o.x(), o.y(), o.z()),
                    pose.mapY(o.x(), o.y(), o.z()),
                    pose.mapZ(o.x(), o.y(), o.z())
                };
            }
        }
        return null;
    }

    /** Motion of the sensor over the sweep; zero for compensated sweeps and where poses lack. */
    double[] twist(int frame) {
        SweepKey key = drive.key(positions.get(frame));
        SortedMap<Long, RigidTransform> poses = labels(key).firstFromSweep();
        SweepKey before = neighbour(key, -1);
        SweepKey after = neighbour(key, 1);
        SweepKey since = before == null || !poses.containsKey(before.seq()) ? key : before;
        SweepKey until = after == null || !poses.containsKey(after.seq()) ? key : after;
        RigidTransform from = poses.get(since.seq());
        RigidTransform to = poses.get(until.seq());
        boolean moved = until.startNanos() > since.startNanos();
        if (!drive.info().deskew() || from == null || to == null || !moved) {
            return new double[6];
        }
        double share =
                (double) (key.endNanos() - key.startNanos())
                        / (until.startNanos() - since.startNanos());
        double[] twist = from.inverse().times(to).log();
        for (int k = 0; k < 6; k++) {
            twist[k] *= share;
        }
        return twist;
    }
}
