package io.azimuth.connectors.arrays;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyRowsTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void rowsFollowAHeaderOfWholeBlocks() throws IOException {
        Path file = folder.resolve("a.npy");
        try (NpyRows rows = new NpyRows(file, List.of(2, 3), false)) {
            rows.put(new float[] {1, 2, 3}, 3);
            rows.put(new float[] {4, 5, 6, 7}, 3);
        }

        byte[] found = Files.readAllBytes(file);
        int data = found.length - 6 * Float.BYTES;
        String header = new String(found, 10, data - 10, StandardCharsets.US_ASCII);
        assertThat(data % 64).isZero();
        assertThat(header).contains("'<f4'").contains("'shape': (2, 3)").endsWith("\n");
        assertThat(found[8] & 0xff).isEqualTo(data - 10);
        ByteBuffer values = ByteBuffer.wrap(found).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(values.getFloat(data)).isEqualTo(1);
        assertThat(values.getFloat(data + 20)).isEqualTo(6);
    }

    @Test
    void halvesAreTheNearest() {
        assertThat(NpyRows.halfBits(1)).isEqualTo((short) 0x3c00);
        assertThat(NpyRows.halfBits(-2.5f)).isEqualTo((short) 0xc100);
        assertThat(NpyRows.halfBits(0.1f)).isEqualTo((short) 0x2e66);
        assertThat(NpyRows.halfBits(1e6f)).isEqualTo((short) 0x7bff);
        assertThat(NpyRows.halfBits(5.96e-8f)).isEqualTo((short) 1);
        assertThat(NpyRows.halfBits(0)).isEqualTo((short) 0);
    }
}
