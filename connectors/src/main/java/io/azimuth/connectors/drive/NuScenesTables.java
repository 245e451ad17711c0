package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.JsonRows.Row;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.DatasetFrames;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What nuScenes' tables say about the LiDAR of one scene. The tables of all scenes are large and
 * are read row by row; only this scene's rows are kept. Transforms lead from our LiDAR axes.
 * Source: nuScenes schema, v1.0.
 */
final class NuScenesTables {
    private static final String LIDAR = "LIDAR_TOP";

    /** By the first two parts of a category's name. */
    private static final Map<String, ObjectClass> CATEGORIES =
            Map.of(
                    "vehicle.car", ObjectClass.CAR,
                    "vehicle.truck", ObjectClass.TRUCK,
                    "vehicle.trailer", ObjectClass.TRUCK,
                    "vehicle.construction", ObjectClass.TRUCK,
                    "vehicle.bus", ObjectClass.BUS,
                    "vehicle.bicycle", ObjectClass.CYCLIST,
                    "vehicle.motorcycle", ObjectClass.CYCLIST,
                    "human.pedestrian", ObjectClass.PEDESTRIAN);

    /** People whom the benchmark leaves out. */
    private static final Set<String> NEUTRAL =
            Set.of(
                    "human.pedestrian.personal_mobility",
                    "human.pedestrian.stroller",
                    "human.pedestrian.wheelchair");

    /** A scene's name and token. */
    record Scene(String name, String token) {}

    /**
     * One sweep.
     *
     * @param sample token of its key frame
     * @param keyFrame whether the boxes of that sample hold for this sweep
     */
    record LidarFrame(
            String file,
            long stampNanos,
            String sample,
            boolean keyFrame,
            RigidTransform egoFromSensor,
            RigidTransform worldFromSensor) {}

    private record Data(
            String file,
            long stampNanos,
            String sample,
            boolean key,
            String calibration,
            String pose) {}

    private final Path folder;

    NuScenesTables(Path folder) {
        this.folder = folder;
    }

    private Path table(String name) {
        return folder.resolve(name + ".json");
    }

    List<Scene> scenes() throws IOException {
        List<Scene> out = new ArrayList<>();
        JsonRows.forEach(table("scene"), r -> out.add(new Scene(r.text("name"), r.text("token"))));
        return out;
    }

    /** All LiDAR sweeps of a scene in time order. */
    List<LidarFrame> frames(Scene scene) throws IOException {
        Map<String, RigidTransform> mounts = lidarMounts();
        Set<String> samples = samples(scene);
        List<Data> data = new ArrayList<>();
        Set<String> poseTokens = new HashSet<>();
        JsonRows.forEach(
                table("sample_data"),
                r -> {
                    String mount = r.text("calibrated_sensor_token");
                    String sample = r.text("sample_token");
                    if (mounts.containsKey(mount) && samples.contains(sample)) {
                        String pose = r.text("ego_pose_token");
                        poseTokens.add(pose);
                        data.add(
                                new Data(
                                        r.text("filename"),
                                        nanos(r),
                                        sample,
                                        r.truth("is_key_frame"),
                                        mount,
                                        pose));
                    }
                });
        Map<String, RigidTransform> poses = new HashMap<>();
        JsonRows.forEach(
                table("ego_pose"),
                r -> {
                    if (poseTokens.contains(r.text("token"))) {
                        poses.put(r.text("token"), transform(r));
                    }
                });
        data.sort(Comparator.comparingLong(Data::stampNanos).thenComparing(Data::file));
        List<LidarFrame> out = new ArrayList<>();
        for (Data d : data) {
            RigidTransform pose = poses.get(d.pose());
            RigidTransform mount = mounts.get(d.calibration());
            if (pose == null || mount == null) {
                throw MalformedDataException.at(
                        table("ego_pose").toString(),
                        0,
                        "no row with token '%s', which %s asks for".formatted(d.pose(), d.file()));
            }
            out.add(
                    new LidarFrame(
                            d.file(),
                            d.stampNanos(),
                            d.sample(),
                            d.key(),
                            mount,
                            pose.times(mount)));
        }
        return out;
    }

    private static long nanos(Row r) {
        long micros = r.whole("timestamp");
        if (micros < 0 || micros > 9_000_000_000_000_000L) {
            throw r.fault("timestamp", micros, "microseconds since 1970");
        }
        return 1000 * micros;
    }

    private Map<String, RigidTransform> lidarMounts() throws IOException {
        Set<String> sensors = new HashSet<>();
        JsonRows.forEach(
                table("sensor"),
                r -> {
                    if (r.text("channel").equals(LIDAR)) {
                        sensors.add(r.text("token"));
                    }
                });
        Map<String, RigidTransform> out = new HashMap<>();
        JsonRows.forEach(
                table("calibrated_sensor"),
                r -> {
                    if (sensors.contains(r.text("sensor_token"))) {
                        out.put(
                                r.text("token"),
                                transform(r).times(DatasetFrames.NUSCENES_FROM_AZIMUTH));
                    }
                });
        return out;
    }

    private Set<String> samples(Scene scene) throws IOException {
        Set<String> out = new HashSet<>();
        JsonRows.forEach(
                table("sample"),
                r -> {
                    if (r.text("scene_token").equals(scene.token())) {
                        out.add(r.text("token"));
                    }
                });
        return out;
    }

    /** The boxes of the key frames among {@code frames}; sweep numbers are positions in it. */
    List<LabelledBox> boxes(List<LidarFrame> frames) throws IOException {
        Map<String, Integer> bySample = new HashMap<>();
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).keyFrame()) {
                bySample.put(frames.get(i).sample(), i);
            }
        }
        Map<String, ObjectClass> classes = classes();
        List<LabelledBox> out = new ArrayList<>();
        JsonRows.forEach(
                table("sample_annotation"),
                r -> {
                    Integer sweep = bySample.get(r.text("sample_token"));
                    if (sweep != null) {
                        out.add(box(r, sweep, frames.get(sweep), classes));
                    }
                });
        out.sort(Comparator.comparingLong(LabelledBox::sweep).thenComparing(LabelledBox::track));
        return out;
    }

    private static LabelledBox box(
            Row r, int sweep, LidarFrame frame, Map<String, ObjectClass> classes) {
        double[] size = r.numbers("size", 3); // width, length, height
        RigidTransform worldFromBox = transform(r);
        String instance = r.text("instance_token");
        try {
            OrientedBox inWorld =
                    new OrientedBox(
                            worldFromBox.tx(),
                            worldFromBox.ty(),
                            worldFromBox.tz(),
                            size[1],
                            size[0],
                            size[2],
                            worldFromBox.yawRad());
            return new LabelledBox(
                    sweep,
                    instance,
                    classes.getOrDefault(instance, ObjectClass.UNKNOWN),
                    frame.worldFromSensor().inverse().map(inWorld),
                    (int) Math.min(Integer.MAX_VALUE, r.whole("num_lidar_pts")));
        } catch (IllegalArgumentException e) {
            throw r.fault("size", String.valueOf(e.getMessage()), "a box");
        }
    }

    /** Class by instance token. */
    private Map<String, ObjectClass> classes() throws IOException {
        Map<String, ObjectClass> byCategory = new HashMap<>();
        JsonRows.forEach(
                table("category"),
                r -> byCategory.put(r.text("token"), objectClass(r.text("name"))));
        Map<String, ObjectClass> out = new HashMap<>();
        JsonRows.forEach(
                table("instance"),
                r ->
                        out.put(
                                r.text("token"),
                                byCategory.getOrDefault(
                                        r.text("category_token"), ObjectClass.UNKNOWN)));
        return out;
    }

    /** By the first two parts of a name, e.g. {@code vehicle.bus.rigid}. */
    static ObjectClass objectClass(String category) {
        String[] parts = category.split("\\.", -1);
        String key = parts.length < 2 ? category : parts[0] + "." + parts[1];
        return NEUTRAL.contains(category)
                ? ObjectClass.UNKNOWN
                : CATEGORIES.getOrDefault(key, ObjectClass.UNKNOWN);
    }

    /** {@code translation} and {@code rotation} (w, x, y, z). */
    private static RigidTransform transform(Row r) {
        double[] t = r.numbers("translation", 3);
        double[] q = r.numbers("rotation", 4);
        try {
            return RigidTransform.ofQuaternion(t[0], t[1], t[2], q[1], q[2], q[3], q[0]);
        } catch (IllegalArgumentException e) {
            throw r.fault(
                    "rotation", String.valueOf(e.getMessage()), "a unit quaternion w, x, y, z");
        }
    }
}
