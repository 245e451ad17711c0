package io.azimuth.connectors.bytes;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG.Bits;
import org.junit.jupiter.api.Test;

/** Frames of lz4-java, whole and damaged; linked blocks are among the golden recordings. */
class Lz4FrameTest {
    private static final Bits[] CHECKED = {
        Bits.BLOCK_INDEPENDENCE, Bits.CONTENT_CHECKSUM, Bits.BLOCK_CHECKSUM
    };
    private static final int FLAGS_AT = 4;
    private static final int HEADER_CHECKSUM_AT = 6;
    private static final int FIRST_BLOCK_AT = 11;

    @Test
    void framesOfAnyContentAreUnpackedIntoALargerArray() {
        forAll(
                50,
                random -> {
                    byte[] plain = content(random, random.nextInt(0, 200_000));
                    byte[] packed = frame(plain, CHECKED);
                    byte[] out = new byte[plain.length + 7];

                    Lz4Frame.unpack("f", 0, packed, packed.length, out, plain.length);

                    assertThat(Arrays.copyOf(out, plain.length)).isEqualTo(plain);
                    assertThat(Arrays.copyOfRange(out, plain.length, out.length)).containsOnly(0);
                });
    }

    @Test
    void blocksThatAreCalledLinkedUnpackToTheSame() {
        forAll(
                20,
                random -> {
                    byte[] plain = content(random, 100_000);
                    byte[] packed = frame(plain, Bits.BLOCK_INDEPENDENCE);
                    byte[] linked = packed.clone();
                    linked[FLAGS_AT] ^= 0x20;
                    linked[HEADER_CHECKSUM_AT] = headerChecksum(linked);

                    assertThat(unpacked(linked, plain.length)).isEqualTo(plain);
                });
    }

    @Test
    void everyChecksumIsChecked() {
        byte[] plain = content(new java.util.SplittableRandom(3), 5000);
        byte[] packed = frame(plain, CHECKED);

        refused(packed, HEADER_CHECKSUM_AT, plain.length, "byte 107", "header checksum");
        refused(packed, packed.length - 1, plain.length, "content checksum");
        refused(packed, packed.length - 9, plain.length, "block checksum");
        refused(packed, 0, plain.length, "04 22 4d 18");
        refused(packed, FLAGS_AT, plain.length, "header checksum");
    }

    @Test
    void anotherSizeThanTheChunksIsRefused() {
        byte[] packed = frame(new byte[5000], Bits.BLOCK_INDEPENDENCE);

        for (int size : new int[] {0, 4999, 5001}) {
            assertThatThrownBy(() -> unpacked(packed, size))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("f: byte");
        }
    }

    @Test
    void aFrameThatIsCutOrChangedAnywhereIsRefused() {
        byte[] plain = content(new java.util.SplittableRandom(4), 3000);
        byte[] packed = frame(plain, CHECKED);
        for (int end = 0; end < packed.length; end++) {
            byte[] cut = Arrays.copyOf(packed, end);
            assertThatThrownBy(() -> unpacked(cut, plain.length))
                    .as("cut at %d", end)
                    .isInstanceOf(MalformedDataException.class);
        }
        forAll(
                300,
                random -> {
                    byte[] changed = packed.clone();
                    int at = random.nextInt(FIRST_BLOCK_AT, changed.length);
                    changed[at] ^= (byte) (1 << random.nextInt(8));
                    assertThatThrownBy(() -> unpacked(changed, plain.length))
                            .as("changed at %d", at)
                            .isInstanceOf(MalformedDataException.class);
                });
    }

    private static void refused(byte[] packed, int changedAt, int size, String... said) {
        byte[] changed = packed.clone();
        changed[changedAt] ^= 0x10;
        assertThatThrownBy(
                        () ->
                                Lz4Frame.unpack(
                                        "f", 100, changed, changed.length, new byte[size], size))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContainingAll(said);
    }

    private static byte[] unpacked(byte[] packed, int size) {
        byte[] out = new byte[size];
        Lz4Frame.unpack("f", 0, packed, packed.length, out, size);
        return out;
    }

    private static byte headerChecksum(byte[] frame) {
        return (byte)
                (net.jpountz.xxhash.XXHashFactory.safeInstance()
                                .hash32()
                                .hash(frame, FLAGS_AT, HEADER_CHECKSUM_AT - FLAGS_AT, 0)
                        >> 8);
    }

    /** Noise with runs and repetitions: blocks with literals, overlapping and distant matches. */
    private static byte[] content(RandomGenerator random, int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; ) {
            int n = Math.min(length - i, random.nextInt(1, 400));
            switch (random.nextInt(3)) {
                case 0 -> {
                    for (int k = 0; k < n; k++) {
                        out[i + k] = (byte) random.nextInt();
                    }
                }
                case 1 -> Arrays.fill(out, i, i + n, (byte) random.nextInt());
                default -> {
                    int from = i == 0 ? 0 : random.nextInt(i);
                    System.arraycopy(out, from, out, i, n);
                }
            }
            i += n;
        }
        return out;
    }

    private static byte[] frame(byte[] plain, Bits... bits) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream lz4 = new LZ4FrameOutputStream(out, BLOCKSIZE.SIZE_64KB, bits)) {
            lz4.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
