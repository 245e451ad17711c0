package io.azimuth.connectors.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.DriveSensor;
import io.azimuth.connectors.drive.DriveTruth;
import io.azimuth.connectors.drive.SweepKey;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The labelled objects of a recorded drive as crops, in one shard. */
final class DriveCrops implements DatasetFolder.Maker {
    private static final int FEWEST_POINTS = 5;
    private static final int VERSION = 1;

    private final Drive drive;
    private final DriveTruth truth;
    private final CropCutter cutter = new CropCutter();
    private final TreeMap<String, Long> groups = new TreeMap<>();
    private final int count;

    private DriveCrops(Drive drive) throws IOException {
        this.drive = drive;
        truth = drive.truth();
        count = Math.toIntExact(draw((crop, n) -> {}));
        if (count == 0) {
            throw new IllegalArgumentException(
                    "drive %s has no labelled box with %d points or more, expected some to cut"
                            .formatted(drive.id(), FEWEST_POINTS));
        }
    }

    private interface Sink {
        void add(CropDraft crop, int index) throws IOException;
    }

    static DatasetReport write(Path out, Drive drive, String program, Consumer<String> progress)
            throws IOException, InterruptedException {
        DriveCrops crops = new DriveCrops(drive);
        ObjectNode identity = new ObjectMapper().createObjectNode();
        identity.put("kind", "drive-crops");
        identity.put("generator", "drive-" + VERSION);
        identity.put("drive", drive.id());
        identity.put("format", drive.info().format());
        identity.put("crops", crops.count);
        identity.put("labelsSha256", crops.labels());
        DatasetFolder folder = new DatasetFolder(out, crops.count, crops.count);
        folder.open(identity);
        int[] made = new int[1];
        List<ObjectNode> sidecars = folder.make(crops, 1, progress, made);
        CropMerge.write(out, folder.shards());
        List<Histogram> counts =
                folder.finish(sidecars, crops, CropSet.manifest(identity, crops.count, program));
        return new DatasetReport(crops.count, made[0], sidecars.size() - made[0], counts);
    }

    /** Digest of all labels: crops of labels that were corrected since are made anew. */
    private String labels() {
        MessageDigest digest = ShardFolder.digest();
        for (DriveSensor sensor : drive.info().sensors()) {
            digest.update((sensor.sensorId() + "\n").getBytes(StandardCharsets.UTF_8));
            for (LabelledBox b : truth.of(sensor.sensorId()).boxes()) {
                digest.update((b + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public ObjectNode make(int shard, Path out, List<Histogram> counts) throws IOException {
        try (CropFiles files = new CropFiles(out, false)) {
            draw(
                    (crop, n) -> {
                        files.add(n, crop);
                        CropSet.count(crop, counts);
                    });
            return new ObjectMapper().createObjectNode().put("points", files.points());
        }
    }

    private int draw(Sink sink) throws IOException {
        PointCloud cloud = new PointCloud();
        groups.clear();
        int n = 0;
        for (int i = 0; i < drive.size(); i++) {
            SweepKey key = drive.key(i);
            DriveSensor sensor = drive.info().sensors().get(key.sensor());
            List<LabelledBox> boxes = truth.of(sensor.sensorId()).boxes();
            List<LabelledBox> own =
                    boxes.stream()
                            .filter(b -> b.sweep() == key.seq())
                            .filter(b -> CropClass.of(b.objectClass()) != null)
                            .toList();
            if (own.isEmpty()) {
                continue;
            }
            Sweep sweep = drive.read(i, cloud);
            for (LabelledBox b : own) {
                cutter.take(sweep.points(), b.box());
                CropClass c = CropClass.of(b.objectClass());
                if (cutter.count() >= FEWEST_POINTS && c != null) {
                    sink.add(draft(b, c, key, n, sweep.points()), n++);
                }
            }
        }
        return n;
    }

    private CropDraft draft(LabelledBox b, CropClass c, SweepKey key, int n, PointCloud cloud) {
        int[] points = cutter.indices();
        float[] x = new float[points.length];
        float[] y = new float[points.length];
        float[] z = new float[points.length];
        int[] rings = new int[512];
        int beams = 0;
        for (int i = 0; i < cloud.size() && cloud.hasRing(); i++) {
            int ring = Math.min(cloud.ringOf(i), rings.length - 1);
            beams += rings[ring]++ == 0 ? 1 : 0;
        }
        for (int k = 0; k < points.length; k++) {
            x[k] = cloud.x()[points[k]];
            y[k] = cloud.y()[points[k]];
            z[k] = cloud.z()[points[k]];
        }
        String track = b.track().isEmpty() ? key.seq() + "-" + n : b.track();
        long group = groups.computeIfAbsent(track, t -> (long) groups.size());
        double yaw = b.box().yawRad();
        return new CropDraft(x, y, z, c, yaw, group, beams, "real", track, key.seq(), "truth", 1);
    }

    @Override
    public List<Histogram> histograms() {
        return CropSet.newHistograms();
    }
}
