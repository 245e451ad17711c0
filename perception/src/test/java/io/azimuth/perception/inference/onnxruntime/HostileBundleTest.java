package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import io.azimuth.perception.testing.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and manifests that are not what they claim; each has its code, within a second. */
class HostileBundleTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final long MEMORY = 256L << 20;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir private Path temp;

    @Test
    void nothingThatIsNoFolderWithAManifestIsABundle() throws IOException {
        refused(temp.resolve("nowhere"), Code.NOT_A_BUNDLE, "no folder");
        refused(Files.createDirectory(temp.resolve("empty")), Code.NOT_A_BUNDLE, "manifest.json");
        refused(bundle().resolve("model.onnx"), Code.NOT_A_BUNDLE, "no manifest.json in it");
    }

    @Test
    void aLinkIsRefusedWhereverItPoints() throws IOException {
        Path secret = Files.writeString(temp.resolve("secret.bin"), "canary");
        for (String name : new String[] {"model.onnx", "LICENSE", "manifest.json"}) {
            Path bundle = bundle();
            Path kept = Files.move(bundle.resolve(name), temp.resolve("kept-" + name));
            Files.createSymbolicLink(bundle.resolve(name), kept);
            refused(bundle, Code.FILES, "is a link");
        }
        Path folder = bundle();
        Path golden = Files.move(folder.resolve("golden"), temp.resolve("golden"));
        Files.createSymbolicLink(folder.resolve("golden"), golden);
        refused(folder, Code.FILES, "is a link");

        Path beside = bundle();
        Files.createSymbolicLink(beside.resolve("notes"), secret);
        refused(beside, Code.FILES, "is a link");
        Path broken = bundle();
        Files.createSymbolicLink(broken.resolve("notes"), temp.resolve("nowhere"));
        refused(broken, Code.FILES, "is a link");
    }

    @Test
    void aFileThatNobodyListedIsRefused() throws IOException {
        Path beside = bundle();
        Files.writeString(beside.resolve("model.engine"), "code");
        refused(beside, Code.FILES, "model.engine is not listed");
        Path deep = bundle();
        Files.createDirectories(deep.resolve("a/b"));
        Files.writeString(deep.resolve("a/b/c"), "hidden");
        refused(deep, Code.FILES, "a/b is a folder in a folder");
        Path many = bundle();
        for (int i = 0; i < 1001; i++) {
            Files.createFile(many.resolve("more" + i));
        }
        refused(many, Code.FILES, "more than 1000 entries");
    }

    @Test
    void aFileThatIsListedAndNotThereIsRefused() throws IOException {
        Path bundle = bundle();
        Files.delete(bundle.resolve("LICENSE"));

        refused(bundle, Code.FILES, "not there");
    }

    @Test
    void namesThatClimbAreRefusedBeforeAnythingIsOpened() throws IOException {
        Files.writeString(temp.resolve("secret.bin"), "canary");
        for (String name :
                new String[] {
                    "../secret.bin",
                    "/etc/passwd",
                    "golden/../../secret.bin",
                    "a/b/c",
                    ".hidden",
                    "golden\\in",
                    "",
                    "x\u0000y",
                }) {
            Path bundle = edited(m -> first(m, "files").put("file", name));
            refused(bundle, Code.MANIFEST, "file");
            Path network = edited(m -> onnx(m).put("file", name));
            refused(network, Code.MANIFEST, "file");
        }
    }

    @Test
    void aChangedByteOrLengthIsAnotherFile() throws IOException {
        for (String name : new String[] {"model.onnx", "LICENSE", "golden/in.f32"}) {
            Path bundle = bundle();
            byte[] data = Files.readAllBytes(bundle.resolve(name));
            data[data.length / 2] ^= 1;
            Files.write(bundle.resolve(name), data);
            refused(bundle, Code.HASH, name);

            Files.write(bundle.resolve(name), Arrays.copyOf(data, data.length - 1));
            refused(bundle, Code.HASH, name + " has " + (data.length - 1) + " bytes");
        }
    }

    @Test
    void aManifestSaysNothingThatIsNotUnderstood() throws IOException {
        refused(edited(m -> m.put("engine", "plan.bin")), Code.MANIFEST, "[engine]");
        refused(edited(m -> onnx(m).put("provider", "x")), Code.MANIFEST, "[provider]");
        refused(edited(m -> m.put("format", 2)), Code.MANIFEST, "format is 2");
        refused(edited(m -> m.remove("license")), Code.MANIFEST, "license is missing");
        refused(text("{\"format\":1,\"format\":1}"), Code.MANIFEST, "Duplicate");
        refused(text("[]"), Code.MANIFEST, "no object");
        refused(text(""), Code.MANIFEST, "no object");
        refused(text("{\"format\":1"), Code.MANIFEST, "manifest.json");
        Path trailing = bundle();
        String whole = Files.readString(trailing.resolve("manifest.json"));
        Files.writeString(trailing.resolve("manifest.json"), whole + "{}");
        refused(trailing, Code.MANIFEST, "manifest.json");
    }

    @Test
    void deepNestingAndSizeEndBeforeTheyCost() throws IOException {
        refused(text("{\"trainer\":" + "[".repeat(100_000)), Code.MANIFEST, "nesting depth");
        refused(text("{\"a\":".repeat(17) + "1" + "}".repeat(17)), Code.MANIFEST, "nesting depth");
        refused(text(" ".repeat((1 << 20) + 1)), Code.TOO_LARGE, "manifest.json");
        refused(text("{\"name\":" + "9".repeat(500_000) + "}"), Code.MANIFEST, "manifest.json");
        refused(edited(m -> onnx(m).put("bytes", 1L << 40)), Code.MANIFEST, "bytes");
        refused(
                edited(
                        m -> {
                            ArrayNode files = (ArrayNode) m.get("files");
                            for (int i = 0; i < 3; i++) {
                                files.add(first(m, "files").deepCopy());
                                ((ObjectNode) files.get(files.size() - 1))
                                        .put("file", "more" + i)
                                        .put("bytes", 512L << 20);
                            }
                        }),
                Code.TOO_LARGE,
                "together");
    }

    @Test
    void dimensionsThatCannotBeAreRefused() throws IOException {
        for (int[] shape : new int[][] {{-4}, {0}, {1 << 28, 2}, {1 << 16, 1 << 16}}) {
            Path bundle = edited(m -> shape(first(m, "inputs"), shape));
            refused(bundle, Code.MANIFEST, "");
        }
        refused(edited(m -> shape(first(m, "outputs"), new int[9])), Code.MANIFEST, "");
        refused(
                edited(m -> first(m, "outputs").put("name", "x")),
                Code.MANIFEST,
                "two tensors have the same name");
        refused(
                edited(
                        m -> {
                            shape(first(m, "inputs"), new int[] {1 << 25});
                            ((ObjectNode) m.get("limits")).put("maxBatch", 4);
                        }),
                Code.MANIFEST,
                "4 rows of 'x'");
        refused(edited(m -> shape(first(m, "inputs"), new int[] {5})), Code.SIGNATURE, "'x'");
    }

    @Test
    void aMillionNodesAreNotWalked() throws IOException {
        byte[] node = field(1, concat(field(1, utf8("x")), field(4, utf8("Relu"))));
        refused(network(graphOf(node, 1_000_000)), Code.ONNX_LIMIT, "more nodes than 5000");
    }

    /** As many nodes as are accepted, gone through for 64 batch sizes, too large in the 33rd. */
    @Test
    void theLongestWalkThatIsAcceptedStaysWithinASecond() throws IOException {
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        String last = "x";
        for (int i = 0; i < 4_900; i++) {
            graph.writeBytes(node("Relu", "r" + i, new byte[0], last));
            last = "r" + i;
        }
        byte[] axis = field(5, concat(field(1, utf8("axis")), new byte[] {0x18, 1, -96, 1, 2}));
        for (int i = 0; i < 19; i++) {
            graph.writeBytes(node("Concat", "c" + i, axis, last, last));
            last = "c" + i;
        }
        byte[] dims = concat(field(1, field(2, utf8("n"))), field(1, new byte[] {8, 4}));
        byte[] type = field(1, concat(new byte[] {8, 1}, field(2, dims)));
        graph.writeBytes(field(11, concat(field(1, utf8("x")), field(2, type))));
        byte[] versions = concat(new byte[] {8, 8}, field(8, new byte[] {16, 17}));
        Path bundle = network(concat(versions, field(7, graph.toByteArray())));
        TestBundles.editManifest(bundle, m -> ((ObjectNode) m.get("limits")).put("maxBatch", 64));

        refused(bundle, Code.COST, "shape [33, 2097152]");
    }

    private static byte[] node(String operator, String out, byte[] attribute, String... in) {
        byte[] node = concat(field(2, utf8(out)), field(4, utf8(operator)));
        for (String name : in) {
            node = concat(node, field(1, utf8(name)));
        }
        return field(1, concat(node, attribute));
    }

    @Test
    void threeMillionFieldsAreNotWalked() throws IOException {
        byte[] empty = {0x12, 0}; // an empty name of the graph
        refused(network(graphOf(empty, 3_000_000)), Code.ONNX_LIMIT, "more fields than");
    }

    @Test
    void graphsWithinGraphsEndAtTheLimit() throws IOException {
        byte[] graph = field(2, utf8("g"));
        for (int i = 0; i < 40; i++) {
            graph = field(1, field(5, field(6, graph)));
        }
        refused(network(field(7, graph)), Code.ONNX_LIMIT, "nested deeper than 32");
    }

    @Test
    void aNetworkCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(bundle().resolve("model.onnx"));
        for (int length = 1; length < whole.length; length++) {
            Path bundle = network(Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> BundleReader.read(bundle))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOfSatisfying(
                            ModelRejected.class,
                            e -> assertThat(e.code()).isIn(Code.ONNX_MALFORMED, Code.OPSET));
        }
    }

    /** Whatever is changed, the scan answers with a refusal or takes it; nothing else comes out. */
    @Test
    void damagedNetworksAreTakenOrRefusedAndNothingElse() throws IOException {
        Path shapes = TestBundles.folder("roots").resolveSibling("shapes.onnx");
        byte[] whole = Files.readAllBytes(shapes);
        Path bundle =
                edited(
                        m -> {
                            shape(first(m, "inputs"), new int[] {4, 12, 10});
                            ((ObjectNode) m.get("limits")).put("maxBatch", 2);
                        });
        int[] refused = {0};
        Property.forAll(
                400,
                random -> {
                    byte[] data = whole.clone();
                    for (int i = random.nextInt(1, 4); i > 0; i--) {
                        int at = random.nextInt(data.length);
                        data[at] =
                                (byte)
                                        (random.nextBoolean()
                                                ? random.nextInt(256)
                                                : data[at] ^ 1 << random.nextInt(8));
                    }
                    try {
                        TestBundles.replaceNetwork(bundle, data);
                        BundleReader.read(bundle);
                    } catch (ModelRejected e) {
                        refused[0]++;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        assertThat(refused[0]).isBetween(50, 399);
    }

    @Test
    void theUnspoiltBundleIsTaken() throws IOException {
        assertThat(BundleReader.read(bundle()).manifest().name()).isEqualTo("roots");
    }

    private void refused(Path bundle, Code code, String detail) {
        long memory = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime();
        ModelRejected refusal =
                Assertions.assertThrows(ModelRejected.class, () -> BundleReader.read(bundle));

        assertThat(THREADS.getCurrentThreadCpuTime() - time).isLessThan(LIMIT.toNanos());
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - memory).isLessThan(MEMORY);
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining(detail);
        assertThat(refusal.getMessage()).hasSizeBetween(20, 2000);
        assertThat(refusal.getMessage()).doesNotContain("canary");
    }

    private Path bundle() throws IOException {
        return TestBundles.copy("roots", Files.createTempDirectory(temp, "bundle"));
    }

    private Path edited(Consumer<ObjectNode> edit) throws IOException {
        Path bundle = bundle();
        TestBundles.editManifest(bundle, edit);
        return bundle;
    }

    private Path text(String manifest) throws IOException {
        Path bundle = bundle();
        Files.writeString(bundle.resolve("manifest.json"), manifest);
        return bundle;
    }

    private Path network(byte[] network) throws IOException {
        Path bundle = bundle();
        TestBundles.replaceNetwork(bundle, network);
        return bundle;
    }

    private static ObjectNode onnx(ObjectNode manifest) {
        return (ObjectNode) manifest.get("onnx");
    }

    private static ObjectNode first(ObjectNode manifest, String list) {
        return (ObjectNode) manifest.get(list).get(0);
    }

    private static void shape(ObjectNode tensor, int[] dims) {
        ArrayNode shape = tensor.putArray("shape").add("n");
        for (int dim : dims) {
            shape.add(dim);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] graphOf(byte[] part, int times) {
        byte[] graph = new byte[part.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(part, 0, graph, i * part.length, part.length);
        }
        return field(7, graph);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    /** A length-delimited protobuf field. */
    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        int left = content.length;
        while (left > 0x7f) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
