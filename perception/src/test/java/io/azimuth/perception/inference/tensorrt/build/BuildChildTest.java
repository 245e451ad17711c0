package io.azimuth.perception.inference.tensorrt.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.onnxruntime.TestBundles;
import io.azimuth.perception.inference.tensorrt.ManualTicker;
import io.azimuth.perception.inference.tensorrt.plan.BuildDied;
import io.azimuth.perception.inference.tensorrt.plan.PlanBuilder;
import io.azimuth.perception.inference.tensorrt.plan.PlanStore;
import io.azimuth.perception.inference.tensorrt.probe.TrtAvailability;
import io.azimuth.perception.inference.tensorrt.seam.BuildOutcome;
import io.azimuth.perception.inference.tensorrt.seam.BuildRequest;
import io.azimuth.perception.inference.tensorrt.seam.ScriptedTrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What builders do to the process that wants a plan: nothing. */
class BuildChildTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final BuildRequest REQUEST =
            new BuildRequest(
                    new byte[] {1, 2, 3},
                    List.of(
                            new BuildRequest.Range(
                                    "x", List.of(1L, 4L), List.of(2L, 4L), List.of(8L, 4L))),
                    1L << 30,
                    3,
                    true,
                    new byte[] {9});

    @TempDir private Path folder;

    /** A child that is a script; its arguments are device, request and outcome. */
    private BuildChild shell(String script, Duration limit) {
        return new BuildChild(List.of("/bin/sh", "-c", script, "build"), folder, 0, limit);
    }

    @Test
    void aBuilderThatCrashesIsNamedWithItsSignalAndARemedy() {
        assertThatThrownBy(() -> shell("echo out of luck >&2; kill -SEGV $$", LONG).apply(REQUEST))
                .isInstanceOf(BuildDied.class)
                .hasMessageContaining("crashed with signal 11")
                .hasMessageContaining("azimuth doctor")
                .hasMessageContaining("it said: out of luck");
        assertThatThrownBy(() -> shell("kill -KILL $$", LONG).apply(REQUEST))
                .hasMessageContaining("signal 9")
                .hasMessageContaining("no memory left");
        assertThat(left()).isEmpty();
    }

    @Test
    void aBuilderThatHangsIsEndedInTime() {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> shell("exec sleep 100", Duration.ofMillis(300)).apply(REQUEST))
                .isInstanceOf(BuildDied.class)
                .hasMessageContaining("was ended")
                .hasMessageContaining("nvidia-smi");
        assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
        assertThat(left()).isEmpty();
    }

    @Test
    void garbageFloodsAndSilenceAreNoOutcome() {
        for (String script :
                List.of(
                        "true",
                        "echo garbage > $3",
                        "head -c 3000000 /dev/zero > $3",
                        "cat $2 > $3", // whole, but a request
                        "head -c 3000000 /dev/zero; true")) {
            assertThatThrownBy(() -> shell(script, LONG).apply(REQUEST))
                    .as(script)
                    .isInstanceOf(BuildDied.class)
                    .hasMessageContaining("without an outcome that can be read");
        }
        assertThatThrownBy(() -> shell("exit 7", LONG).apply(REQUEST))
                .hasMessageContaining("ended with code 7");
        assertThatThrownBy(
                        () ->
                                new BuildChild(List.of("/no/such/java"), folder, 0, LONG)
                                        .apply(REQUEST))
                .isInstanceOf(BackendUnavailable.class)
                .hasMessageContaining("no process could be started");
        assertThat(left()).isEmpty();
    }

    @Test
    void anInterruptEndsTheBuilderAndIsKept() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> shell("exec sleep 100", LONG).apply(REQUEST))
                    .isInstanceOf(BackendUnavailable.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whatCrashedIsNotTriedAgainForAnHour() {
        ManualTicker ticker = new ManualTicker();
        PlanStore store = PlanStore.open(folder.resolve("plans"), 1L << 20, ticker);
        PlanBuilder builder =
                new PlanBuilder(
                        store,
                        ticker,
                        shell("echo x >> " + folder + "/tries; kill -SEGV $$", LONG));
        TrtVersions versions = new TrtVersions(110201, 110201, 13030, 13030);
        TrtDevice gpu = new TrtDevice(0, "Some GPU", 8, 9, 128, 1L << 34, "");
        assertThatThrownBy(() -> builder.plan("net", "sha", REQUEST, versions, gpu))
                .isInstanceOf(BackendUnavailable.class)
                .hasMessageContaining("no plan of network 'net'")
                .hasMessageContaining("signal 11");
        assertThatThrownBy(() -> builder.plan("net", "sha", REQUEST, versions, gpu))
                .hasMessageContaining("the next try is after an hour");
        assertThat(folder.resolve("tries")).hasContent("x");
    }

    @Test
    void aChildOfTheSameClassesBuildsWhatThisProcessWould() throws IOException {
        byte[] onnx = TestBundles.read("tiny").network();
        BuildRequest request = new BuildRequest(onnx, List.of(), 1, 1, false, new byte[0]);
        ScriptedTrtNative here = new ScriptedTrtNative();
        here.selectDevice(0);
        List<String> command = TrtAvailability.childJvm("64m", ScriptedBuild.class.getName());

        BuildOutcome outcome = new BuildChild(command, folder, 0, LONG).apply(request);

        assertThat(outcome.plan()).isEqualTo(here.build(request).plan());
        assertThat(outcome.timingCache()).containsExactly(7);
        assertThat(left()).isEmpty();
    }

    /** The program of a child whose device is scripted. */
    static final class ScriptedBuild {
        private ScriptedBuild() {}

        public static void main(String[] args) throws IOException {
            System.exit(TrtBuild.run(ScriptedTrtNative::new, args));
        }
    }

    @Test
    void theRealChildSaysHereWhatIsMissing() {
        assertThatThrownBy(() -> BuildChild.ofThisJvm(folder, 0).apply(REQUEST))
                .isInstanceOf(BuildDied.class)
                .hasMessageContaining("ended with code 1")
                .hasMessageContaining("UnsatisfiedLinkError");
    }

    @Test
    void requestsAndOutcomesComeThroughAsTheyWereOrNotAtAll() {
        byte[] wire = BuildWire.of(REQUEST);
        BuildRequest found = BuildWire.request(wire);
        assertThat(found).usingRecursiveComparison().isEqualTo(REQUEST);
        BuildOutcome outcome =
                new BuildOutcome(new byte[] {5, 6}, new byte[0], List.of("a"), List.of("b", "c"));
        assertThat(BuildWire.outcome(BuildWire.of(outcome)))
                .usingRecursiveComparison()
                .isEqualTo(outcome);
        assertThat(BuildWire.outcome(wire)).isNull();
        for (int i = 0; i < wire.length; i++) {
            byte[] spoilt = wire.clone();
            spoilt[i] ^= 1;
            assertThat(BuildWire.request(spoilt)).as("byte %d", i).isNull();
            assertThat(BuildWire.request(Arrays.copyOf(wire, i))).as("%d bytes", i).isNull();
        }
    }

    private List<Path> left() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.toString().endsWith(".part")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
