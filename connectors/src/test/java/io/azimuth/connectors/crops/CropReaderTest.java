package io.azimuth.connectors.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CropReaderTest {
    @TempDir private Path folder;

    private static byte[] npy(String descr, String shape, boolean fortran, ByteBuffer data) {
        String text =
                "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n"
                        .formatted(descr, fortran ? "True" : "False", shape);
        byte[] header = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + header.length + data.capacity())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header)
                .put(data.rewind())
                .array();
    }

    private static ByteBuffer shorts(int... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(v -> out.putShort((short) v));
        return out;
    }

    private static ByteBuffer floats(double... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(v -> out.putFloat((float) v));
        return out;
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void axesBeforePointsAndThousandthsAreUnderstood() throws IOException {
        // two crops of four points: all x, then all y, then all z
        int[] raw = new int[24];
        Arrays.setAll(raw, i -> i);
        Path file = write("a.npy", npy("<i2", "2, 3, 4", false, shorts(raw)));
        CropTable table = CropReader.read(file, null);
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.crop(1).x()).containsExactly(12 * 1e-3, 13 * 1e-3, 14 * 1e-3, 15 * 1e-3);
        assertThat(table.crop(1).z()).containsExactly(20 * 1e-3, 21 * 1e-3, 22 * 1e-3, 23 * 1e-3);
    }

    @Test
    void pointsBeforeAxesAreUnderstoodInBothOrders() throws IOException {
        double[] c = {1, 2, 3, 4, 5, 6};
        double[] f = {1, 4, 2, 5, 3, 6}; // the first axis runs fastest
        Path plain = write("c.npy", npy("<f4", "1, 2, 3", false, floats(c)));
        Path fortran = write("f.npy", npy("<f4", "1, 2, 3", true, floats(f)));
        for (Path file : List.of(plain, fortran)) {
            assertThat(CropReader.read(file, null).crop(0).x()).containsExactly(1, 4);
            assertThat(CropReader.read(file, null).crop(0).z()).containsExactly(3, 6);
        }
    }

    @Test
    void anArchiveBringsItsLabels() throws IOException {
        Path file = folder.resolve("a.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("points.npy"));
            zip.write(npy("<f4", "2, 1, 3", false, floats(1, 2, 3, 4, 5, 6)));
            zip.putNextEntry(new ZipEntry("labels.npy"));
            zip.write(npy("<i2", "2,", false, shorts(5, -1)));
        }
        CropTable table = CropReader.read(file, null);
        assertThat(table.crop(1).y()).containsExactly(5);
        assertThat(table.labels().label()).containsExactly(5, -1);
    }

    @Test
    void aTableBesideAnArrayLabelsIt() throws IOException {
        Path file = write("b.npy", npy("<f4", "2, 1, 3", false, floats(1, 2, 3, 4, 5, 6)));
        Files.writeString(folder.resolve("b.csv"), "index,label,class\n1,0,chair\n0,2,sofa\n");
        CropLabels labels = CropReader.read(file, null).labels();
        assertThat(labels.label()).containsExactly(2, 0);
        assertThat(labels.classes()).containsExactly("chair", "class-1", "sofa");
    }

    @Test
    void notANumberIsKeptForTheEncoderToSee() throws IOException {
        Path file = write("n.npy", npy("<f4", "1, 2, 3", false, floats(1, Double.NaN, 3, 4, 5, 6)));
        assertThat(CropReader.read(file, null).crop(0).y()).containsExactly(Double.NaN, 5);
    }

    @Test
    void cloudsOfAFolderAreCropsInTheOrderOfTheirNames() throws IOException {
        Path clouds = Files.createDirectory(folder.resolve("clouds"));
        Files.write(clouds.resolve("b.npy"), npy("<f4", "1, 3", false, floats(1, 2, 3)));
        Files.write(clouds.resolve("a.npy"), npy("<f4", "2, 3", false, floats(4, 5, 6, 7, 8, 9)));
        Files.write(clouds.resolve("c.npy"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> CropReader.read(clouds, null))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("c.npy");
        List<String> broken = new ArrayList<>();
        CropTable table = CropReader.read(clouds, broken::add);
        assertThat(table.name(0)).isEqualTo("a.npy");
        assertThat(table.crop(0).x()).containsExactly(4, 7);
        assertThat(table.points(2)).isZero();
        assertThat(broken).hasSize(1);
    }

    @Test
    void aFileThatEndsEarlySaysWhatIsMissing() throws IOException {
        byte[] whole = npy("<f4", "2, 1, 3", false, floats(1, 2, 3, 4, 5, 6));
        Path file = write("t.npy", Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> CropReader.read(file, null))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("ends after 23 bytes of data, accepted are 24");
    }

    @Test
    void everyCutOfAFileIsRefusedInWords() throws IOException {
        byte[] whole = npy("<f4", "2, 1, 3", false, floats(1, 2, 3, 4, 5, 6));
        for (int n = 0; n < whole.length; n++) {
            Path file = write("cut.npy", Arrays.copyOf(whole, n));
            assertThatThrownBy(() -> CropReader.read(file, null))
                    .as("%d of %d bytes", n, whole.length)
                    .isInstanceOf(MalformedDataException.class);
        }
    }

    @Test
    void foreignFilesAreRefusedInWords() throws IOException {
        Path text = write("x.npy", "hello, world".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> CropReader.read(text, null))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("neither a .npy array nor a .npz archive");
        Path objects = write("o.npy", npy("|O", "2, 1, 3", false, floats(1)));
        assertThatThrownBy(() -> CropReader.read(objects, null))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("type is not accepted");
        Path flat = write("f.npy", npy("<f4", "2, 1, 4", false, floats(1, 2, 3, 4, 5, 6, 7, 8)));
        assertThatThrownBy(() -> CropReader.read(flat, null))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("shape is [2, 1, 4]");
        Path huge = write("h.npy", npy("<f4", "99999999, 99999999, 3", false, floats(1)));
        assertThatThrownBy(() -> CropReader.read(huge, null))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("2^31");
        assertThatThrownBy(() -> CropReader.read(folder.resolve("none"), null))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void labelsOfAnotherNumberOfCropsAreRefused() throws IOException {
        Path lines = Files.writeString(folder.resolve("l.txt"), "car\nbus\n");
        assertThat(CropLabels.read(lines, 2).classes()).containsExactly("car", "bus");
        assertThatThrownBy(() -> CropLabels.read(lines, 3))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("2 lines, accepted are 3");
    }
}
