package io.azimuth.perception.inference.tensorrt.probe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which library a failed link wants, and who brings it. */
final class MissingLibrary {
    private static final Pattern NAME = Pattern.compile("lib[A-Za-z0-9_]+\\.so[.0-9]*");

    /** The loader names the library that wants another one first: {@code liba.so: libb.so: ...}. */
    private static final Pattern CANNOT_OPEN =
            Pattern.compile("(lib\\w+\\.so[.0-9]*): cannot open");

    private static final Pattern GLIBC = Pattern.compile("GLIBC(XX)?_[0-9.]+");

    private MissingLibrary() {}

    static String advice(LinkageError failure) {
        String said = innermost(failure);
        Matcher glibc = GLIBC.matcher(said);
        if (said.contains("not found") && glibc.find()) {
            return "the system's C library is too old for TensorRT, which needs " + glibc.group();
        }
        Matcher wanted = CANNOT_OPEN.matcher(said);
        Matcher named = NAME.matcher(said);
        String library = wanted.find() ? wanted.group(1) : named.find() ? named.group() : "";
        if (!library.isEmpty()) {
            return "%s cannot be loaded: %s".formatted(library, bringer(library));
        }
        return "TensorRT's natives are not on the class path (%s): build with -Pgpu on a host with"
                .concat(" a GPU")
                .formatted(said);
    }

    private static String bringer(String library) {
        if (library.startsWith("libcuda.so") || library.startsWith("libnvidia")) {
            return "install the NVIDIA driver";
        }
        if (library.startsWith("libcudnn")) {
            return "install cuDNN 9 for CUDA 13";
        }
        if (library.startsWith("libnvinfer") || library.startsWith("libnvonnxparser")) {
            return "install TensorRT 11.2, or build with -Pgpu";
        }
        if (library.startsWith("libcu") || library.startsWith("libnv")) {
            return "install the libraries of CUDA 13 (libcublas, libnvrtc)";
        }
        return "install it, or put its folder into LD_LIBRARY_PATH";
    }

    private static String innermost(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }
}
