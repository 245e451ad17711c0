package io.azimuth.connectors.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.testing.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureReaderTest {
    @TempDir private Path folder;

    @Test
    void recordsOfCapturesThatAreCutAnywhereAreReadUpToTheCut() {
        Property.forAll(
                60,
                rnd -> {
                    try {
                        roundTrip(rnd);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private void roundTrip(RandomGenerator rnd) throws IOException {
        ByteOrder order = rnd.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        boolean nanos = rnd.nextBoolean();
        boolean next = rnd.nextBoolean();
        List<byte[]> records = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(order);
        begin(out, next, nanos);
        for (int i = rnd.nextInt(1, 8); i > 0; i--) {
            byte[] data = new byte[rnd.nextInt(4) == 0 ? 0 : rnd.nextInt(3000)];
            rnd.nextBytes(data);
            records.add(data);
            record(out, next, data, records.size());
            ends.add(out.position());
        }
        int least = ends.get(0) - 1;
        int cut = rnd.nextInt(4) == 0 ? out.position() : rnd.nextInt(least, out.position() + 1);
        Path file = folder.resolve("a.pcap");
        Files.write(file, Arrays.copyOf(out.array(), cut));

        int whole = (int) ends.stream().filter(e -> e <= cut).count();
        try (CaptureReader in = Objects.requireNonNull(CaptureReader.open(file))) {
            for (int i = 0; i < whole; i++) {
                assertThat(in.next()).isTrue();
                assertThat(Arrays.copyOf(in.data, in.length)).isEqualTo(records.get(i));
                assertThat(in.stampNanos).isEqualTo(7_000_000_000L + (i + 1) * 1000L);
                assertThat(in.originalLength).isEqualTo(in.length + 5);
            }
            assertThat(in.next()).isFalse();
            boolean clean = cut == (whole == 0 ? -1 : ends.get(whole - 1));
            assertThat(in.truncation == null).isEqualTo(clean);
        }
    }

    private static void begin(ByteBuffer out, boolean next, boolean nanos) {
        if (!next) {
            out.putInt(nanos ? 0xa1b23c4d : 0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
            out.putInt(0).putInt(0).putInt(65535).putInt(1);
            out.mark();
            scale = nanos ? 1 : 1000;
            return;
        }
        out.putInt(0x0a0d0d0a).putInt(28).putInt(0x1a2b3c4d).putInt(1).putLong(-1).putInt(28);
        out.putInt(1).putInt(32).putShort((short) 1).putShort((short) 0).putInt(0);
        out.putShort((short) 9).putShort((short) 1).put((byte) (nanos ? 9 : 6)).put(new byte[3]);
        out.putInt(0).putInt(32);
        scale = nanos ? 1 : 1000;
    }

    private static int scale;

    private static void record(ByteBuffer out, boolean next, byte[] data, int number) {
        int micros = number * 1000 / scale;
        if (!next) {
            out.putInt(7).putInt(micros).putInt(data.length).putInt(data.length + 5).put(data);
            return;
        }
        int padded = (data.length + 3) / 4 * 4;
        long ticks = 7L * (1_000_000_000L / scale) + micros;
        out.putInt(0xbad).putInt(16).putInt(1).putInt(16); // nobody's block
        out.putInt(6).putInt(32 + padded).putInt(0).putInt((int) (ticks >> 32)).putInt((int) ticks);
        out.putInt(data.length).putInt(data.length + 5).put(data);
        out.put(new byte[padded - data.length]).putInt(32 + padded);
    }

    @Test
    void lengthsThatCannotBeAreRefusedWithTheirPlace() throws IOException {
        byte[] bytes = GoldenCapture.bytes("legacy.pcap");
        bytes[24 + 11] = 0x7f; // the first record's length
        Path file = Files.write(folder.resolve("b.pcap"), bytes);
        try (CaptureReader in = Objects.requireNonNull(CaptureReader.open(file))) {
            assertThatThrownBy(in::next)
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("b.pcap: byte 24")
                    .hasMessageContaining("262144");
        }
    }

    @Test
    void otherFilesAreNoCaptures() throws IOException {
        Path file = Files.write(folder.resolve("c.pcap"), new byte[100]);
        assertThat(CaptureReader.open(file)).isNull();
        assertThat(PacketCapture.isCapture(file)).isFalse();
    }
}
