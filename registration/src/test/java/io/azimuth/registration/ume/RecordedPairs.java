package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Recorded pairs of scans with their reference, as the data folder holds them. */
final class RecordedPairs {
    record Pair(String name, Path target, Path source, RigidTransform targetFromSource) {}

    static List<Pair> drive(Path data, String drive, String table) throws IOException {
        List<Pair> out = new ArrayList<>();
        List<String> lines = Files.readAllLines(data.resolve("pairs").resolve(table));
        Path sweeps = data.resolve("drives").resolve(drive).resolve("velodyne");
        for (String line : lines.subList(1, lines.size())) {
            String[] f = line.split(",");
            double[] rows = new double[12];
            for (int i = 0; i < 12; i++) {
                rows[i] = Double.parseDouble(f[4 + i]);
            }
            out.add(
                    new Pair(
                            f[0] + "-" + f[1],
                            sweeps.resolve("%010d.bin".formatted(Integer.parseInt(f[0]))),
                            sweeps.resolve("%010d.bin".formatted(Integer.parseInt(f[1]))),
                            RigidTransform.ofRows(rows)));
        }
        return out;
    }

    static Pair folder(Path data, String name) throws IOException {
        Path folder = data.resolve("pairs").resolve(name);
        String[] words =
                Files.readString(folder.resolve("T_target_source.txt")).strip().split("\\s+");
        double[] rows = new double[16];
        for (int i = 0; i < 16; i++) {
            rows[i] = Double.parseDouble(words[i]);
        }
        return new Pair(
                name,
                folder.resolve("target.bin"),
                folder.resolve("source.bin"),
                RigidTransform.ofRows(rows));
    }

    static PointCloud read(Path file) throws IOException {
        ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        PointCloud cloud = new PointCloud(b.remaining() / 16);
        while (b.remaining() >= 16) {
            cloud.add(b.getFloat(), b.getFloat(), b.getFloat(), b.getFloat());
        }
        return cloud;
    }

    static PointCloud turned(PointCloud in, RigidTransform turn) {
        PointCloud out = new PointCloud(in.size());
        for (int i = 0; i < in.size(); i++) {
            out.add(
                    (float) turn.mapX(in.x()[i], in.y()[i], in.z()[i]),
                    (float) turn.mapY(in.x()[i], in.y()[i], in.z()[i]),
                    (float) turn.mapZ(in.x()[i], in.y()[i], in.z()[i]),
                    in.intensity()[i]);
        }
        return out;
    }

    private RecordedPairs() {}
}
