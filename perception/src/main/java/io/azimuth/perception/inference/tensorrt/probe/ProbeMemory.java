package io.azimuth.perception.inference.tensorrt.probe;

import io.azimuth.perception.inference.tensorrt.plan.OwnFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts on disk, one for each state of the host: boot, driver, libraries, class path, visible
 * devices. A file that cannot be read or written only costs another probe.
 */
final class ProbeMemory {
    private static final List<String> HOST_FILES =
            List.of("/proc/sys/kernel/random/boot_id", "/proc/driver/nvidia/version");
    private static final List<String> VARIABLES =
            List.of("LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES");

    private final Path folder;
    private final String state;

    ProbeMemory(Path folder, String state) {
        this.folder = folder;
        this.state = state;
    }

    /** What a verdict holds for, as a digest. */
    static String hostState(String classPath) {
        List<String> parts = new ArrayList<>();
        for (String file : HOST_FILES) {
            parts.add(content(Path.of(file)));
        }
        for (String variable : VARIABLES) {
            parts.add(String.valueOf(System.getenv(variable)));
        }
        parts.add(changed(Path.of("/etc/ld.so.cache"))); // new when libraries were installed
        parts.add(classPath);
        return sha256(String.join("\0", parts));
    }

    /** The verdict of this state, asked for if there is none. */
    ProbeVerdict recall(Supplier<ProbeVerdict> probe) {
        ProbeVerdict known = read();
        if (known != null) {
            return known;
        }
        ProbeVerdict found = probe.get();
        if (found.lasting()) {
            write(found);
        }
        return found;
    }

    private Path file() {
        return folder.resolve("probe-" + state.substring(0, 32) + ".txt");
    }

    /** Only from a file that nobody else can write: a false "usable" would end this process. */
    private @Nullable ProbeVerdict read() {
        try {
            boolean there = Files.exists(folder) && OwnFolder.open(folder).holds(file());
            return there ? ProbeText.read(Files.readString(file())) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private void write(ProbeVerdict verdict) {
        try {
            Path part = OwnFolder.open(folder).newPart("probe");
            Files.writeString(part, ProbeText.of(verdict));
            Files.move(
                    part,
                    file(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return; // the next process asks again
        }
    }

    /**
     * How long a probe may take: the first one with a class path unpacks natives of more than a
     * gigabyte before it can ask anything, and one that is ended meanwhile has to begin anew.
     *
     * @param usual once a probe has answered here
     * @param first before
     */
    static Duration limit(Path folder, String classPath, Duration usual, Duration first) {
        return Files.exists(answered(folder, classPath)) ? usual : first;
    }

    /** A probe with this class path has answered, whatever it said. */
    static void noteAnswer(Path folder, String classPath) {
        try {
            Files.createFile(
                    OwnFolder.open(folder)
                            .path()
                            .resolve(answered(folder, classPath).getFileName()));
        } catch (IOException e) {
            return; // it is there already, or the next process has as much time
        }
    }

    private static Path answered(Path folder, String classPath) {
        return folder.resolve("answered-" + sha256(classPath).substring(0, 32) + ".txt");
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "none";
        }
    }

    private static String changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toString();
        } catch (IOException e) {
            return "none";
        }
    }
}
