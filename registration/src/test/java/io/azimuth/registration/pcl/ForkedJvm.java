package io.azimuth.registration.pcl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own, which may die without taking the tests along. */
final class ForkedJvm {
    private static final long SECONDS = 240;

    private final List<String> options = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");

    /** What is left of it. */
    record Remains(int exitStatus, List<String> output) {
        /** The last lines, for a message. */
        String tail() {
            return String.join(
                    "\n", output.subList(Math.max(0, output.size() - 15), output.size()));
        }
    }

    ForkedJvm withOptions(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Looks into this folder before everything else. */
    ForkedJvm withClassesFirst(Path folder) {
        classPath = folder + ":" + classPath;
        return this;
    }

    /** Looks into this folder instead of another. */
    ForkedJvm withClassesInstead(Path original, Path folder) {
        classPath = classPath.replace(original.toString(), folder.toString());
        return this;
    }

    Remains run(Class<?> main, Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash"));
        command.add("-XX:ErrorFile=" + folder.resolve("hs_err.log"));
        command.add("-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process = started(command, output);
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        main.getSimpleName() + " did not end: " + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Remains(process.exitValue(), Files.readAllLines(output));
    }

    private static Process started(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.start();
    }
}
