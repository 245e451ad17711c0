package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.CloudBytes;
import io.azimuth.connectors.format.CloudFormat;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.connectors.format.CloudOutput;
import io.azimuth.connectors.format.Clouds;
import io.azimuth.connectors.format.ReadReport;
import io.azimuth.connectors.mcap.McapFuzz;
import io.azimuth.connectors.testing.Mutator;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Feeds damaged files to every reader: {@code FuzzMain REPORT FOLDER MUTATIONS}. Ends with an error
 * if anything but {@link MalformedDataException} or {@link IOException} comes out, a message names
 * neither file nor place, a cloud breaks its promises, or a read takes 2 s. Meant for {@code
 * -Xmx128m}.
 */
final class FuzzMain {
    private static final long SEED = 20261128L;
    private static final int WHOLE_DRIVES_SHARE = 8;
    private static final long LONGEST_NANOS = 2_000_000_000L;

    /** Reads bytes as one format does. */
    private interface Reader {
        void read(byte[] bytes) throws IOException;
    }

    private record Target(byte[] seed, Reader reader) {}

    private final CloudBytes content = new CloudBytes();
    private final ReadReport report = new ReadReport();
    private PointCloud cloud = new PointCloud();

    private FuzzMain() {}

    public static void main(String[] args) throws IOException {
        int mutations = Integer.parseInt(args[2]);
        StringBuilder out = new StringBuilder();
        for (var e : new FuzzMain().targets(Path.of(args[1])).entrySet()) {
            // Whole drives come on top of their formats: files on disk, so fewer.
            int share = e.getKey().startsWith("drive") ? WHOLE_DRIVES_SHARE : 1;
            out.append(run(e.getKey(), e.getValue(), mutations / share)).append('\n');
        }
        Files.writeString(Path.of(args[0]), out);
    }

    private static String run(String name, Target target, int mutations) throws IOException {
        target.reader().read(target.seed()); // undamaged, it must be accepted
        int refused = 0;
        long longest = 0;
        for (int i = 0; i < mutations; i++) {
            RandomGenerator rnd = new SplittableRandom(SEED + 31L * i + name.hashCode());
            byte[] bytes = Mutator.mutate(target.seed(), rnd);
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            try {
                target.reader().read(bytes);
            } catch (MalformedDataException | IOException e) {
                refused++;
                if (e instanceof MalformedDataException) {
                    checkMessage(name, i, String.valueOf(e.getMessage()));
                }
            } catch (RuntimeException | Error e) {
                throw new AssertionError(name + ": mutation " + i + " gave " + e, e);
            }
            long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            longest = Math.max(longest, took);
            if (took > LONGEST_NANOS) {
                throw new AssertionError(name + ": mutation " + i + " took " + took + " ns");
            }
        }
        return "%s: %d mutations, %d refused, longest %.1f ms"
                .formatted(name, mutations, refused, longest / 1e6);
    }

    private static void checkMessage(String name, int mutation, String message) {
        boolean names = message.contains("fuzz") || message.contains("velodyne");
        boolean places = message.matches("(?s).*(byte|offset|line) \\d+.*");
        if (!names || !places) {
            throw new AssertionError(name + ": mutation " + mutation + " says only: " + message);
        }
    }

    private Map<String, Target> targets(Path folder) throws IOException {
        Map<String, Target> out = new LinkedHashMap<>();
        clouds(folder, out);
        texts(out);
        captures(folder, out);
        velodyne(folder, out);
        recordings(folder, out);
        glance(folder, out);
        drives(folder, out);
        McapFuzz.targets(folder)
                .forEach(
                        (name, seed) ->
                                out.put(
                                        name,
                                        new Target(
                                                seed,
                                                bytes -> McapFuzz.read(folder, name, bytes))));
        return out;
    }

    private void clouds(Path folder, Map<String, Target> out) throws IOException {
        PointCloud seed = Clouds.random(new Random(1), 500, true, true);
        PointCloud rings = Clouds.random(new Random(1), 500, true, false);
        for (int i = 0; i < rings.size(); i++) {
            rings.ring()[i] = (short) (i % 32);
        }
        CloudOutput.BIN.write(folder.resolve("a.bin"), seed);
        CloudOutput.NUSCENES.write(folder.resolve("a.pcd.bin"), rings);
        out.put("kitti-bin", cloud("fuzz.bin", Files.readAllBytes(folder.resolve("a.bin"))));
        out.put(
                "nuscenes-bin",
                cloud("fuzz.pcd.bin", Files.readAllBytes(folder.resolve("a.pcd.bin"))));
        for (CloudOutput output : CloudOutput.values()) {
            if (output.compareTo(CloudOutput.NUSCENES) > 0) {
                byte[] bytes = output.toBytes(seed);
                out.put(output.label(), cloud("fuzz" + output.extension(), bytes));
            }
        }
        PointCloud bare = Clouds.random(new Random(1), 500, false, false);
        out.put("npy plain", cloud("fuzz.npy", CloudOutput.NPY.toBytes(bare)));
    }

    private Target cloud(String name, byte[] seed) {
        CloudFormats formats = CloudFormats.installed();
        return new Target(
                seed,
                bytes -> {
                    content.set(name, bytes);
                    formats.of(content).read(content, cloud, report);
                    check(cloud, report);
                });
    }

    private void check(PointCloud c, ReadReport found) {
        boolean fine = c.size() <= CloudFormat.MAX_POINTS;
        for (int i = 0; i < c.size(); i++) {
            fine &=
                    Float.isFinite(c.x()[i])
                            && Float.isFinite(c.y()[i])
                            && Float.isFinite(c.z()[i]);
            fine &= c.intensity()[i] >= 0 && c.intensity()[i] <= 1;
            fine &= !c.hasTime() || c.timeOffsetNanos()[i] >= 0;
        }
        if (!fine || c.size() + found.nonFinite() != found.pointsInFile()) {
            throw new AssertionError("a cloud that was accepted breaks its promises");
        }
        cloud = c.x().length > 1 << 20 ? new PointCloud() : c;
    }

    private static void texts(Map<String, Target> out) {
        String row = "9.9e-01 -1.4e-02 1e-3 1.5 1.4e-02 9.9e-01 0 2.5 -1e-3 0 1.0 -3.5\n";
        String pose = "1 0 0 1.5 0 1 0 2.5 0 0 1 -3.5\n";
        text(out, "timestamps", "0 0.0\n1 0.1036\n2 0.2072\n", Stamps::numbered);
        text(out, "times", "0.000000e+00\n1.037359e-01\n2.074718e-01\n", Stamps::seconds);
        text(
                out,
                "date times",
                "2011-09-26 13:02:25.951199337\n2011-09-26 13:02:26.05\n\n",
                Stamps::dateTimes);
        text(
                out,
                "calib",
                "P0: " + row + "R0_rect: 1 0 0 0 1 0 0 0 1\nTr_velo_to_cam: " + pose,
                t -> Calibration.parse(t).cameraFromLidar());
        text(out, "poses", pose.repeat(4), Poses::parse);
        text(
                out,
                "boxes",
                "sweep,track,class,x,y,z,length,width,height,yaw,truncated,occluded,points\n"
                        + "0,0,Van,13.691,4.561,-0.742,4.434,1.823,2.000,0.5448,0,0,1100\n"
                                .repeat(3),
                t -> Labels.csv(t, -1));
        text(
                out,
                "kitti labels",
                "Car 0.00 0 1.85 387.63 181.54 423.81 203.12 1.67 1.87 3.69 -16.53 2.39 58.49 1.57\n"
                        .repeat(3),
                t -> Labels.kitti(t, RigidTransform.IDENTITY, 3));
        DriveManifest manifest =
                new DriveManifest(
                        "sim-1",
                        java.util.List.of(DriveNames.onlySensor("sim-1")),
                        java.util.List.of("."),
                        100_000_000L,
                        true);
        out.put(
                "manifest",
                new Target(manifest.toJson(), b -> DriveManifest.parse("fuzz.json", b)));
    }

    private interface TextReader {
        Object read(TextRows text) throws IOException;
    }

    private static void text(Map<String, Target> out, String name, String seed, TextReader reader) {
        out.put(
                name,
                new Target(
                        seed.getBytes(StandardCharsets.ISO_8859_1),
                        bytes -> reader.read(TextRows.of("fuzz.txt", bytes))));
    }

    /** Packet captures: each file kind and sensor, and the metadata. */
    private void captures(Path folder, Map<String, Target> out) throws IOException {
        Path metadata = folder.resolve("fuzz.json");
        for (String name :
                new String[] {
                    "legacy.pcap", "low.pcap", "dual.pcapng", "vlp16.pcap", "vlp16_dual.pcapng"
                }) {
            boolean ouster = !name.startsWith("vlp");
            String json = name.substring(0, name.indexOf('.')) + ".json";
            Path description = ouster ? folder.resolve("fuzz-" + json) : null;
            if (description != null) {
                Files.write(description, golden(json));
            }
            Path capture = folder.resolve("fuzz-" + name);
            out.put(
                    "capture " + name,
                    new Target(
                            golden(name),
                            bytes -> {
                                Files.write(capture, bytes);
                                readCapture(capture, description);
                            }));
        }
        Path whole = Files.write(folder.resolve("fuzz-whole.pcap"), golden("low.pcap"));
        out.put(
                "sensor metadata",
                new Target(
                        golden("low.json"),
                        bytes -> {
                            Files.write(metadata, bytes);
                            readCapture(whole, metadata);
                        }));
    }

    /** Velodyne's models of more than one block a firing, and the calibration of one. */
    private void velodyne(Path folder, Map<String, Target> out) throws IOException {
        Path calibration =
                Files.write(folder.resolve("fuzz-64.yaml"), resource("velodyne/hdl64.yaml"));
        for (String name : new String[] {"vls128_strongest", "vls128_dual", "hdl64_s3_dual"}) {
            Path capture = folder.resolve("fuzz-" + name + ".pcap");
            Path given = name.startsWith("hdl") ? calibration : null;
            out.put(
                    "capture " + name,
                    new Target(
                            resource("velodyne/" + name + ".pcap"),
                            bytes -> {
                                Files.write(capture, bytes);
                                readCapture(capture, given);
                            }));
        }
        Path whole =
                Files.write(folder.resolve("fuzz-hdl.pcap"), resource("velodyne/hdl64_s2.pcap"));
        Path file = folder.resolve("fuzz-unit.yaml");
        for (String kind : new String[] {"yaml", "xml"}) {
            byte[] seed =
                    kind.equals("yaml")
                            ? resource("velodyne/hdl64.yaml")
                            : FuzzSeeds.calibrationXml();
            out.put(
                    "calibration " + kind,
                    new Target(
                            seed,
                            bytes -> {
                                Files.write(file, bytes);
                                readCapture(whole, file);
                            }));
        }
    }

    private static byte[] golden(String name) throws IOException {
        return resource("packets/" + name);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = FuzzMain.class.getResourceAsStream("/golden/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private void readCapture(Path capture, @Nullable Path metadata) throws IOException {
        try (Drive drive = Drives.open(capture, DriveOptions.ofSensorMetadata(metadata))) {
            for (int i = 0; i < drive.size(); i++) {
                Sweep sweep = drive.read(i, cloud);
                for (int k = 0; k < cloud.size(); k++) {
                    int t = cloud.timeOffsetNanos()[k];
                    boolean fine = t >= 0 && t <= sweep.durationNanos();
                    fine &= Float.isFinite(cloud.x()[k] + cloud.y()[k] + cloud.z()[k]);
                    if (!fine) {
                        throw new AssertionError("a capture that was accepted breaks its promises");
                    }
                }
            }
        }
    }

    /** Recordings of ROS, all of whose sweeps are read. */
    private void recordings(Path folder, Map<String, Target> out) throws IOException {
        for (String name :
                new String[] {"one.bag", "layouts_bz2.bag", "layouts_lz4.bag", "one.mcap"}) {
            byte[] seed = Files.readAllBytes(GoldenRosTest.file(name));
            Path file = folder.resolve("fuzz" + name.substring(name.indexOf('.')));
            DriveOptions topic = DriveOptions.ofTopic("/velodyne");
            out.put(
                    name,
                    new Target(
                            seed,
                            bytes -> {
                                Files.write(file, bytes);
                                recording(file, topic);
                            }));
        }
    }

    /** An indexed MCAP of so many small sweeps that a glance at it reads a few of them only. */
    private void glance(Path folder, Map<String, Target> out) throws IOException {
        Path file = folder.resolve("fuzz-glance.mcap");
        byte[] seed = FuzzSeeds.manySweeps(file);
        DriveOptions look = DriveOptions.ofTopic("/velodyne").atAGlance();
        out.put(
                "mcap at a glance",
                new Target(
                        seed,
                        bytes -> {
                            Files.write(file, bytes);
                            recording(file, look);
                        }));
    }

    private void recording(Path file, DriveOptions topic) throws IOException {
        try (Drive drive = Drives.open(file, topic)) {
            for (int i = 0; i < drive.size(); i++) {
                drive.read(i, cloud);
                check(cloud, drive.lastReport());
            }
        } catch (IllegalArgumentException e) {
            if (!String.valueOf(e.getMessage()).contains(": topic is '/velodyne'")) {
                throw e;
            }
            throw new IOException("the damage hit the topic's name", e);
        }
    }

    /** A recorded drive on disk of which one file after the other is damaged. */
    private void drives(Path folder, Map<String, Target> out) throws IOException {
        Path root = folder.resolve("fuzz");
        Files.createDirectories(root.resolve("velodyne"));
        PointCloud seed = Clouds.random(new Random(2), 50, false, false);
        CloudOutput.BIN.write(root.resolve("velodyne/0.bin"), seed);
        CloudOutput.BIN.write(root.resolve("velodyne/1.bin"), seed);
        Files.writeString(root.resolve("timestamps.txt"), "0 0.0\n1 0.1\n");
        Files.writeString(
                root.resolve("poses_reference.txt"), "1 0 0 1 0 1 0 2 0 0 1 3\n".repeat(2));
        Files.writeString(
                root.resolve("boxes.csv"),
                "sweep,track,class,x,y,z,length,width,height,yaw\n1,7,Car,1,2,3,4,2,1,0.5\n");
        for (String name :
                new String[] {
                    "velodyne/1.bin", "timestamps.txt", "poses_reference.txt", "boxes.csv"
                }) {
            Path file = root.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            out.put(
                    "drive with damaged " + name,
                    new Target(
                            whole,
                            bytes -> {
                                Files.write(file, bytes);
                                try {
                                    readAll(root);
                                } finally {
                                    Files.write(file, whole);
                                }
                            }));
        }
    }

    private void readAll(Path root) throws IOException {
        try (Drive drive = Drives.open(root)) {
            for (int i = 0; i < drive.size(); i++) {
                drive.read(i, cloud);
                if (!cloud.hasTime()) {
                    throw new AssertionError("a sweep of a drive with deskew has no times");
                }
            }
            drive.truth();
        }
    }
}
