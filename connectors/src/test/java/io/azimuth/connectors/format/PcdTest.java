package io.azimuth.connectors.format;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcdTest {
    private final ReadReport report = new ReadReport();

    private PointCloud read(byte[] bytes) {
        CloudBytes content = new CloudBytes();
        content.set("test.pcd", bytes);
        PointCloud out = new PointCloud();
        CloudFormats.installed().of(content).read(content, out, report);
        return out;
    }

    private PointCloud read(String text) {
        return read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] concat(String header, byte[] data) {
        byte[] head = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(head.length + data.length).put(head).put(data).array();
    }

    @Test
    void everyEncodingGivesBackEqualBits() {
        forAll(
                60,
                rnd -> {
                    PointCloud cloud =
                            Clouds.random(
                                    rnd, rnd.nextInt(0, 400), rnd.nextBoolean(), rnd.nextBoolean());
                    for (PcdEncoding encoding : PcdEncoding.values()) {
                        PointCloud back = read(PcdWriter.toBytes(cloud, encoding));
                        assertThat(Clouds.bits(back)).isEqualTo(Clouds.bits(cloud));
                    }
                });
    }

    @Test
    void lzfGivesBackWhatItWasGiven() {
        forAll(
                200,
                rnd -> {
                    byte[] plain = new byte[rnd.nextInt(0, 20_000)];
                    int kinds = rnd.nextInt(1, 256);
                    for (int i = 0; i < plain.length; i++) {
                        plain[i] =
                                i > 300 && rnd.nextInt(4) > 0
                                        ? plain[i - 300]
                                        : (byte) rnd.nextInt(kinds);
                    }
                    byte[] packed = Lzf.compress(plain, plain.length);
                    assertThat(Lzf.plainLength(packed, 0, packed.length)).isEqualTo(plain.length);
                    byte[] back = new byte[plain.length];
                    Lzf.expand(packed, 0, packed.length, back);
                    assertThat(back).isEqualTo(plain);
                });
    }

    /** One field of a synthetic file: its declaration and how to write point i. */
    private record Column(String name, int size, char type, int count, Put put) {
        interface Put {
            void to(ByteBuffer out, int i);
        }
    }

    private static List<Column> shuffledColumns(PointCloud c, Random random) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("x", 4, 'F', 1, (b, i) -> b.putFloat(c.x()[i])));
        columns.add(new Column("y", 8, 'F', 1, (b, i) -> b.putDouble(c.y()[i])));
        columns.add(new Column("z", 4, 'F', 1, (b, i) -> b.putFloat(c.z()[i])));
        columns.add(new Column("intensity", 4, 'F', 1, (b, i) -> b.putFloat(c.intensity()[i])));
        columns.add(new Column("laser", 8, 'U', 1, (b, i) -> b.putLong(c.ringOf(i))));
        columns.add(new Column("t", 4, 'U', 1, (b, i) -> b.putInt(c.timeOffsetNanos()[i])));
        columns.add(new Column("_", 1, 'U', 3, (b, i) -> b.put(new byte[] {7, 7, 7})));
        columns.add(new Column("normal", 4, 'F', 3, (b, i) -> b.putFloat(1).putLong(-1)));
        columns.add(new Column("_", 1, 'U', 2, (b, i) -> b.putShort((short) -1)));
        Collections.shuffle(columns, random);
        return columns;
    }

    private static String header(List<Column> columns, int n, String data, String lineEnd) {
        StringBuilder fields = new StringBuilder("FIELDS");
        StringBuilder sizes = new StringBuilder("SIZE");
        StringBuilder types = new StringBuilder("TYPE");
        StringBuilder counts = new StringBuilder("COUNT");
        for (Column c : columns) {
            fields.append(' ').append(c.name());
            sizes.append(' ').append(c.size());
            types.append(' ').append(c.type());
            counts.append(' ').append(c.count());
        }
        return String.join(
                lineEnd,
                "# .PCD v0.7",
                "VERSION 0.7",
                fields,
                sizes,
                types,
                counts,
                "WIDTH " + n,
                "HEIGHT 1",
                "POINTS " + n,
                "DATA " + data,
                "");
    }

    private static byte[] data(List<Column> columns, int n, boolean arrays) {
        ByteBuffer out = ByteBuffer.allocate(100 * n).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < n * columns.size(); k++) {
            int column = arrays ? k / n : k % columns.size();
            columns.get(column).put().to(out, arrays ? k % n : k / columns.size());
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    @Test
    void permutedAndPaddedFieldsGiveTheSameCloud() {
        forAll(
                60,
                rnd -> {
                    PointCloud cloud = Clouds.random(rnd, rnd.nextInt(1, 50), true, true);
                    int n = cloud.size();
                    List<Column> columns = shuffledColumns(cloud, new Random(rnd.nextLong()));
                    String lineEnd = rnd.nextBoolean() ? "\n" : "\r\n";

                    byte[] structs =
                            concat(header(columns, n, "binary", lineEnd), data(columns, n, false));
                    byte[] plain = data(columns, n, true);
                    byte[] packed = Lzf.compress(plain, plain.length);
                    ByteBuffer sized =
                            ByteBuffer.allocate(8 + packed.length).order(ByteOrder.LITTLE_ENDIAN);
                    sized.putInt(packed.length).putInt(plain.length).put(packed);
                    byte[] arrays =
                            concat(header(columns, n, "binary_compressed", lineEnd), sized.array());

                    assertThat(Clouds.bits(read(structs))).isEqualTo(Clouds.bits(cloud));
                    assertThat(Clouds.bits(read(arrays))).isEqualTo(Clouds.bits(cloud));
                });
    }

    @Test
    void pointsThatAreNotFiniteAreDroppedAndCounted() {
        PointCloud c =
                read(
                        """
                        VERSION .7
                        FIELDS x y z reflectivity ring
                        SIZE 4 4 4 1 2
                        TYPE F F F U U
                        WIDTH 2
                        HEIGHT 2
                        VIEWPOINT 0 0 1 1 0 0 0
                        DATA ascii
                        1 2 3 255 4
                        nan nan nan 0 5
                        1.5e1 -2.25 +0.125 51 6
                        1 inf 3 0 7
                        """);

        assertThat(c.size()).isEqualTo(2);
        assertThat(c.x()[1]).isEqualTo(15f);
        assertThat(c.y()[1]).isEqualTo(-2.25f);
        assertThat(c.z()[1]).isEqualTo(0.125f);
        assertThat(c.intensity()[0]).isEqualTo(1f);
        assertThat(c.intensity()[1]).isEqualTo(0.2f);
        assertThat(c.ringOf(1)).isEqualTo(6);
        assertThat(report.nonFinite()).isEqualTo(2);
        assertThat(report.intensityRule()).contains("unsigned byte");
        assertThat(report.notes()).anyMatch(n -> n.contains("VIEWPOINT"));
    }

    @Test
    void absoluteTimesBecomeOffsetsToTheFirstPoint() {
        PointCloud c =
                read(
                        """
                        VERSION 0.7
                        FIELDS x y z timestamp
                        SIZE 4 4 4 8
                        TYPE F F F F
                        WIDTH 2
                        HEIGHT 1
                        DATA ascii
                        1 2 3 1700000000.5
                        1 2 3 1700000000.25
                        """);

        assertThat(c.hasTime()).isTrue();
        assertThat(c.timeOffsetNanos()[0]).isEqualTo(250_000_000);
        assertThat(c.timeOffsetNanos()[1]).isZero();
        assertThat(report.startNanos()).isEqualTo(1_700_000_000_250_000_000L);
    }

    @Test
    void aTimeOfUnknownUnitIsLeftOutAndSaid() {
        PointCloud c =
                read(
                        "VERSION 0.7\nFIELDS x y z time\nSIZE 4 4 4 4\nTYPE F F F U\nWIDTH 1\nHEIGHT 1\nDATA ascii\n1 2 3 9\n");

        assertThat(c.hasTime()).isFalse();
        assertThat(report.timeRule()).contains("unit").contains("'time'");
    }

    @Test
    void aCutFileIsRefusedAtEveryLength() {
        PointCloud cloud = Clouds.random(new Random(1), 20, true, true);
        for (PcdEncoding encoding : PcdEncoding.values()) {
            byte[] whole = PcdWriter.toBytes(cloud, encoding);
            // An ASCII row may lose its line end, and digits of its last number, unnoticed.
            int last = encoding == PcdEncoding.ASCII ? whole.length - 10 : whole.length;
            for (int length = 0; length < last; length++) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> read(cut))
                        .isInstanceOf(MalformedDataException.class)
                        .hasMessageStartingWith("test.pcd: byte ");
            }
        }
    }

    @Test
    void aHugeDeclaredCountTakesNoMemory() {
        for (String data : List.of("ascii", "binary", "binary_compressed")) {
            String head =
                    "VERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nWIDTH 7999999\nHEIGHT 1\nDATA "
                            + data
                            + "\n";
            long before = allocated();
            assertThatThrownBy(() -> read(head + "aaaabbbbccccdddd"))
                    .isInstanceOf(MalformedDataException.class);
            assertThat(allocated() - before).isLessThan(1 << 20);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
