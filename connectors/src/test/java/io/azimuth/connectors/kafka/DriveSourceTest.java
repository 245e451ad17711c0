package io.azimuth.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriveSourceTest {
    @TempDir private Path folder;

    @BeforeEach
    void record() throws IOException {
        Path clouds = Files.createDirectories(folder.resolve("d7/velodyne"));
        for (int i = 0; i < 3; i++) {
            ByteBuffer point = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            point.putFloat(1 + i).putFloat(2).putFloat(3).putFloat(0.5f);
            Files.write(clouds.resolve("%06d.bin".formatted(i)), point.array());
        }
        Files.writeString(folder.resolve("d7/timestamps.txt"), "0 0.0\n1 0.1\n2 0.2\n");
    }

    @Test
    void entriesAgreeWithTheSweepsThatAreRead() throws IOException {
        try (Drive drive = Drives.open(folder.resolve("d7"))) {
            SweepSource source = new DriveSource(drive);

            assertThat(source.size()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                PointCloud cloud = new PointCloud();
                Sweep s = source.read(i, cloud);

                assertThat(cloud.x()[0]).isEqualTo(1 + i);
                assertThat(source.entry(i))
                        .isEqualTo(
                                new SweepSource.Entry(
                                        s.vehicleId(),
                                        s.sensorId(),
                                        s.driveId(),
                                        s.seq(),
                                        s.startNanos(),
                                        s.endNanos()));
            }
        }
    }

    @Test
    void fileThatHasGoneIsAnUnreadableSweepOfANamedDrive() throws IOException {
        try (Drive drive = Drives.open(folder.resolve("d7"))) {
            SweepSource source = new DriveSource(drive);
            Files.delete(folder.resolve("d7/velodyne/000001.bin"));

            assertThatThrownBy(() -> source.read(1, new PointCloud()))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("drive " + drive.id())
                    .hasMessageContaining("sweep " + drive.key(1).seq())
                    .hasCauseInstanceOf(NoSuchFileException.class);
            assertThat(source.read(2, new PointCloud()).points().size()).isEqualTo(1);
        }
    }
}
