package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Sweeps of a recorded KITTI drive with the times that its sensor's turning gives. */
final class RecordedDrive {
    private static final long PERIOD_NANOS = 103_600_000L;
    private final List<Path> files;

    RecordedDrive(Path folder) {
        try (Stream<Path> all = Files.list(folder.resolve("velodyne"))) {
            files = all.filter(p -> p.toString().endsWith(".bin")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return files.size();
    }

    Sweep sweep(int i) {
        FloatBuffer in;
        try {
            in =
                    ByteBuffer.wrap(Files.readAllBytes(files.get(i)))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PointCloud cloud = new PointCloud(in.limit() / 4);
        while (in.remaining() >= 4) {
            float x = in.get();
            float y = in.get();
            float z = in.get();
            float intensity = in.get();
            double t = 0.5 - Math.atan2(y, x) / (2 * Math.PI);
            cloud.add(x, y, z, intensity, 0, (int) (t * PERIOD_NANOS));
        }
        cloud.declare(false, true);
        long start = i * PERIOD_NANOS;
        return new Sweep(
                "v",
                "v/top",
                "d",
                i,
                start,
                start + PERIOD_NANOS,
                Sweep.Sector.WHOLE,
                RigidTransform.IDENTITY,
                null,
                cloud);
    }
}
