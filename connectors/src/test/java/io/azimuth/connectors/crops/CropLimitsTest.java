package io.azimuth.connectors.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropLimitsTest {
    @TempDir private Path folder;

    @Test
    void whatWouldFillTheHeapIsRefusedWithTheRemedy() throws IOException {
        Path file = folder.resolve("large.npy");
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(CropLimits.mostBytes() + 1); // sparse: nothing is written
        }

        assertThatThrownBy(() -> CropReader.read(file, null))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("large.npy")
                .hasMessageContaining("JAVA_OPTS");
        long most = CropLimits.mostBytes() / 24;
        assertThatCode(() -> CropLimits.checkPoints("x", most)).doesNotThrowAnyException();
        assertThatThrownBy(() -> CropLimits.checkPoints("x", most + 1))
                .hasMessageContaining((most + 1) + " points");
        assertThat(CropLimits.mostBytes()).isLessThan(Runtime.getRuntime().maxMemory() / 2);
    }

    @Test
    void aTextOfManyNamesIsNoListOfLabels() throws IOException {
        Path file = folder.resolve("labels.txt");
        int lines = 10_050;
        Files.writeString(
                file,
                IntStream.range(0, lines)
                        .mapToObj(i -> "name" + i)
                        .collect(Collectors.joining("\n")));

        assertThatThrownBy(() -> CropLabels.read(file, lines))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("line 10001")
                .hasMessageContaining("more than 10000 names");
    }
}
