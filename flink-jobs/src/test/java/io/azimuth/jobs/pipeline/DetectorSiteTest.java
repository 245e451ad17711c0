package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class DetectorSiteTest {
    private record Resource(Map<String, String> properties) implements ExternalResourceInfo {
        @Override
        public Optional<String> getProperty(String key) {
            return Optional.ofNullable(properties.get(key));
        }

        @Override
        public Collection<String> getKeys() {
            return properties.keySet();
        }
    }

    private static Set<ExternalResourceInfo> gpus(String... indices) {
        Set<ExternalResourceInfo> out = new LinkedHashSet<>();
        for (String index : indices) {
            out.add(new Resource(Map.of("index", index)));
        }
        return out;
    }

    private static int gpuOf(int subtask, Set<? extends ExternalResourceInfo> declared) {
        TaskInfo task = new TaskInfoImpl("front", 128, subtask, 8, 0);
        RuntimeContext context =
                (RuntimeContext)
                        Proxy.newProxyInstance(
                                DetectorSiteTest.class.getClassLoader(),
                                new Class<?>[] {RuntimeContext.class},
                                (proxy, method, arguments) ->
                                        switch (method.getName()) {
                                            case "getTaskInfo" -> task;
                                            case "getExternalResourceInfos" ->
                                                    arguments[0].equals("gpu")
                                                            ? declared
                                                            : Set.of();
                                            default -> throw new AssertionError(method.getName());
                                        });
        return DetectorSite.of(context, new UnregisteredMetricsGroup()).gpu();
    }

    @Test
    void tasksTakeTheDeclaredGpusInTurn() {
        Set<ExternalResourceInfo> declared = gpus("10", "2");

        assertThat(List.of(gpuOf(0, declared), gpuOf(1, declared), gpuOf(2, declared)))
                .containsExactly(2, 10, 2);
        assertThat(gpuOf(5, gpus("3"))).isEqualTo(3);
    }

    @Test
    void whereNoneIsDeclaredItIsTheFirst() {
        assertThat(gpuOf(3, Set.of())).isZero();
    }

    @Test
    void aDriverThatNamesThemOtherwiseIsRefusedWithWhatItGave() {
        assertThatThrownBy(() -> gpuOf(0, Set.of(new Resource(Map.of("uuid", "GPU-1")))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'index'")
                .hasMessageContaining("uuid");
        assertThatThrownBy(() -> gpuOf(0, gpus("GPU-1")))
                .hasMessageContaining("index 'GPU-1', expected a number");
    }

    @Test
    void theDriverGivesTheGpusOfItsConfiguration() throws Exception {
        Configuration config = new Configuration();
        var numbered = new GpuDriverFactory().createExternalResourceDriver(config);
        assertThat(gpuOf(1, numbered.retrieveResourceInfo(2))).isEqualTo(1);

        config.setString("indices", "4;6");
        var named = new GpuDriverFactory().createExternalResourceDriver(config);
        assertThat(gpuOf(1, named.retrieveResourceInfo(2))).isEqualTo(6);
        assertThatThrownBy(() -> named.retrieveResourceInfo(3))
                .hasMessageContaining("external-resource.gpu.param.indices is [4, 6]")
                .hasMessageContaining("3 numbers");
    }
}
