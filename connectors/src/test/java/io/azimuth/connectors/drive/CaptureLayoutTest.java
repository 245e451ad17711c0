package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureLayoutTest {
    private static final int FIRST_PAYLOAD = 24 + 16 + 14 + 20 + 8;

    @TempDir private Path folder;

    @Test
    void aCaptureIsADriveWhosePointsHaveTimes() throws IOException {
        Path capture = copy("single.pcap", "a.pcap");
        copy("single.json", "a.json");
        try (Drive drive = Drives.open(capture)) {
            PointCloud cloud = new PointCloud();
            assertThat(drive.id()).isEqualTo("a");
            assertThat(drive.info().deskew()).isTrue();
            assertThat(drive.info().periodSeconds()).isEqualTo(0.1);
            assertThat(drive.info().format()).isEqualTo("packet-capture");
            for (int i = 0; i < drive.size(); i++) {
                Sweep sweep = drive.read(i, cloud);
                assertThat(cloud.hasTime() && cloud.hasRing()).isTrue();
                assertThat(sweep.startNanos()).isEqualTo(drive.key(i).startNanos());
                assertThat(drive.lastReport().intensityRule()).isEqualTo("reflectivity / 255");
                if (i > 0) {
                    assertThat(drive.key(i).endNanos()).isGreaterThan(drive.key(i - 1).endNanos());
                    assertThat(drive.key(i).seq()).isGreaterThan(drive.key(i - 1).seq());
                }
            }
        }
    }

    @Test
    void aFolderWithOneCaptureAndOneDescriptionIsOpened() throws IOException {
        copy("low.pcap", "drive.pcap");
        copy("low.json", "sensor.json");
        Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
        try (Drive drive = Drives.open(folder)) {
            assertThat(drive.size()).isEqualTo(3);
        }
    }

    @Test
    void whatIsMissingIsAskedFor() throws IOException {
        Path capture = copy("legacy.pcap", "a.pcap");
        assertThatThrownBy(() -> Drives.open(capture))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("--metadata");
        Path away = folder.resolve("away.json");
        assertThatThrownBy(() -> Drives.open(capture, DriveOptions.ofSensorMetadata(away)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("away.json");
        Path other = copy("dual.json", "other.json");
        assertThatThrownBy(() -> Drives.open(capture, DriveOptions.ofSensorMetadata(other)))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("is this the metadata of this sensor?");
    }

    @Test
    void sensorsWithCalibrationsOfTheirOwnAreRefusedWithARemedy() throws IOException {
        assertThatThrownBy(() -> Drives.open(changed(1205, 0x31)))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("0x31")
                .hasMessageContaining("convert");
        assertThatThrownBy(() -> Drives.open(changed(1205, 0x23)))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("VLP-32A")
                .hasMessageContaining("--metadata");
        assertThatThrownBy(() -> Drives.open(changed(101, 0xdd)))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("HDL-64")
                .hasMessageContaining("calibration");
    }

    private Path changed(int at, int value) throws IOException {
        byte[] bytes = bytes("vlp16.pcap");
        bytes[FIRST_PAYLOAD + at] = (byte) value;
        return Files.write(folder.resolve("changed.pcap"), bytes);
    }

    private Path copy(String name, String as) throws IOException {
        return Files.write(folder.resolve(as), bytes(name));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in =
                CaptureLayoutTest.class.getResourceAsStream("/golden/packets/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
