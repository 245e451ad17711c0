package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same network in float16 and int8: chosen by name, checked like any other. */
class VariantsTest {
    @TempDir private Path folder;

    @Test
    void everyVariantPassesItsGoldenRunsAndHasHashAndDigestOfItsOwn() throws IOException {
        ModelBundle bundle = TestBundles.read("rounded");
        Set<String> names = new HashSet<>();
        for (Precision precision : Precision.values()) {
            ModelBundle at = bundle.at(precision);
            names.add(at.sha256());
            names.add(at.digest());
            try (LoadedModel model = new OrtBackend().load(at, LoadOptions.single())) {
                assertThat(model.sha256()).isEqualTo(at.sha256());
                assertThat(model.stats().runs()).isEqualTo(1);
            }
        }
        assertThat(names).hasSize(6);
        assertThat(bundle.precisions()).containsExactly(Precision.values());
        assertThat(bundle.at(Precision.FLOAT16).summary().weightBytes())
                .isLessThan(bundle.summary().weightBytes());
        assertThat(bundle.at(Precision.INT8).manifest().golden().get(0).absTol()).isEqualTo(2e-2);
    }

    @Test
    void aBundleWithoutVariantsHasOnePrecision() throws IOException {
        ModelBundle bundle = TestBundles.read("tiny");

        assertThat(bundle.precisions()).containsExactly(Precision.FLOAT32);
        assertThat(bundle.at(Precision.FLOAT32)).isSameAs(bundle);
        assertThatThrownBy(() -> bundle.at(Precision.INT8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wanted is int8 of [float32]");
        assertThatThrownBy(() -> Precision.of("fp16"))
                .hasMessageContaining("[float32, float16, int8]");
    }

    @Test
    void aVariantIsLookedThroughLikeTheNetworkItself() throws IOException {
        Path spoilt = TestBundles.copy("rounded", folder.resolve("hash"));
        byte[] network = Files.readAllBytes(spoilt.resolve("model.int8.onnx"));
        network[network.length / 2] ^= 1;
        Files.write(spoilt.resolve("model.int8.onnx"), network);
        assertThatThrownBy(() -> BundleReader.read(spoilt))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining("HASH")
                .hasMessageContaining("model.int8.onnx");

        for (Path hostile : TestBundles.hostileNetworks().subList(0, 20)) {
            byte[] bytes = Files.readAllBytes(hostile);
            Path forged = TestBundles.copy("rounded", folder.resolve(hostile.getFileName()));
            Files.write(forged.resolve("model.fp16.onnx"), bytes);
            edit(
                    forged,
                    variant ->
                            ((ObjectNode) variant.get("onnx"))
                                    .put("sha256", TestBundles.sha256(bytes))
                                    .put("bytes", bytes.length));
            assertThatThrownBy(() -> BundleReader.read(forged))
                    .as(hostile.toString())
                    .isInstanceOf(ModelRejected.class);
        }
    }

    @Test
    void anotherNetworkUnderAVariantsNameFailsItsGoldenRun() throws IOException {
        Path forged = TestBundles.copy("rounded", folder.resolve("forged"));
        edit(forged, variant -> variant.put("absTol", 1e-7));
        ModelBundle bundle = BundleReader.read(forged);

        new OrtBackend().load(bundle, LoadOptions.single()).close();
        assertThatThrownBy(
                        () ->
                                new OrtBackend()
                                        .load(bundle.at(Precision.FLOAT16), LoadOptions.single()))
                .isInstanceOf(ModelRejected.class)
                .hasMessageContaining("GOLDEN");
    }

    @Test
    void aManifestThatIsWrongAboutItsVariantsIsRefused() throws IOException {
        for (Consumer<ObjectNode> wrong :
                List.<Consumer<ObjectNode>>of(
                        v -> v.put("precision", "float32"),
                        v -> v.put("precision", "int8"),
                        v -> v.put("precision", "bfloat16"),
                        v -> v.put("absTol", -1),
                        v -> v.put("relTol", 2),
                        v -> v.put("more", 1),
                        v -> v.remove("absTol"),
                        v -> ((ObjectNode) v.get("onnx")).put("file", "../model.onnx"),
                        v -> ((ObjectNode) v.get("onnx")).put("file", "model.onnx"))) {
            Path bundle = TestBundles.copy("rounded", folder.resolve("m" + wrong.hashCode()));
            edit(bundle, wrong);
            assertThatThrownBy(() -> BundleReader.read(bundle))
                    .isInstanceOf(ModelRejected.class)
                    .hasMessageContaining("MANIFEST");
        }
    }

    /** Changes what the manifest says of its first variant. */
    private static void edit(Path bundle, Consumer<ObjectNode> change) throws IOException {
        TestBundles.editManifest(
                bundle, m -> change.accept((ObjectNode) ((ArrayNode) m.get("variants")).get(0)));
    }
}
