package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Recorded sweeps for tests of this module, which stands below the one that reads formats. */
final class RecordedDrive {
    private static final long PERIOD_NANOS = 103_600_000L;

    private RecordedDrive() {}

    static List<Path> sweeps(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("velodyne"))) {
            return files.filter(p -> p.toString().endsWith(".bin")).sorted().toList();
        }
    }

    /** KITTI's sensor turns clockwise: t = 1/2 - azimuth / 2 pi. */
    static Sweep read(Path file, PointCloud reuse) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long seq = Long.parseLong(file.getFileName().toString().replace(".bin", ""));
        reuse.clear();
        while (bytes.hasRemaining()) {
            float x = bytes.getFloat();
            float y = bytes.getFloat();
            float z = bytes.getFloat();
            double t = 0.5 - Math.atan2(y, x) / (2 * Math.PI);
            reuse.add(x, y, z, bytes.getFloat(), 0, (int) Math.round(t * PERIOD_NANOS));
        }
        reuse.declare(false, true);
        long start = seq * PERIOD_NANOS;
        return new Sweep(
                "veh",
                "veh/top",
                file.getParent().toString(),
                seq,
                start,
                start + PERIOD_NANOS,
                Sweep.Sector.WHOLE,
                RigidTransform.IDENTITY,
                null,
                reuse);
    }
}
