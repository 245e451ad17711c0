package io.azimuth.connectors.format;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinTest {
    @TempDir Path folder;
    private final CloudBytes bytes = new CloudBytes();
    private final ReadReport report = new ReadReport();

    private PointCloud read(Path file) throws IOException {
        bytes.load(file);
        PointCloud out = new PointCloud();
        CloudFormats.installed().of(bytes).read(bytes, out, report);
        return out;
    }

    private PointCloud read(String name, float... values) {
        ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float v : values) {
            b.putFloat(v);
        }
        bytes.set(name, b.array());
        PointCloud out = new PointCloud();
        CloudFormats.installed().of(bytes).read(bytes, out, report);
        return out;
    }

    @Test
    void kittiGivesBackEqualBits() {
        forAll(
                20,
                rnd -> {
                    try {
                        PointCloud cloud = Clouds.random(rnd, rnd.nextInt(1, 900), false, false);
                        Path file = folder.resolve("a.bin");
                        CloudOutput.BIN.write(file, cloud);
                        assertThat(Clouds.bits(read(file))).isEqualTo(Clouds.bits(cloud));
                        assertThat(report.format()).isEqualTo("kitti-bin");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void nuScenesIsToldByNameOrRowsAndTurnsIntoOurAxes() throws IOException {
        PointCloud cloud = Clouds.random(new Random(5), 300, true, false);
        for (int i = 0; i < cloud.size(); i++) {
            cloud.ring()[i] = (short) (i % 32);
            cloud.intensity()[i] = (i % 256) / 255f;
        }
        for (String name : new String[] {"a.pcd.bin", "b.bin"}) {
            Path file = folder.resolve(name);
            CloudOutput.NUSCENES.write(file, cloud);
            assertThat(Clouds.bits(read(file))).isEqualTo(Clouds.bits(cloud));
            assertThat(report.format()).isEqualTo("nuscenes-bin");
        }
        PointCloud one = read("c.pcd.bin", -2, 7, 1, 51, 3);
        assertThat(one.x()[0]).isEqualTo(7f); // ahead: y of nuScenes
        assertThat(one.y()[0]).isEqualTo(2f); // left: -x of nuScenes
        assertThat(one.intensity()[0]).isEqualTo(0.2f);
    }

    @Test
    void intensityAboveOneIsScaledAndSaid() {
        assertThat(read("a.bin", 1, 2, 3, 51, 1, 2, 3, 255).intensity()[0]).isEqualTo(0.2f);
        assertThat(report.intensityRule()).contains("255");
        assertThat(read("a.bin", 1, 2, 3, 65535, 1, 2, 3, -4).intensity()[1]).isZero();
        assertThat(report.intensityRule()).contains("65535");
    }

    @Test
    void valuesThatAreNotFiniteAreDroppedAndCounted() {
        float nan = Float.NaN;
        float inf = Float.POSITIVE_INFINITY;
        PointCloud c =
                read("a.bin", nan, 0, 0, 0, 0, inf, 0, 0, 0, 0, -inf, 0, 0, 0, 0, nan, 9, 8, 7, 1);
        assertThat(c.size()).isEqualTo(1);
        assertThat(c.x()[0]).isEqualTo(9f);
        assertThat(report.nonFinite()).isEqualTo(4);
        assertThat(report.pointsInFile()).isEqualTo(5);
    }

    @Test
    void aBrokenRowIsNamedWithItsOffset() throws IOException {
        Path file = folder.resolve("scan_0017.bin");
        Files.write(file, new byte[16 * 100 + 9]);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(
                        "scan_0017.bin: size 1609 is not a multiple of 16 (x,y,z,intensity float32); 9 bytes over at offset 1600");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        for (String name : new String[] {"a.bin", "a.pcd.bin", "a.pcd"}) {
            Path file = Files.write(folder.resolve(name), new byte[0]);
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining(name + ": byte 0: the file is empty");
        }
    }

    @Test
    void readingAgainAllocatesNothing() throws IOException {
        Path file = folder.resolve("a.bin");
        CloudOutput.BIN.write(file, Clouds.random(new Random(3), 20_000, false, false));
        PointCloud out = new PointCloud();
        KittiBin format = new KittiBin();
        bytes.load(file);
        format.read(bytes, out, report);
        var threads =
                (com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
            bytes.load(file);
            format.read(bytes, out, report);
        }
        // The channel, the path's text and the format's list: nothing of the cloud's 320 kB.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10 * 4096);
    }
}
