package io.azimuth.registration.pcl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;

/**
 * Whether PCL can be used in this process, found out once. Thread-safe.
 *
 * <p>A native library belongs to one class loader of a process. Where several load this package (as
 * Flink does for each job), put this jar and JavaCPP's where they are loaded once: Flink's {@code
 * lib/} folder.
 */
public final class PclRuntime {
    /** What brings the shared libraries that are needed, on Debian 12. */
    public static final String INSTALL =
            "apt-get install --no-install-recommends libpcl-registration1.13"
                    + " libpcl-segmentation1.13";

    private static final String LIBRARY = "linux-x86_64/libjniAzPclNative.so";
    private static final String VERSION = "1.13.0";
    private static final Pattern MISSING =
            Pattern.compile("(lib[\\w.+-]+\\.so[\\w.]*): cannot open shared object file");

    private PclRuntime() {}

    /** Computed when first asked for; a failed load stays failed for the life of the process. */
    private static final class Holder {
        static final PclStatus STATUS = look();
    }

    /**
     * Loads the library and lets it find neighbours and a plane among 32 points. Never throws; the
     * first call takes about a second, later ones nothing.
     */
    public static PclStatus probe() {
        return Holder.STATUS;
    }

    /**
     * Demands PCL.
     *
     * @param what needs it, as the user wrote it: {@code refiner pcl-gicp}
     * @throws PclUnavailable if it cannot be used
     */
    public static void require(String what) {
        PclStatus status = probe();
        if (!status.available()) {
            throw new PclUnavailable(
                    "%s needs PCL 1.13, not usable here: %s%n  install: %s"
                            .formatted(what, status.reason(), INSTALL));
        }
    }

    /** Native clouds that are not closed yet; 0 if PCL cannot be used. */
    public static long liveClouds() {
        return probe().available() ? AzPclNative.liveClouds() : 0;
    }

    private static PclStatus look() {
        String os = System.getProperty("os.name", "");
        String arch = System.getProperty("os.arch", "");
        if (!os.equals("Linux") || !(arch.equals("amd64") || arch.equals("x86_64"))) {
            return PclStatus.unusable(
                    "built for Linux on x86-64 only, this is %s on %s".formatted(os, arch),
                    List.of());
        }
        if (PclRuntime.class.getResource(LIBRARY) == null) {
            return PclStatus.unusable(
                    "this build has no native part; build it with mvn -Ppcl (deploy/native/pcl"
                            + " build brings the compiler and headers)",
                    List.of());
        }
        try {
            Loader.load(AzPclNative.class);
            return selfTested();
        } catch (LinkageError | RuntimeException failure) {
            return failed(failure);
        }
    }

    private static PclStatus selfTested() {
        int abi = AzPclNative.abiVersion();
        String version = AzPclNative.pclVersion();
        if (abi != AzPclNative.ABI || !VERSION.equals(version)) {
            return PclStatus.unusable(
                    "the native part is of another build: interface %d over PCL %s, expected %d over %s"
                            .formatted(abi, version, AzPclNative.ABI, VERSION),
                    List.of());
        }
        String wrong = SelfTest.run();
        return wrong.isEmpty()
                ? PclStatus.usable(version)
                : PclStatus.unusable("self-test failed: " + wrong, List.of());
    }

    /** The loader's own error names a path of Java's; what is missing stands in a cause. */
    private static PclStatus failed(Throwable failure) {
        List<String> missing = new ArrayList<>();
        String reason = "";
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            Matcher found = MISSING.matcher(message);
            while (found.find()) {
                if (!missing.contains(found.group(1))) {
                    missing.add(found.group(1));
                }
            }
            reason = message;
        }
        if (!missing.isEmpty()) {
            reason = missing.get(0) + ": cannot open shared object file";
        } else if (reason.contains("already loaded in another classloader")) {
            reason += "; put this jar and javacpp's into Flink's lib/ folder";
        }
        return PclStatus.unusable(reason.strip(), missing);
    }
}
