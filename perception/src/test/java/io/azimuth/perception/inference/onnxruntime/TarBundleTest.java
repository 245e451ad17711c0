package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import io.azimuth.perception.testing.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarBundleTest {
    private static final int BLOCK = 512;

    @TempDir private Path temp;

    @Test
    void anArchiveIsReadAsTheFolderItWasMadeOf() throws IOException {
        ModelBundle folder = TestBundles.read("roots");
        ModelBundle archive = BundleReader.read(write(archive()));

        assertThat(archive.manifest()).isEqualTo(folder.manifest());
        assertThat(archive.network()).isEqualTo(folder.network());
        try (LoadedModel model = new OrtBackend().load(archive, LoadOptions.single());
                Lease lease = model.acquire()) {
            lease.input("x").put(0, new float[] {1, 4, 9, 16});
            lease.run(1);
            assertThat(lease.output("y").get(3)).isEqualTo(4f);
        }
    }

    @Test
    void whatTheToolWritesIsRead() throws Exception {
        Path tar = temp.resolve("tool.tar");
        Path folder = TestBundles.folder("roots");
        Process process;
        try {
            process =
                    new ProcessBuilder(
                                    "tar",
                                    "--format=ustar",
                                    "-cf",
                                    tar.toString(),
                                    "-C",
                                    folder.toString(),
                                    ".")
                            .inheritIO()
                            .start();
        } catch (IOException e) {
            Assumptions.abort("no tar on this machine: " + e.getMessage());
            return;
        }
        assertThat(process.waitFor()).isZero();

        assertThat(BundleReader.read(tar).manifest().name()).isEqualTo("roots");
    }

    @Test
    void entriesThatAreNoPlainFilesAreRefused() throws IOException {
        for (char type : new char[] {'1', '2', '3', '6', 'x', 'g', 'L', 'S'}) {
            refused(plus(entry("notes", new byte[0], type)), Code.FILES, "type '" + type + "'");
        }
    }

    @Test
    void entriesThatNobodyListedOrThatAreThereTwiceAreRefused() throws IOException {
        refused(plus(entry("notes", new byte[3], '0')), Code.FILES, "notes is not listed");
        refused(plus(entry("../out", new byte[3], '0')), Code.FILES, "../out is not listed");
        refused(plus(entry("LICENSE", new byte[3], '0')), Code.FILES, "'LICENSE' is there twice");
        refused(plus(entry("./LICENSE", new byte[3], '0')), Code.FILES, "there twice");
        assertThat(BundleReader.read(write(plus(entry("./empty/", new byte[0], '5'))))).isNotNull();
    }

    @Test
    void aFileThatIsMissingOrChangedIsRefused() throws IOException {
        Map<String, byte[]> files = files();
        files.remove("LICENSE");
        refused(archive(files), Code.FILES, "LICENSE: listed in the manifest, but not there");
        files.put("LICENSE", new byte[31]);
        refused(archive(files), Code.HASH, "LICENSE");
        files.remove("manifest.json");
        refused(archive(files), Code.NOT_A_BUNDLE, "no manifest.json");
    }

    @Test
    void anArchiveCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = archive();
        int end = whole.length - 2 * BLOCK;
        for (int length = 0; length < end; length += 97) {
            Path tar = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> BundleReader.read(tar))
                    .as("%d of %d bytes", length, end)
                    .isInstanceOf(ModelRejected.class);
        }
    }

    @Test
    void damagedArchivesAreRefusedOrHoldTheSameFiles() throws IOException {
        byte[] whole = archive();
        byte[] network = TestBundles.read("roots").network();
        Property.forAll(
                300,
                random -> {
                    byte[] data = whole.clone();
                    data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
                    try {
                        assertThat(BundleReader.read(write(data)).network()).isEqualTo(network);
                    } catch (ModelRejected e) {
                        assertThat(e.getMessage()).hasSizeGreaterThan(20);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private void refused(byte[] archive, Code code, String detail) throws IOException {
        Path tar = write(archive);
        assertThatThrownBy(() -> BundleReader.read(tar))
                .hasMessageContaining(detail)
                .isInstanceOfSatisfying(
                        ModelRejected.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private Path write(byte[] archive) throws IOException {
        return Files.write(temp.resolve("bundle.tar"), archive);
    }

    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> out = new LinkedHashMap<>();
        Path folder = TestBundles.folder("roots");
        for (String name :
                new String[] {
                    "LICENSE", "golden/in.f32", "golden/out.f32", "manifest.json", "model.onnx",
                }) {
            out.put(name, Files.readAllBytes(folder.resolve(name)));
        }
        return out;
    }

    private static byte[] archive() throws IOException {
        return archive(files());
    }

    private static byte[] archive(Map<String, byte[]> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(entry("golden/", new byte[0], '5'));
        files.forEach((name, data) -> out.writeBytes(entry(name, data, '0')));
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    /** The good archive with one more entry. */
    private static byte[] plus(byte[] entry) throws IOException {
        byte[] good = archive();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(good, 0, good.length - 2 * BLOCK);
        out.writeBytes(entry);
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    private static byte[] entry(String name, byte[] data, char type) {
        byte[] out = new byte[BLOCK + (data.length + BLOCK - 1) / BLOCK * BLOCK];
        put(out, 0, name);
        put(out, 100, "0000644");
        put(out, 124, "%011o".formatted(data.length));
        Arrays.fill(out, 148, 156, (byte) ' ');
        out[156] = (byte) type;
        put(out, 257, "ustar\u000000");
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += out[i] & 0xff;
        }
        put(out, 148, "%06o\u0000 ".formatted(sum));
        System.arraycopy(data, 0, out, BLOCK, data.length);
        return out;
    }

    private static void put(byte[] to, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, to, at, bytes.length);
    }
}
