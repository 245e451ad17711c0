package io.azimuth.jobs.pipeline;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.externalresource.ExternalResourceDriver;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * Gives a TaskManager the GPUs that its configuration names; Flink's own driver is not released for
 * the pinned version. Flink looks for drivers among its plugins: {@code flink-jobs-VERSION.jar}
 * goes into {@code plugins/azimuth-gpu} of each TaskManager, and into {@code config.yaml}:
 *
 * <pre>
 * external-resources: gpu
 * external-resource.gpu.amount: 2
 * external-resource.gpu.driver-factory.class: io.azimuth.jobs.pipeline.GpuDriverFactory
 * external-resource.gpu.param.indices: 0;1
 * </pre>
 *
 * Without {@code indices} they are numbered from 0.
 */
public final class GpuDriverFactory implements ExternalResourceDriverFactory {
    static final ConfigOption<java.util.List<Integer>> INDICES =
            ConfigOptions.key("indices").intType().asList().noDefaultValue();

    /** A GPU by its number. */
    private record Gpu(int index) implements ExternalResourceInfo {
        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of(Integer.toString(index)) : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return Set.of("index");
        }
    }

    @Override
    public ExternalResourceDriver createExternalResourceDriver(Configuration config) {
        Optional<java.util.List<Integer>> named = config.getOptional(INDICES);
        return amount -> {
            Set<Gpu> out = new LinkedHashSet<>();
            for (int i = 0; i < amount; i++) {
                out.add(new Gpu(named.isPresent() ? at(named.get(), i, amount) : i));
            }
            return out;
        };
    }

    private static int at(java.util.List<Integer> indices, int i, long amount) {
        if (indices.size() < amount || indices.get(i) < 0) {
            throw new IllegalConfigurationException(
                    "external-resource.gpu.param.indices is %s, expected %d numbers from 0"
                            .formatted(indices, amount));
        }
        return indices.get(i);
    }
}
