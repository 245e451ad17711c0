package io.azimuth.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.connectors.drive.SimulatedDrive;
import io.azimuth.jobs.report.RunResult.Accounting;
import io.azimuth.jobs.report.RunResult.DetectionRow;
import io.azimuth.jobs.report.RunResult.Performance;
import io.azimuth.jobs.report.RunResult.PoseRow;
import io.azimuth.jobs.report.RunResult.TrackRow;
import io.azimuth.perception.evaluation.TrajectoryFiles;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.tracking.Motion;
import io.azimuth.perception.tracking.Track;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
    private static final double EXACT = 1e-9;
    private static final double[] AHEAD = {0, 0, 0, 10, 0, 0}; // 10 m/s along x

    @TempDir Path out;

    private final SimulatedDrive drive =
            new SimulatedDrive(
                    TownConfig.of(3)
                            .withSweeps(3)
                            .withSensors(SensorModel.vlp16("roof"), SensorModel.vlp16("rear")));
    private final String roof = drive.info().sensors().get(0).sensorId();
    private final String rear = drive.info().sensors().get(1).sensorId();
    private final List<PoseRow> poses = new ArrayList<>();
    private final List<DetectionRow> detections = new ArrayList<>();
    private final List<TrackRow> tracks = new ArrayList<>();

    @Test
    void detectionsAreMovedFromTheirMeasuringTimeToMidSweep() throws IOException {
        pose(roof, 0, 0);
        detections.add(
                new DetectionRow(
                        roof,
                        0,
                        0,
                        100_000_000,
                        List.of(
                                detection(5, 0.5, 0), // at the start: 0.05 s before mid-sweep
                                detection(7, 0.9, 50_000_000),
                                detection(6, 0.5, 100_000_000))));

        write();

        assertThat(lines("detections.csv"))
                .hasSize(4)
                .startsWith("sweep,class,score,x,y,z,length,width,height,yaw")
                .element(1)
                .isEqualTo("0,car,0.9,7.0,1.0,0.0,4.0,2.0,1.5,0.25");
        assertThat(number("detections.csv", 2, 3)).isEqualTo(4.5, within(EXACT));
        assertThat(number("detections.csv", 3, 3)).isEqualTo(6.5, within(EXACT));
    }

    @Test
    void detectionsOfACompensatedDriveStayWhereTheyAre() {
        pose(roof, 0, 0);
        detections.add(new DetectionRow(roof, 0, 0, 100, List.of(detection(5, 0.5, 0))));
        RunResult result = result();

        var kept = MidSweep.detections(result, roof, SensorPath.of(result, roof), false);

        assertThat(kept.get(0L).get(0).box().x()).isEqualTo(5);
    }

    @Test
    void turningTheSensorTurnsDetectionsToo() {
        double quarter = Math.PI / 2 / 0.05; // a quarter turn to the left in half a sweep
        poses.add(row(roof, 0, 0, new double[] {0, 0, quarter, 0, 0, 0}, false));
        detections.add(
                new DetectionRow(roof, 0, 0, 100_000_000, List.of(detection(5, 0.5, 100_000_000))));
        RunResult result = result();

        var moved = MidSweep.detections(result, roof, SensorPath.of(result, roof), true);

        OrientedBox box = moved.get(0L).get(0).box(); // ahead at the end is left at mid-sweep
        assertThat(box.x()).isEqualTo(-1, within(EXACT));
        assertThat(box.y()).isEqualTo(5, within(EXACT));
        assertThat(box.yawRad()).isEqualTo(0.25 + Math.PI / 2, within(EXACT));
    }

    @Test
    void everySensorGetsFilesOfItsOwn() throws IOException {
        pose(roof, 0, 0);
        pose(rear, 0, 0);

        ResultFiles.Written written = write();

        String suffix = "_" + rear.replace('/', '_');
        assertThat(written.files().stream().map(f -> f.getFileName().toString()))
                .containsExactly(
                        "trajectory_kitti.txt",
                        "trajectory_tum.txt",
                        "detections.csv",
                        "trajectory_kitti" + suffix + ".txt",
                        "trajectory_tum" + suffix + ".txt",
                        "detections" + suffix + ".csv",
                        "tracks.csv",
                        "metrics.json");
        assertThat(written.files()).allSatisfy(f -> assertThat(f).exists());
    }

    @Test
    void aSweepWithoutPoseIsInterpolatedAndSaid() throws IOException {
        pose(roof, 0, 0);
        pose(roof, 2, 2);

        ResultFiles.Written written = write();

        List<RigidTransform> kitti = TrajectoryFiles.readKitti(out.resolve("trajectory_kitti.txt"));
        assertThat(kitti).hasSize(3);
        assertThat(kitti.get(1).tx()).isEqualTo(1, within(EXACT));
        assertThat(TrajectoryFiles.readTum(out.resolve("trajectory_tum.txt")).size()).isEqualTo(2);
        assertThat(written.warnings()).anyMatch(w -> w.startsWith("1 of 3 sweeps of " + roof));
    }

    @Test
    void aSegmentThatBeginsAnewIsCarriedOnByTheMotionBefore() throws IOException {
        pose(roof, 0, 0);
        pose(roof, 1, 1);
        poses.add(row(roof, 2, 0, AHEAD, true)); // a new frame: at its origin, 0.1 s on

        ResultFiles.Written written = write();

        List<RigidTransform> kitti = TrajectoryFiles.readKitti(out.resolve("trajectory_kitti.txt"));
        assertThat(kitti.get(2).tx()).isEqualTo(2, within(EXACT));
        assertThat(written.warnings()).anyMatch(w -> w.contains("began anew 1 times"));
    }

    @Test
    void tracksStandInTheFrameOfTheFirstSweep() throws IOException {
        pose(roof, 0, 0);
        poses.add(row(roof, 1, 0, AHEAD, true));
        tracks.add(tracks(roof, 1, track(7, 3, 1), track(5, 20, 0)));

        write();

        assertThat(lines("tracks.csv"))
                .containsExactly(
                        "sweep,stamp_ns,track,class,score,x,y,z,length,width,height,yaw,vx,vy,motion",
                        "1,150000000,5,car,0.8,21.0,0.0,0.0,4.0,2.0,1.5,0.0,2.0,0.5,moving",
                        "1,150000000,7,car,0.8,4.0,1.0,0.0,4.0,2.0,1.5,0.0,2.0,0.5,moving");
    }

    @Test
    void metricsHoldMediansAndNullForWhatWasNotMeasured() throws IOException {
        pose(roof, 0, 0);

        write();

        JsonNode json = new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
        assertThat(json.fieldNames())
                .toIterable()
                .contains(
                        "schemaVersion",
                        "sweeps",
                        "published",
                        "dead",
                        "late",
                        "duplicate",
                        "shed",
                        "points_per_sweep",
                        "sweeps_per_second",
                        "sweeps_per_second_warm",
                        "latency_ms",
                        "stage_ms",
                        "peak_rss_mb",
                        "load_average",
                        "odometry",
                        "detection");
        assertThat(json.get("schemaVersion").asInt()).isEqualTo(1);
        assertThat(json.get("sweeps").asLong()).isEqualTo(15);
        assertThat(json.get("stage_ms").get("detect").asDouble()).isEqualTo(2.5);
        assertThat(json.get("stage_ms").get("odometry").isNull()).isTrue();
        assertThat(json.get("latency_ms").get("p95").asDouble()).isEqualTo(96, within(EXACT));
        assertThat(json.get("peak_rss_mb").isNull()).isTrue();
        assertThat(json.get("sweeps_per_second").asDouble()).isEqualTo(20);
        assertThat(json.get("sweeps_per_second_warm").asDouble()).isEqualTo(25);
        assertThat(json.get("odometry").fieldNames())
                .toIterable()
                .contains(
                        "drift_percent",
                        "translation_percent",
                        "rotation_deg_per_100m",
                        "ate_m",
                        "rpe_m",
                        "rpe_deg",
                        "end_angle_deg",
                        "worst_step_m");
        assertThat(json.get("detection").get("vehicle").fieldNames())
                .toIterable()
                .contains("recall", "precision", "ap_bev", "by_range");
    }

    private ResultFiles.Written write() throws IOException {
        RunResult result = result();
        return ResultFiles.write(result, drive, Scores.of(result, drive, drive.truth()), out);
    }

    private RunResult result() {
        TreeMap<String, double[]> stages = new TreeMap<>();
        stages.put("detect", new double[] {3, 2, Double.NaN});
        double nan = Double.NaN;
        Performance cost = new Performance(new double[] {100, 20}, stages, 1000, 20, 25, nan, nan);
        Accounting fates = new Accounting(15, 5, 4, 3, 2, 1);
        return new RunResult(drive.id(), drive.size(), poses, detections, tracks, fates, cost);
    }

    private void pose(String sensor, long seq, double x) {
        poses.add(row(sensor, seq, x, AHEAD, seq == 0));
    }

    private static PoseRow row(String sensor, long seq, double x, double[] twist, boolean anew) {
        RigidTransform pose = RigidTransform.translation(x, 0, 0);
        long stamp = 50_000_000 + 100_000_000 * seq;
        RigidTransform mounting = RigidTransform.IDENTITY;
        return new PoseRow(sensor, seq, stamp, pose, twist, anew, false, false, mounting);
    }

    private static Detection detection(double x, double score, long offsetNanos) {
        OrientedBox box = new OrientedBox(x, 1, 0, 4, 2, 1.5, 0.25);
        return new Detection(box, ObjectClass.CAR, score, false, 40, offsetNanos);
    }

    private static TrackRow tracks(String sensor, long seq, Track... tracks) {
        return new TrackRow("car", sensor, seq, 50_000_000 + 100_000_000 * seq, List.of(tracks));
    }

    private static Track track(long id, double x, double y) {
        OrientedBox box = new OrientedBox(x, y, 0, 4, 2, 1.5, 0);
        return new Track(id, ObjectClass.CAR, box, 2, 0.5, 0.8, true, 5, 0, Motion.MOVING);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(out.resolve(file));
    }

    private double number(String file, int line, int column) throws IOException {
        return Double.parseDouble(lines(file).get(line).split(",")[column]);
    }
}
