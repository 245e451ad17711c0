package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.flink.api.common.externalresource.ExternalResourceDriverFactory;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.apache.flink.core.plugin.PluginManager;
import org.apache.flink.runtime.externalresource.ExternalResourceUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver as a TaskManager finds it: in a jar in a folder under {@code plugins}. */
class GpuPluginTest {
    private static final String SERVICES =
            "META-INF/services/" + ExternalResourceDriverFactory.class.getName();
    private static final List<String> CLASSES =
            List.of(
                    "io/azimuth/jobs/pipeline/GpuDriverFactory.class",
                    "io/azimuth/jobs/pipeline/GpuDriverFactory$Gpu.class");

    @TempDir private Path plugins;

    @Test
    void flinkFindsTheDriverInItsPluginsAndTasksGetTheGpusNamed() throws Exception {
        packed(Files.createDirectory(plugins.resolve("azimuth-gpu")).resolve("flink-jobs.jar"));
        Configuration config = new Configuration();
        config.setString("external-resources", "gpu");
        config.setString("external-resource.gpu.amount", "2");
        config.setString(
                "external-resource.gpu.driver-factory.class", GpuDriverFactory.class.getName());
        config.setString("external-resource.gpu.param.indices", "4;6");
        PluginManager manager =
                new DefaultPluginManager(
                        new DirectoryBasedPluginFinder(plugins).findPlugins(),
                        CoreOptions.getPluginParentFirstLoaderPatterns(config));

        assertThat(
                        ExternalResourceUtils.createStaticExternalResourceInfoProviderFromConfig(
                                        config, manager)
                                .getExternalResourceInfos("gpu"))
                .extracting(GpuPluginTest::index)
                .containsExactlyInAnyOrder("4", "6");
    }

    private static String index(ExternalResourceInfo info) {
        assertThat(info.getClass().getClassLoader()) // of the plugin, not of this test
                .isNotSameAs(GpuPluginTest.class.getClassLoader());
        return info.getProperty("index").orElseThrow();
    }

    private static void packed(Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : CLASSES) {
                entry(out, name);
            }
            entry(out, SERVICES);
        }
    }

    private static void entry(JarOutputStream out, String name) throws IOException {
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = GpuDriverFactory.class.getClassLoader().getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
