package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.FileDrive.PointTime;
import io.azimuth.connectors.drive.FileDrive.SweepFile;
import io.azimuth.connectors.drive.NuScenesTables.LidarFrame;
import io.azimuth.connectors.drive.NuScenesTables.Scene;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * nuScenes: tables in {@code v1.0-*}, clouds in {@code samples} and {@code sweeps}. A drive is one
 * scene with all its LiDAR sweeps (20 Hz); boxes are known for its key frames (2 Hz). The clouds
 * are motion compensated to their stamp, which therefore is mid-sweep here.
 */
final class NuScenesLayout implements DriveLayout {
    private final CloudFormats formats;

    NuScenesLayout(CloudFormats formats) {
        this.formats = formats;
    }

    @Override
    public String lookedFor() {
        return "nuScenes: v1.0-*/scene.json with samples/LIDAR_TOP";
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        Path tables = tables(path);
        Path root = tables == null ? null : tables.getParent();
        if (tables == null || root == null) {
            return null;
        }
        NuScenesTables reader = new NuScenesTables(tables);
        Scene scene = scene(tables, reader.scenes(), options.scene());
        List<LidarFrame> frames = reader.frames(scene);
        if (frames.isEmpty()) {
            throw MalformedDataException.at(
                    tables.resolve("sample_data.json").toString(),
                    0,
                    "no LIDAR_TOP sweep of scene %s".formatted(scene.name()));
        }
        DriveSensor sensor =
                new DriveSensor(
                        DriveNames.id(Path.of(scene.name())),
                        DriveNames.id(Path.of(scene.name())) + "/LIDAR_TOP",
                        frames.get(0).egoFromSensor());
        long period = period(frames);
        DriveInfo info =
                new DriveInfo(
                        "nuscenes",
                        "tables in %s, scene %s".formatted(tables, scene.name()),
                        false,
                        "nuScenes clouds are motion compensated to their stamp",
                        List.of(sensor),
                        period / 1e9,
                        frames.size());
        return new FileDrive(
                sensor.vehicleId(),
                info,
                sweeps(root, tables, frames, period),
                PointTime.NONE,
                () -> truth(reader, sensor, frames),
                formats);
    }

    private static @Nullable Path tables(Path path) throws IOException {
        if (Files.isRegularFile(path.resolve("scene.json"))
                && Files.isRegularFile(path.resolve("sample_data.json"))) {
            return path;
        }
        if (!Files.isDirectory(path)) {
            return null;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(p -> String.valueOf(p.getFileName()).startsWith("v1.0-"))
                    .filter(p -> Files.isRegularFile(p.resolve("scene.json")))
                    .sorted()
                    .findFirst()
                    .orElse(null);
        }
    }

    private static Scene scene(Path tables, List<Scene> scenes, @Nullable String wanted) {
        List<Scene> fitting =
                scenes.stream().filter(s -> wanted == null || s.name().equals(wanted)).toList();
        if (fitting.size() != 1) {
            throw MalformedDataException.at(
                    tables.resolve("scene.json").toString(),
                    0,
                    "%d scenes%s; name one with --scene: %s"
                            .formatted(
                                    fitting.size(),
                                    wanted == null ? "" : " are called '" + wanted + "'",
                                    scenes.stream().limit(20).map(Scene::name).toList()
                                            + (scenes.size() > 20 ? " and more" : "")));
        }
        return fitting.get(0);
    }

    private static long period(List<LidarFrame> frames) {
        long[] seqs = new long[frames.size()];
        long[] stamps = new long[frames.size()];
        for (int i = 0; i < seqs.length; i++) {
            seqs[i] = i;
            stamps[i] = frames.get(i).stampNanos();
        }
        return seqs.length < 2 ? 50_000_000L : Stamps.medianPeriod(seqs, stamps);
    }

    private static List<SweepFile> sweeps(
            Path root, Path tables, List<LidarFrame> frames, long period) {
        List<SweepFile> out = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            LidarFrame f = frames.get(i);
            Path file = root.resolve(f.file()).normalize();
            if (!file.startsWith(root)) {
                throw MalformedDataException.at(
                        tables.resolve("sample_data.json").toString(),
                        0,
                        "file name '%s' leads out of the folder".formatted(f.file()));
            }
            if (i > 0 && f.stampNanos() <= frames.get(i - 1).stampNanos()) {
                throw MalformedDataException.at(
                        tables.resolve("sample_data.json").toString(),
                        0,
                        "two sweeps have the stamp %d".formatted(f.stampNanos()));
            }
            long start = f.stampNanos() - period / 2;
            out.add(new SweepFile(file, new SweepKey(0, i, start, start + period)));
        }
        return out;
    }

    private static DriveTruth truth(
            NuScenesTables reader, DriveSensor sensor, List<LidarFrame> frames) throws IOException {
        RigidTransform firstFromWorld = frames.get(0).worldFromSensor().inverse();
        TreeMap<Long, RigidTransform> poses = new TreeMap<>();
        TreeSet<Long> keyFrames = new TreeSet<>();
        for (int i = 0; i < frames.size(); i++) {
            poses.put((long) i, firstFromWorld.times(frames.get(i).worldFromSensor()));
            if (frames.get(i).keyFrame()) {
                keyFrames.add((long) i);
            }
        }
        SensorTruth truth = new SensorTruth(poses, reader.boxes(frames), keyFrames, false);
        return new DriveTruth(Map.of(sensor.sensorId(), truth));
    }
}
