package io.azimuth.connectors.format;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlyTest {
    private final ReadReport report = new ReadReport();

    private PointCloud read(byte[] bytes) {
        CloudBytes content = new CloudBytes();
        content.set("test.ply", bytes);
        PointCloud out = new PointCloud();
        CloudFormats.installed().of(content).read(content, out, report);
        return out;
    }

    private PointCloud read(String text) {
        return read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void everyEncodingGivesBackEqualBits() {
        forAll(
                60,
                rnd -> {
                    PointCloud cloud =
                            Clouds.random(
                                    rnd, rnd.nextInt(0, 300), rnd.nextBoolean(), rnd.nextBoolean());
                    for (PlyEncoding encoding : PlyEncoding.values()) {
                        PointCloud back = read(PlyWriter.toBytes(cloud, encoding));
                        assertThat(Clouds.bits(back)).isEqualTo(Clouds.bits(cloud));
                    }
                });
    }

    @Test
    void typesByEitherNameAndLinesWithCarriageReturnsAreRead() {
        PointCloud c =
                read(
                        """
                        ply
                        format ascii 1.0
                        comment x is not here
                        obj_info scanner
                        element camera 2
                        property double f
                        element vertex 2
                        property uint8 reflectivity
                        property float64 y
                        property float x
                        property list uchar int skip
                        property double z
                        end_header
                        """
                                        .replace("property list uchar int skip\n", "")
                                        .replace("\n", "\r\n")
                                + "1\r\n2\r\n255 2 1 3\r\n51 nan 1 3\r\n");

        assertThat(c.size()).isEqualTo(1);
        assertThat(c.x()[0]).isEqualTo(1f);
        assertThat(c.y()[0]).isEqualTo(2f);
        assertThat(c.z()[0]).isEqualTo(3f);
        assertThat(c.intensity()[0]).isEqualTo(1f);
        assertThat(report.nonFinite()).isEqualTo(1);
        assertThat(report.format()).isEqualTo("ply ascii");
    }

    @Test
    void aVertexWithListsIsRefusedWithTheReason() {
        String head =
                "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nproperty list uchar int n\nend_header\n1 2 3 0\n";

        assertThatThrownBy(() -> read(head))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("without lists");
    }

    @Test
    void headersThatAreNotPlyAreRefusedNamingTheLine() {
        String good =
                "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\nend_header\n1 2 3\n";
        assertThat(read(good).size()).isEqualTo(1);
        String[][] faults = {
            {"format ascii 1.0\n", "", "no 'format' line"},
            {"ascii", "text", "accepted are ascii, binary_little_endian"},
            {"float y", "half y", "type 'half'"},
            {"property float z\n", "", "has no 'z'"},
            {"vertex 1", "vertex -1", "element NAME COUNT"},
            {"vertex 1", "vertex 9000000", "at most 8000000"},
            {"vertex", "vertices", "no element 'vertex'"},
            {"end_header", "end", "no line of a PLY header"}
        };
        for (String[] f : faults) {
            assertThatThrownBy(() -> read(good.replace(f[0], f[1])))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageStartingWith("test.ply: byte ")
                    .hasMessageContaining(f[2]);
        }
    }

    @Test
    void aCutFileIsRefusedAtEveryLength() {
        PointCloud cloud = Clouds.random(new Random(1), 20, true, true);
        for (PlyEncoding encoding : PlyEncoding.values()) {
            byte[] whole = PlyWriter.toBytes(cloud, encoding);
            // An ASCII row may lose its line end, and digits of its last number, unnoticed.
            int last = encoding == PlyEncoding.ASCII ? whole.length - 10 : whole.length;
            for (int length = 0; length < last; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedDataException.class);
            }
        }
    }
}
