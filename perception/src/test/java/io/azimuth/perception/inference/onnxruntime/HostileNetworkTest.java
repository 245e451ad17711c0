package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelRejected;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every network of the corpus is refused with its own code, within a second and little memory. */
class HostileNetworkTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final long MEMORY = 256L << 20;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @BeforeAll
    static void theLibraryIsUp() {
        new OrtBackend().probe();
    }

    @TestFactory
    List<DynamicTest> eachIsRefusedWithItsOwnCode(@TempDir Path temp) throws IOException {
        List<Path> networks = TestBundles.hostileNetworks();
        assertThat(networks).hasSizeGreaterThan(60);
        return networks.stream()
                .map(
                        n ->
                                DynamicTest.dynamicTest(
                                        n.getFileName().toString(), () -> refuse(n, temp)))
                .toList();
    }

    private static void refuse(Path network, Path temp) throws IOException {
        String name = network.getFileName().toString();
        Path bundle = TestBundles.copy("roots", temp.resolve(name));
        TestBundles.replaceNetwork(bundle, Files.readAllBytes(network));
        if (name.contains("OPSET")) {
            claim99(bundle);
        }

        long memory = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime();
        ModelRejected refusal = Assertions.assertThrows(ModelRejected.class, () -> load(bundle));

        assertThat(THREADS.getCurrentThreadCpuTime() - time).isLessThan(LIMIT.toNanos());
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - memory).isLessThan(MEMORY);
        assertThat(refusal.code().name()).as(refusal.getMessage()).isEqualTo(name.split("-")[0]);
        assertThat(refusal.getMessage()).hasSizeBetween(20, 1000);
    }

    private static void load(Path bundle) throws IOException {
        new OrtBackend().load(BundleReader.read(bundle), LoadOptions.single()).close();
    }

    private static void claim99(Path bundle) throws IOException {
        TestBundles.editManifest(
                bundle,
                m ->
                        ((com.fasterxml.jackson.databind.node.ObjectNode) m.get("onnx"))
                                .put("opset", 99)
                                .put("irVersion", 99));
    }
}
