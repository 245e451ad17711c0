package io.azimuth.jobs.report;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.jobs.report.RunResult.TrackRow;
import io.azimuth.jobs.report.SensorPath.Place;
import io.azimuth.perception.evaluation.TrajectoryFiles;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.tracking.Track;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what a run found as text that other tools read: {@code trajectory_kitti.txt}, {@code
 * trajectory_tum.txt}, {@code detections.csv}, {@code tracks.csv}, {@code metrics.json}. The bare
 * names belong to the drive's first sensor and vehicle; those of the others end in {@code _} and
 * the sensor's or vehicle's name. Metres and radians.
 */
public final class ResultFiles {
    static final String DETECTIONS_HEADER = "sweep,class,score,x,y,z,length,width,height,yaw";
    static final String TRACKS_HEADER =
            "sweep,stamp_ns,track,class,score,x,y,z,length,width,height,yaw,vx,vy,motion";

    /** What was written and what a reader should know. */
    public record Written(List<Path> files, List<String> warnings) {
        public Written {
            files = List.copyOf(files);
            warnings = List.copyOf(warnings);
        }
    }

    private final RunResult result;
    private final Drive drive;
    private final Path out;
    private final List<Path> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private ResultFiles(RunResult result, Drive drive, Path out) {
        this.result = result;
        this.drive = drive;
        this.out = out;
    }

    /** Writes all files into an existing folder. */
    public static Written write(RunResult result, Drive drive, Scores scores, Path out)
            throws IOException {
        ResultFiles writer = new ResultFiles(result, drive, out);
        writer.sensors();
        writer.vehicles();
        writer.metrics(scores);
        return new Written(writer.files, writer.warnings);
    }

    private void sensors() throws IOException {
        List<DriveSensor> sensors = drive.info().sensors();
        for (int s = 0; s < sensors.size(); s++) {
            String id = sensors.get(s).sensorId();
            String suffix = s == 0 ? "" : "_" + fileName(id);
            SensorPath path = SensorPath.of(result, id);
            if (!path.isEmpty()) {
                trajectories(path, id, suffix, new ArrayList<>(Scores.sent(result, drive, s)));
            }
            detections(path, id, suffix);
        }
    }

    private void trajectories(SensorPath path, String id, String suffix, List<Long> sent)
            throws IOException {
        long bare = sent.stream().filter(seq -> path.at(seq) == null).count();
        if (bare > 0) {
            warnings.add(
                    "%d of %d sweeps of %s have no pose; trajectory_kitti%s.txt has interpolated ones there, trajectory_tum%s.txt leaves them out"
                            .formatted(bare, sent.size(), id, suffix, suffix));
        }
        if (path.restarts() > 0) {
            warnings.add(
                    "odometry of %s began anew %d times; its pieces are joined by the motion before each gap"
                            .formatted(id, path.restarts()));
        }
        TrajectoryFiles.writeKitti(file("trajectory_kitti" + suffix + ".txt"), path.dense(sent));
        TrajectoryFiles.writeTum(file("trajectory_tum" + suffix + ".txt"), path.byStamp());
    }

    private void detections(SensorPath path, String id, String suffix) throws IOException {
        var found = MidSweep.detections(result, id, path, drive.info().deskew());
        try (Writer text = Files.newBufferedWriter(file("detections" + suffix + ".csv"))) {
            text.write(DETECTIONS_HEADER + "\n");
            for (Map.Entry<Long, List<Detection>> e : found.entrySet()) {
                for (Detection d : e.getValue()) {
                    text.write(e.getKey() + "," + d.objectClass().label() + "," + d.score() + ",");
                    text.write(box(d.box()) + "\n");
                }
            }
        }
    }

    /**
     * Tracks of each vehicle at the sweeps of its first sensor, in the frame of its first sweep.
     */
    private void vehicles() throws IOException {
        Map<String, String> sensorOf = new LinkedHashMap<>(); // vehicle -> first sensor
        for (DriveSensor s : drive.info().sensors()) {
            sensorOf.putIfAbsent(s.vehicleId(), s.sensorId());
        }
        boolean first = true;
        for (Map.Entry<String, String> e : sensorOf.entrySet()) {
            tracks(e.getValue(), first ? "" : "_" + fileName(e.getKey()));
            first = false;
        }
    }

    private void tracks(String sensorId, String suffix) throws IOException {
        SensorPath path = SensorPath.of(result, sensorId);
        TreeMap<Long, TrackRow> rows = new TreeMap<>();
        for (TrackRow row : result.tracks()) {
            if (row.sensorId().equals(sensorId)) {
                rows.putIfAbsent(row.seq(), row);
            }
        }
        try (Writer text = Files.newBufferedWriter(file("tracks" + suffix + ".csv"))) {
            text.write(TRACKS_HEADER + "\n");
            for (TrackRow row : rows.values()) {
                Place place = path.upTo(row.stampNanos());
                RigidTransform firstFromOdom =
                        place == null ? RigidTransform.IDENTITY : place.firstFromOdom();
                List<Track> tracks = new ArrayList<>(row.tracks());
                tracks.sort(Comparator.comparingLong(Track::id));
                for (Track t : tracks) {
                    text.write(track(row, t, firstFromOdom) + "\n");
                }
            }
        }
    }

    private static String track(TrackRow row, Track t, RigidTransform firstFromOdom) {
        double vx = firstFromOdom.r(0, 0) * t.velocityX() + firstFromOdom.r(0, 1) * t.velocityY();
        double vy = firstFromOdom.r(1, 0) * t.velocityX() + firstFromOdom.r(1, 1) * t.velocityY();
        return row.seq()
                + ","
                + row.stampNanos()
                + ","
                + t.id()
                + ","
                + t.objectClass().label()
                + ","
                + t.score()
                + ","
                + box(firstFromOdom.map(t.box()))
                + ","
                + vx
                + ","
                + vy
                + ","
                + t.motion().name().toLowerCase(Locale.ROOT);
    }

    private static String box(OrientedBox b) {
        return b.x()
                + ","
                + b.y()
                + ","
                + b.z()
                + ","
                + b.length()
                + ","
                + b.width()
                + ","
                + b.height()
                + ","
                + b.yawRad();
    }

    private void metrics(Scores scores) throws IOException {
        String primary = drive.info().sensors().get(0).sensorId();
        MetricsJson.write(file("metrics.json"), result, scores, primary);
    }

    private Path file(String name) {
        Path file = out.resolve(name);
        files.add(file);
        return file;
    }

    /** A sensor's or vehicle's name as part of a file's name. */
    static String fileName(String id) {
        return id.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
