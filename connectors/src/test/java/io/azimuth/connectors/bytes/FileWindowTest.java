package io.azimuth.connectors.bytes;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWindowTest {
    private static final int SIZE = 5 * FileWindow.WINDOW_BYTES + 11;

    @TempDir private Path folder;

    @Test
    void everyPieceIsThatOfTheFileInWhateverOrder() throws IOException {
        byte[] bytes = new byte[SIZE];
        new java.util.SplittableRandom(1).nextBytes(bytes);
        try (FileWindow file = FileWindow.open(file(bytes))) {
            assertThat(file.size()).isEqualTo(SIZE);
            forAll(
                    500,
                    random -> {
                        int at = random.nextInt(SIZE);
                        int length =
                                random.nextInt(Math.min(SIZE - at, FileWindow.WINDOW_BYTES) + 1);
                        assertThat(shown(file, at, length))
                                .isEqualTo(Arrays.copyOfRange(bytes, at, at + length));
                    });
            byte[] whole = new byte[SIZE];
            file.read(0, whole, SIZE);
            assertThat(whole).isEqualTo(bytes);
        }
    }

    @Test
    void aPieceBeyondTheEndIsRefusedAndTheNextOneIsRight() throws IOException {
        byte[] bytes = new byte[100];
        bytes[99] = 7;
        try (FileWindow file = FileWindow.open(file(bytes))) {
            assertThatThrownBy(() -> file.show(95, 6)).isInstanceOf(MalformedDataException.class);
            assertThatThrownBy(() -> file.show(200, 1)).isInstanceOf(MalformedDataException.class);
            assertThatThrownBy(() -> file.read(95, new byte[6], 6))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContainingAll("window.bin", "byte 100");
            assertThat(shown(file, 95, 5)).containsExactly(0, 0, 0, 0, 7);
            assertThat(file.readSome(98, new byte[9], 3, 6)).isEqualTo(2);
            assertThat(file.readSome(100, new byte[9], 0, 9)).isEqualTo(-1);
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("window.bin"), bytes);
    }

    private static byte[] shown(FileWindow file, long at, int length) {
        try {
            int from = file.show(at, length);
            return Arrays.copyOfRange(file.window(), from, from + length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
