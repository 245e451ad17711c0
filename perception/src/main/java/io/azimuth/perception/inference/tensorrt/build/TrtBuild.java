package io.azimuth.perception.inference.tensorrt.build;

import io.azimuth.perception.inference.tensorrt.seam.BuildRequest;
import io.azimuth.perception.inference.tensorrt.seam.JavaCppTrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtFailure;
import io.azimuth.perception.inference.tensorrt.seam.TrtNative;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What a build's process runs: one request read, one plan built, one outcome written, the end. */
public final class TrtBuild {
    private static final int FAILED = 1;

    private TrtBuild() {}

    /**
     * @param args index of the device, file of the request, file for the outcome
     */
    public static void main(String[] args) throws IOException {
        int code = run(JavaCppTrtNative::new, args);
        Runtime.getRuntime().halt(code); // no exit handler of a native library gets a word
    }

    static int run(Supplier<TrtNative> natives, String[] args) throws IOException {
        try {
            BuildRequest request = BuildWire.request(Files.readAllBytes(Path.of(args[1])));
            if (request == null) {
                say("the request cannot be read");
                return FAILED;
            }
            TrtNative trt = natives.get();
            trt.selectDevice(Integer.parseInt(args[0]));
            Files.write(Path.of(args[2]), BuildWire.of(trt.build(request)));
            return 0;
        } catch (TrtFailure | LinkageError e) {
            say(e.toString());
            return FAILED;
        }
    }

    /** To standard error, where the parent reads what a native library said last, too. */
    private static void say(String what) throws IOException {
        OutputStream out = new FileOutputStream(FileDescriptor.err);
        out.write((what + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
