package io.azimuth.jobs.report;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.connectors.drive.DriveTruth;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.connectors.drive.SweepKey;
import io.azimuth.jobs.report.RunResult.TrackRow;
import io.azimuth.jobs.report.SensorPath.Place;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.tracking.Track;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws a run as PNG: {@code trajectory.png}, {@code map.png} and {@code bev_<sweep>.png} for some
 * sweeps, all of the drive's first sensor. Needs no display; on a Java runtime without fonts the
 * pictures have no text.
 */
public final class Pictures {
    /** How many sweeps are drawn from above. */
    static final int SWEEPS = 6;

    private static final long TRAIL_NANOS = 3_000_000_000L;

    /** Tracks that were not seen for longer are left out: nothing in the picture explains them. */
    private static final int MOST_MISSED = 1;

    private final Drive drive;
    private final Path out;
    private final DriveSensor sensor;
    private final SensorTruth truth;
    private final SensorPath path;
    private final SortedMap<Long, List<Detection>> detections;
    private final TreeMap<Long, TrackRow> tracks = new TreeMap<>();
    private final TreeMap<Long, Integer> indices = new TreeMap<>(); // by sweep number
    private final List<Path> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Placing placing = new Placing();
    private final GroundHeights heights = new GroundHeights();
    private final PointCloud cloud = new PointCloud();
    private boolean lacksText;

    private Pictures(RunResult result, Drive drive, DriveTruth truth, Path out) {
        this.drive = drive;
        this.out = out;
        sensor = drive.info().sensors().get(0);
        this.truth = truth.of(sensor.sensorId());
        path = SensorPath.of(result, sensor.sensorId());
        detections = MidSweep.detections(result, sensor.sensorId(), path, drive.info().deskew());
        for (TrackRow row : result.tracks()) {
            if (row.sensorId().equals(sensor.sensorId())) {
                tracks.putIfAbsent(row.seq(), row);
            }
        }
        for (int i = 0; i < Math.min(result.driveSweeps(), drive.size()); i++) {
            SweepKey key = drive.key(i);
            if (key.sensor() == 0) {
                indices.put(key.seq(), i);
            }
        }
    }

    /** Draws into an existing folder; a sweep that cannot be read again costs only a warning. */
    public static ResultFiles.Written write(
            RunResult result, Drive drive, DriveTruth truth, Path out) throws IOException {
        Pictures pictures = new Pictures(result, drive, truth, out);
        try {
            pictures.draw();
        } catch (LinkageError | java.awt.AWTError e) {
            pictures.warnings.add("this Java runtime cannot draw, pictures are missing: " + e);
        }
        if (pictures.lacksText) {
            pictures.warnings.add(
                    "this Java runtime has no fonts, so the pictures have no text; install fontconfig and a font");
        }
        return new ResultFiles.Written(pictures.files, pictures.warnings);
    }

    private void draw() throws IOException {
        if (!path.isEmpty()) {
            save(
                    TrajectoryPicture.draw(drive.id(), path, truth.firstFromSweep()),
                    "trajectory.png");
            save(
                    new MapPicture(path, placing, heights).draw(drive, indices, cloud, warnings),
                    "map.png");
        }
        List<Long> candidates = new ArrayList<>(detections.keySet());
        candidates.retainAll(indices.keySet());
        int count = Math.min(SWEEPS, candidates.size());
        for (int k = 0; k < count; k++) {
            long seq = candidates.get((int) ((k + 0.5) * candidates.size() / count));
            try {
                birdsEye(seq);
            } catch (MalformedDataException e) {
                warnings.add("bev_%d.png is not drawn: %s".formatted(seq, e.getMessage()));
            }
        }
    }

    private void save(Canvas canvas, String name) throws IOException {
        lacksText |= canvas.lacksText();
        Path file = out.resolve(name);
        canvas.save(file);
        files.add(file);
    }

    private void birdsEye(long seq) throws IOException {
        Sweep sweep = drive.read(indices.getOrDefault(seq, 0), cloud);
        Place place = path.at(seq);
        double[] twist = place == null ? new double[6] : place.row().twist();
        placing.prepare(RigidTransform.IDENTITY, twist, sweep.durationNanos());
        BirdsEyePicture picture = new BirdsEyePicture();
        picture.rings();
        picture.points(cloud, heights.of(cloud), placing);
        picture.ringLabels();
        List<BirdsEyePicture.Trail> trails = place == null ? List.of() : trails(seq, place);
        trails.forEach(picture::trail);
        List<Detection> found =
                detections.getOrDefault(seq, List.of()).stream()
                        .filter(d -> d.score() >= BirdsEyePicture.MIN_SCORE)
                        .toList();
        found.forEach(picture::detection);
        List<LabelledBox> labels =
                truth.boxes().stream().filter(b -> b.sweep() == seq && b.points() != 0).toList();
        labels.forEach(picture::label);
        picture.ego();
        trails.forEach(picture::name);
        picture.caption(
                drive.id(),
                "sweep %d, %,d points".formatted(seq, cloud.size()),
                counts(found.size(), trails.size(), labels.size()));
        picture.legend(
                found.stream().map(Detection::objectClass).distinct().sorted().toList(),
                !labels.isEmpty(),
                !trails.isEmpty());
        picture.heightScale();
        save(picture.canvas(), "bev_%d.png".formatted(seq));
    }

    private static String counts(int found, int tracks, int labels) {
        String text = "%d objects, %d tracks".formatted(found, tracks);
        return labels == 0 ? text : text + String.format(Locale.ROOT, ", %d labels", labels);
    }

    /** The ways of the tracks that live in this sweep, in the sensor's frame. */
    private List<BirdsEyePicture.Trail> trails(long seq, Place place) {
        List<BirdsEyePicture.Trail> out = new ArrayList<>();
        TrackRow now = tracks.get(seq);
        if (now == null) {
            return out;
        }
        RigidTransform sensorFromOdom = place.row().odomFromSensor().inverse();
        List<TrackRow> recent = new ArrayList<>();
        for (TrackRow row : tracks.headMap(seq, true).values()) {
            Place then = path.at(row.seq());
            boolean sameSegment =
                    then != null && then.firstFromOdom().equals(place.firstFromOdom());
            if (sameSegment && now.stampNanos() - row.stampNanos() <= TRAIL_NANOS) {
                recent.add(row);
            }
        }
        for (Track t : now.tracks()) {
            if (t.missed() > MOST_MISSED || t.score() < BirdsEyePicture.MIN_SCORE) {
                continue;
            }
            out.add(
                    new BirdsEyePicture.Trail(
                            TrackPlacing.inSensor(seq, t, sensorFromOdom),
                            way(recent, t.id(), sensorFromOdom),
                            Math.hypot(t.velocityX(), t.velocityY()),
                            t.headingKnown()));
        }
        out.sort(
                Comparator.comparingDouble((BirdsEyePicture.Trail t) -> -Math.rint(t.speedMps()))
                        .thenComparingLong(t -> Long.parseLong(t.now().track())));
        return out;
    }

    private static double[] way(List<TrackRow> recent, long id, RigidTransform sensorFromOdom) {
        double[] xy = new double[2 * recent.size()];
        int n = 0;
        for (TrackRow row : recent) {
            for (Track t : row.tracks()) {
                if (t.id() == id) {
                    double x = t.box().x();
                    double y = t.box().y();
                    double z = t.box().z();
                    xy[n++] = sensorFromOdom.mapX(x, y, z);
                    xy[n++] = sensorFromOdom.mapY(x, y, z);
                }
            }
        }
        return Arrays.copyOf(xy, n);
    }
}
