package io.azimuth.connectors.format;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NpyTest {
    private final ReadReport report = new ReadReport();

    private PointCloud read(byte[] bytes) {
        CloudBytes content = new CloudBytes();
        content.set("test.npy", bytes);
        PointCloud out = new PointCloud();
        CloudFormats.installed().of(content).read(content, out, report);
        return out;
    }

    private static byte[] file(int version, String dictionary, byte[] data) {
        int lengthBytes = version == 1 ? 2 : 4;
        ByteBuffer out =
                ByteBuffer.allocate(8 + lengthBytes + dictionary.length() + data.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        out.put((byte) version).put((byte) 0);
        if (version == 1) {
            out.putShort((short) dictionary.length());
        } else {
            out.putInt(dictionary.length());
        }
        return out.put(dictionary.getBytes(StandardCharsets.ISO_8859_1)).put(data).array();
    }

    @Test
    void whatIsWrittenIsReadBackWithEqualBits() {
        forAll(
                100,
                rnd -> {
                    PointCloud cloud =
                            Clouds.random(
                                    rnd, rnd.nextInt(0, 300), rnd.nextBoolean(), rnd.nextBoolean());

                    PointCloud back = read(NpyWriter.toBytes(cloud));

                    assertThat(Clouds.bits(back)).isEqualTo(Clouds.bits(cloud));
                });
    }

    @Test
    void theDataStartAtAMultipleOf64() {
        byte[] bytes = NpyWriter.toBytes(Clouds.random(new Random(3), 7, true, true));

        assertThat((bytes.length - 7 * 22) % 64).isZero();
        assertThat(bytes[bytes.length - 7 * 22 - 1]).isEqualTo((byte) '\n');
    }

    @Test
    void versionsPaddingAndSubArraysAreRead() {
        String dictionary =
                "{\"descr\": [('t','<u4'),('','|V3'),('normal','<f4',(3,)),('x','<f8'),('y','<f4'),('z','<i2'),('ring','|u1')], 'shape': (1,), 'fortran_order': False}";
        ByteBuffer row = ByteBuffer.allocate(4 + 3 + 12 + 8 + 4 + 2 + 1);
        row.order(ByteOrder.LITTLE_ENDIAN).putInt(77).put(new byte[15]);
        row.putDouble(1.5).putFloat(2.5f).putShort((short) -3).put((byte) 200);
        for (int version = 1; version <= 3; version++) {
            PointCloud c = read(file(version, dictionary, row.array()));

            assertThat(c.x()[0]).isEqualTo(1.5f);
            assertThat(c.y()[0]).isEqualTo(2.5f);
            assertThat(c.z()[0]).isEqualTo(-3f);
            assertThat(c.ringOf(0)).isEqualTo(200);
            assertThat(c.timeOffsetNanos()[0]).isEqualTo(77);
        }
    }

    @Test
    void headersThatCannotBeCloudsAreRefusedWithTheReason() {
        String[][] faults = {
            {"{'descr': '|O', 'fortran_order': False, 'shape': (1, 3), }", "objects are refused"},
            {"{'descr': '<f2', 'fortran_order': False, 'shape': (1, 3), }", "type '<f2'"},
            {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", "rows of 2 numbers"},
            {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 7), }", "rows of 7 numbers"},
            {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "1 dimensions"},
            {"{'descr': '<f4', 'fortran_order': False, 'shape': (9000000, 3), }", "9000000 rows"},
            {"{'descr': '<f4', 'fortran_order': False, 'shape': (9, 3), }", "12 bytes of data"},
            {"{'descr': '<f4', 'shape': (1, 3), }", "fortran_order"},
            {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, -3), }", "not a value"},
            {
                "{'descr': [('x','<f4'),('y','>f4'),('z','<f4')], 'fortran_order': False, 'shape': (1,), }",
                "both byte orders"
            },
            {
                "{'descr': [('x','<f4'),('y','<f4')], 'fortran_order': False, 'shape': (1,), }",
                "no 'z'"
            },
            {"{'descr': ((((((((((1,),),),),),),),),),), }", "nested deeper"},
            {"{'descr': '<f4'", "ends too early"}
        };
        for (String[] f : faults) {
            assertThatThrownBy(() -> read(file(1, f[0], new byte[12])))
                    .as(f[0])
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageStartingWith("test.npy: byte ")
                    .hasMessageContaining(f[1]);
        }
    }

    @Test
    void aCutFileIsRefusedAtEveryLength() {
        byte[] whole = NpyWriter.toBytes(Clouds.random(new Random(1), 20, true, true));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedDataException.class);
        }
    }
}
