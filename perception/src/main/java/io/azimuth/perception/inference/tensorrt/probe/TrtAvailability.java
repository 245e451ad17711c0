package io.azimuth.perception.inference.tensorrt.probe;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The one answer of this JVM to whether TensorRT can be used. Thread-safe, never throws. */
public final class TrtAvailability {
    /** System property: the folder for verdicts and plans; by default in the user's cache. */
    public static final String FOLDER_PROPERTY = "azimuth.tensorrt.cache";

    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Duration FIRST_LIMIT = Duration.ofMinutes(3);
    private static final String JAVACPP_CACHE = "org.bytedeco.javacpp.cachedir";
    private static final String NATIVES = "org/bytedeco/tensorrt/linux-x86_64/libjninvinfer.so";

    private TrtAvailability() {}

    private static final class Holder {
        static final ProbeVerdict VERDICT = ask();
    }

    /**
     * The verdict; the first call may take some seconds, as another process is asked, and the first
     * one on a host with the natives some minutes, as they are unpacked.
     */
    public static ProbeVerdict verdict() {
        return Holder.VERDICT;
    }

    /** Where verdicts and plans are kept. */
    public static Path folder() {
        String given = System.getProperty(FOLDER_PROPERTY);
        if (given != null) {
            return Path.of(given);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache);
        return base.resolve("azimuth").resolve("tensorrt");
    }

    private static ProbeVerdict ask() {
        ClassLoader loader = TrtAvailability.class.getClassLoader();
        if (loader.getResource(NATIVES) == null) { // the default build: no process is needed
            return ProbeVerdict.unusable(
                    "TensorRT's natives are not on the class path: build with -Pgpu on a host with an"
                            + " NVIDIA GPU (Linux, x86-64), or choose engine=cpu");
        }
        String classPath = classPath();
        return new ProbeMemory(folder(), ProbeMemory.hostState(classPath))
                .recall(() -> probe(classPath));
    }

    private static ProbeVerdict probe(String classPath) {
        Duration limit = ProbeMemory.limit(folder(), classPath, LIMIT, FIRST_LIMIT);
        ProbeVerdict found = ProbeChild.run(command(classPath), limit);
        if (found.lasting()) {
            ProbeMemory.noteAnswer(folder(), classPath);
        }
        return found;
    }

    /** A small JVM: it lives half a second. */
    static List<String> command(String classPath) {
        List<String> out = new ArrayList<>(javaCommand("64m", classPath));
        out.add(TrtProbe.class.getName());
        return out;
    }

    /**
     * How to start a JVM that may crash, with all that this one finds of ours and of the natives.
     *
     * @param heap its size as {@code -Xmx} takes it
     * @param main its main class
     */
    public static List<String> childJvm(String heap, String main) {
        List<String> out = new ArrayList<>(javaCommand(heap, classPath()));
        out.add(main);
        return out;
    }

    private static List<String> javaCommand(String heap, String classPath) {
        List<String> out = new ArrayList<>();
        out.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        out.addAll(
                List.of(
                        "-Xmx" + heap,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=/dev/null"));
        String cache = System.getProperty(JAVACPP_CACHE);
        if (cache != null) { // natives unpacked once serve all
            out.add("-D" + JAVACPP_CACHE + "=" + cache);
        }
        out.addAll(List.of("-cp", classPath));
        return out;
    }

    /**
     * The class path of this JVM and what it lacks of ours: in a cluster, job classes have their
     * own loader.
     */
    static String classPath() {
        Set<String> entries = new LinkedHashSet<>();
        for (String name :
                List.of(
                        TrtProbe.class.getName(),
                        "org.bytedeco.javacpp.Pointer",
                        "org.bytedeco.cuda.cudart.CUstream_st",
                        "org.bytedeco.tensorrt.nvinfer.IRuntime")) {
            entries.addAll(placeOf(name));
        }
        entries.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
        return String.join(File.pathSeparator, entries);
    }

    /** Where a class comes from, found without running its initializer. */
    private static List<String> placeOf(String name) {
        List<String> out = new ArrayList<>();
        try {
            Class<?> c = Class.forName(name, false, TrtAvailability.class.getClassLoader());
            CodeSource source = c.getProtectionDomain().getCodeSource();
            if (source != null && source.getLocation() != null) {
                out.add(Path.of(source.getLocation().toURI()).toString());
            }
        } catch (ClassNotFoundException | LinkageError | URISyntaxException e) {
            return out; // the probe will say what is missing
        }
        return out;
    }
}
