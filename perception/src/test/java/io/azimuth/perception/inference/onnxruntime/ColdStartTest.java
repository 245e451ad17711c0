package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What only the first use in a process or a class loader shows. */
class ColdStartTest {
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @Test
    void aProcessThatInfersWantsToReachNobody() throws Exception {
        assertThat(child()).contains("roots=2.0 wanted=[]");
    }

    /** The same process with DJL's reports allowed: the test above would see them. */
    @Test
    void theTestOfTheNetworkSeesReportsWhereTheyAreAllowed() throws Exception {
        assertThat(child("-Dai.djl.offline=false", "-DOPT_OUT_TRACKING=false"))
                .contains("roots=2.0 wanted=[http");
    }

    /** The library is unpacked into the temporary folder; a container may have none. */
    @Test
    void aLibraryThatCannotBeLoadedIsAClearRefusalAndNoLinkError() throws Exception {
        assertThat(run(1, "-Djava.io.tmpdir=/no/such/folder"))
                .contains("BackendUnavailable: ONNX Runtime's library cannot be loaded (/no/such")
                .contains("the temporary folder is not writable");
    }

    /** Two jobs of one session cluster, each with its own copy of the jars. */
    @Test
    void twoClassLoadersOfOneProcessBothInfer() throws Exception {
        String folder = TestBundles.folder("roots").toString();
        try (URLClassLoader first = loader();
                URLClassLoader second = loader()) {
            Class<?> one = first.loadClass(ColdStart.class.getName());
            Class<?> two = second.loadClass(ColdStart.class.getName());
            assertThat(one).isNotSameAs(two).isNotSameAs(ColdStart.class);

            for (Class<?> each : List.of(one, two, one)) {
                Object found = each.getMethod("infer", String.class).invoke(null, folder);
                assertThat((float[]) found).containsExactly(1, 2, 3, 4);
            }
            assertThat(ColdStart.infer(folder)).containsExactly(1, 2, 3, 4);
        }
    }

    private static URLClassLoader loader() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : CLASS_PATH.split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** Without what the build sets to keep the engine quiet. */
    private static String child(String... options) throws Exception {
        return run(0, options);
    }

    private static String run(int accepted, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", CLASS_PATH, ColdStart.class.getName()));
        command.add(TestBundles.folder("roots").toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("OPT_OUT_TRACKING");
        builder.environment().remove("DJL_OFFLINE");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(out).isEqualTo(accepted);
        return out;
    }
}
