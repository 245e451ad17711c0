package io.azimuth.perception.inference.tensorrt.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.inference.tensorrt.seam.ScriptedTrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What children do to their parent: nothing. */
class ProbeTest {
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final TrtVersions GOOD = new TrtVersions(110201, 110201, 13030, 13030);
    private static final TrtDevice GPU =
            new TrtDevice(0, "Some\tGPU\n", 8, 9, 128, 1L << 34, "0000:01:00");

    @TempDir private Path folder;

    private static ProbeVerdict shell(String script, Duration limit) {
        return ProbeChild.run(List.of("/bin/sh", "-c", script), limit);
    }

    @Test
    void aChildThatCrashesIsUnavailableWithItsSignal() {
        ProbeVerdict verdict = shell("kill -SEGV $$", LIMIT);

        assertThat(verdict.available()).isFalse();
        assertThat(verdict.lasting()).isFalse();
        assertThat(verdict.reason()).contains("crashed with signal 11");
    }

    @Test
    void aChildThatHangsIsEndedInTime() {
        long begun = System.nanoTime();
        ProbeVerdict verdict = shell("exec sleep 100", Duration.ofMillis(300));

        assertThat(verdict.reason()).contains("did not answer within 300 ms");
        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
    }

    @Test
    void garbageHalfAnswersAndFloodsAreNoAnswer() {
        String good = ProbeText.of(ProbeVerdict.usable(GOOD, List.of(GPU)));
        assertThat(ProbeText.read(good)).isNotNull();
        for (String cut :
                List.of(
                        "",
                        "garbage\n",
                        good.substring(0, good.length() - 5),
                        good.replace("13030", "13x30"),
                        good.replace("device\t0", "device"),
                        good.replace("versions", "wersions"),
                        good.replace("device\t0", "devices\t0"),
                        ProbeText.of(new ProbeVerdict(GOOD, List.of(), "", true)),
                        ProbeText.of(new ProbeVerdict(GOOD, List.of(GPU), "but", true)))) {
            assertThat(ProbeText.read(cut)).as(cut).isNull();
        }
        assertThat(shell("echo hello", LIMIT).reason()).contains("an answer that is none");
        assertThat(shell("head -c 3000000 /dev/zero", LIMIT).reason()).contains("that is none");
        assertThat(shell("exit 7", LIMIT).reason()).contains("ended with code 7");
        assertThat(ProbeChild.run(List.of("/no/such/java"), LIMIT).reason())
                .contains("did not start");
    }

    @Test
    void aVerdictComesThroughTextAsItWas() {
        ProbeVerdict usable = ProbeVerdict.usable(GOOD, List.of(GPU, GPU));
        ProbeVerdict found = ProbeText.read("noise\n" + ProbeText.of(usable) + "noise\n");

        assertThat(found.available()).isTrue();
        assertThat(found.versions()).isEqualTo(GOOD);
        assertThat(found.devices()).hasSize(2);
        assertThat(found.devices().get(0).name()).isEqualTo("Some GPU ");
        assertThat(found.devices().get(0).memoryBytes()).isEqualTo(1L << 34);
    }

    @Test
    void theRealChildSaysHereWhatIsMissing() {
        ProbeVerdict verdict =
                ProbeChild.run(TrtAvailability.command(TrtAvailability.classPath()), LIMIT);

        assertThat(verdict.available()).isFalse();
        assertThat(verdict.lasting()).as(verdict.reason()).isTrue();
        assertThat(verdict.reason()).contains("class path").contains("-Pgpu");
    }

    @Test
    void theJvmsOwnAnswerNamesTheRemedy() {
        assertThat(TrtAvailability.verdict().available()).isFalse();
        assertThat(TrtAvailability.verdict().reason()).contains("-Pgpu").contains("engine=cpu");
    }

    @Test
    void driversAndDevicesThatDoNotServeAreNamed() {
        assertThat(look(new TrtVersions(110201, 110201, 13030, 0), GPU))
                .contains("no NVIDIA driver");
        assertThat(look(new TrtVersions(110201, 110201, 13030, 12080), GPU))
                .contains("serves CUDA 12.8, needed is 13.3");
        assertThat(look(GOOD)).contains("no GPU is visible");
        TrtDevice old = new TrtDevice(0, "Old", 7, 0, 80, 1L << 34, "");
        assertThat(look(GOOD, old)).contains("Old (compute capability 7.0)").contains("7.5");
        assertThat(look(GOOD, old, GPU)).isEmpty();
        assertThat(look(new TrtVersions(110201, 110201, 13030, 13000), GPU)).isEmpty();
    }

    private static String look(TrtVersions versions, TrtDevice... devices) {
        ScriptedTrtNative trt = new ScriptedTrtNative();
        trt.host(versions, devices);
        return TrtProbe.look(() -> trt).reason();
    }

    @Test
    void codesOfCudaBecomeAdvice() {
        for (int[] row : new int[][] {{35, 0}, {100, 1}, {999, 2}}) {
            ScriptedTrtNative trt = new ScriptedTrtNative();
            trt.failAt(2, row[0]); // deviceCount
            String reason = TrtProbe.look(() -> trt).reason();
            assertThat(reason)
                    .contains(List.of("too old", "no GPU is visible", "nvidia-smi").get(row[1]));
        }
    }

    @Test
    void aMissingLibraryIsNamedWithWhoBringsIt() {
        assertThat(missing("libcuda.so.1: cannot open shared object file"))
                .isEqualTo("libcuda.so.1 cannot be loaded: install the NVIDIA driver");
        assertThat(missing("/c/libjnicudart.so: libcuda.so.1: cannot open shared object file: No"))
                .isEqualTo("libcuda.so.1 cannot be loaded: install the NVIDIA driver");
        assertThat(missing("libcublas.so.13: cannot open")).contains("libraries of CUDA 13");
        assertThat(missing("libcudnn_ops.so.9: cannot open")).contains("cuDNN 9");
        assertThat(missing("libnvinfer.so.11: cannot open")).contains("TensorRT 11.2");
        assertThat(missing("/lib/libc.so.6: version `GLIBC_2.38' not found"))
                .contains("GLIBC_2.38");
    }

    private static String missing(String said) {
        return TrtProbe.look(
                        () -> {
                            throw new ExceptionInInitializerError(new UnsatisfiedLinkError(said));
                        })
                .reason();
    }

    @Test
    void aVerdictIsKeptForTheSameHostOnlyAndACrashNotAtAll() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ProbeVerdict usable = ProbeVerdict.usable(GOOD, List.of(GPU));
        String state = ProbeMemory.hostState("a.jar");
        for (int i = 0; i < 3; i++) {
            ProbeVerdict found =
                    new ProbeMemory(folder, state)
                            .recall(
                                    () -> {
                                        asked.incrementAndGet();
                                        return usable;
                                    });
            assertThat(found.available()).isTrue();
        }
        assertThat(asked).hasValue(1);
        assertThat(ProbeMemory.hostState("a.jar")).isEqualTo(state);
        assertThat(ProbeMemory.hostState("b.jar")).isNotEqualTo(state);

        ProbeMemory other = new ProbeMemory(folder, ProbeMemory.hostState("b.jar"));
        other.recall(() -> ProbeVerdict.failed("crashed"));
        other.recall(
                () -> {
                    asked.incrementAndGet();
                    return usable;
                });
        assertThat(asked).hasValue(2);
        Files.writeString(folder.resolve("probe-" + state.substring(0, 32) + ".txt"), "spoilt");
        new ProbeMemory(folder, state)
                .recall(
                        () -> {
                            asked.incrementAndGet();
                            return usable;
                        });
        assertThat(asked).hasValue(3);
    }

    @Test
    void aVerdictThatOthersCouldHaveWrittenIsNotBelieved() throws Exception {
        ProbeVerdict usable = ProbeVerdict.usable(GOOD, List.of(GPU));
        ProbeVerdict no = ProbeVerdict.unusable("asked again");
        String state = ProbeMemory.hostState("a.jar");
        Path own = folder.resolve("own");
        new ProbeMemory(own, state).recall(() -> usable);
        Path file = own.resolve("probe-" + state.substring(0, 32) + ".txt");
        assertThat(new ProbeMemory(own, state).recall(() -> no).available()).isTrue();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(new ProbeMemory(own, state).recall(() -> no).available()).isFalse();

        new ProbeMemory(own, state).recall(() -> usable);
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(open.resolve(file.getFileName()), ProbeText.of(usable));
        assertThat(new ProbeMemory(open, state).recall(() -> no).available()).isFalse();
    }

    @Test
    void theFirstProbeHasTimeToUnpackNativesLaterOnesHaveNot() {
        Duration first = Duration.ofMinutes(3);
        Path own = folder.resolve("first");
        assertThat(ProbeMemory.limit(own, "a.jar", LIMIT, first)).isEqualTo(first);
        ProbeMemory.noteAnswer(own, "a.jar");
        ProbeMemory.noteAnswer(own, "a.jar");
        assertThat(ProbeMemory.limit(own, "a.jar", LIMIT, first)).isEqualTo(LIMIT);
        assertThat(ProbeMemory.limit(own, "b.jar", LIMIT, first)).isEqualTo(first);
    }
}
