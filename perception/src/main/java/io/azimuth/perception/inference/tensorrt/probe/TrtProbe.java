package io.azimuth.perception.inference.tensorrt.probe;

import io.azimuth.perception.inference.tensorrt.seam.JavaCppTrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import io.azimuth.perception.inference.tensorrt.seam.TrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the probe's process runs: loads TensorRT, counts devices, writes one verdict, ends. */
public final class TrtProbe {
    /** CUDA 13 serves no older one. */
    static final int MIN_SM = 75;

    private static final int DRIVER_TOO_OLD = 35;
    private static final int NO_DEVICE = 100;
    private static final int CUDA_MAJOR = 1000;

    private TrtProbe() {}

    /** Writes the verdict to standard output. */
    public static void main(String[] args) throws IOException {
        String text = ProbeText.of(look(JavaCppTrtNative::new));
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        Runtime.getRuntime().halt(0); // no exit handler of a native library gets a word
    }

    /** In an order in which each step makes the next one safe. */
    static ProbeVerdict look(Supplier<TrtNative> natives) {
        try {
            TrtNative trt = natives.get();
            TrtVersions versions = trt.versions();
            if (versions.cudaDriver() == 0) {
                return ProbeVerdict.unusable(
                        "there is no NVIDIA driver that runs; needed is one for CUDA "
                                + TrtVersions.cudaText(versions.cudaRuntime()));
            }
            if (versions.cudaDriver() / CUDA_MAJOR < versions.cudaRuntime() / CUDA_MAJOR) {
                return ProbeVerdict.unusable(
                        "the NVIDIA driver serves CUDA %s, needed is %s: install a newer driver"
                                .formatted(
                                        TrtVersions.cudaText(versions.cudaDriver()),
                                        TrtVersions.cudaText(versions.cudaRuntime())));
            }
            return devices(trt, versions);
        } catch (TrtFailure e) {
            return ProbeVerdict.unusable(advice(e));
        } catch (LinkageError e) { // includes UnsatisfiedLinkError and NoClassDefFoundError
            return ProbeVerdict.unusable(MissingLibrary.advice(e));
        }
    }

    private static ProbeVerdict devices(TrtNative trt, TrtVersions versions) {
        int count = trt.deviceCount();
        List<TrtDevice> usable = new ArrayList<>();
        List<String> tooOld = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TrtDevice device = trt.device(i);
            if (device.sm() >= MIN_SM) {
                usable.add(device);
            } else {
                tooOld.add(
                        device.name()
                                + " (compute capability %d.%d)"
                                        .formatted(device.smMajor(), device.smMinor()));
            }
        }
        if (!usable.isEmpty()) {
            return ProbeVerdict.usable(versions, usable);
        }
        if (!tooOld.isEmpty()) {
            return ProbeVerdict.unusable(
                    "no GPU is new enough: found %s, needed is compute capability 7.5"
                            .formatted(tooOld));
        }
        return ProbeVerdict.unusable(noDevice());
    }

    private static String advice(TrtFailure failure) {
        return switch (failure.code()) {
            case DRIVER_TOO_OLD ->
                    "the NVIDIA driver is missing or too old (%s): install one for CUDA 13"
                            .formatted(failure.getMessage());
            case NO_DEVICE -> noDevice();
            default -> failure.getMessage() + ": see nvidia-smi and the kernel's log";
        };
    }

    private static String noDevice() {
        return "no GPU is visible: check nvidia-smi, CUDA_VISIBLE_DEVICES, and that the container"
                + " was started with its GPUs";
    }
}
