package io.azimuth.jobs.gpucheck;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.Precision;
import io.azimuth.perception.inference.tensorrt.TrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import io.azimuth.perception.inference.tensorrt.probe.ProbeVerdict;
import io.azimuth.perception.inference.tensorrt.probe.TrtAvailability;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import io.azimuth.perception.invariant.network.CropEncoders;
import io.azimuth.perception.polar.PolarModels;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proves TensorRT on the host it runs on: every shipped network built in every precision that its
 * bundle has, compared with float32 on the CPU and timed. One table on standard output, one JSON in
 * the file named by the first argument; the second one, if there is one, names PyTorch's times.
 * Ends with 0 if all is well, 1 if something fails, 3 if there is no usable GPU.
 */
public final class GpuCheck {
    private static final int FAILED = 1;
    private static final int NO_GPU = 3;
    private static final int RUNS = 1000;
    private static final int[] BATCHES = {1, 8, 32};
    private static final ObjectMapper JSON = new ObjectMapper();

    private GpuCheck() {}

    public static void main(String[] args) throws IOException {
        PrintWriter out =
                new PrintWriter(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        TorchTimes torch = TorchTimes.read(args.length < 2 ? null : Path.of(args[1]));
        int code =
                run(
                        TrtAvailability.verdict(),
                        torch,
                        out,
                        args.length == 0 ? null : Path.of(args[0]));
        out.flush();
        System.exit(code);
    }

    static int run(ProbeVerdict verdict, TorchTimes torch, PrintWriter out, @Nullable Path jsonFile)
            throws IOException {
        ObjectNode report = describe(verdict).put("torch", torch.version());
        int code = NO_GPU;
        if (!verdict.available()) {
            out.println("no usable GPU: " + verdict.reason());
        } else {
            code = measure(report, torch, out) ? 0 : FAILED;
        }
        report.put("exit", code);
        if (jsonFile != null) {
            Files.writeString(jsonFile, report.toPrettyString() + "\n");
        }
        return code;
    }

    private static ObjectNode describe(ProbeVerdict verdict) {
        ObjectNode report = JSON.createObjectNode();
        TrtVersions v = verdict.versions();
        report.put("usable", verdict.available()).put("reason", verdict.reason());
        report.put("tensorRt", v.tensorRtText()).put("onnxParser", v.parser());
        report.put("cudaRuntime", TrtVersions.cudaText(v.cudaRuntime()));
        report.put("cudaDriver", TrtVersions.cudaText(v.cudaDriver()));
        report.put("java", Runtime.version().toString());
        ArrayNode devices = report.putArray("devices");
        verdict.devices()
                .forEach(
                        d ->
                                devices.addObject()
                                        .put("index", d.index())
                                        .put("name", d.name())
                                        .put("computeCapability", d.smMajor() + "." + d.smMinor())
                                        .put("multiprocessors", d.multiprocessors())
                                        .put("memoryBytes", d.memoryBytes())
                                        .put("pci", d.pciId()));
        return report;
    }

    /** The networks that come with the engine: detectors, second stages, then crop encoders. */
    static List<ModelBundle> shipped() {
        List<ModelBundle> out = new ArrayList<>();
        PolarModels.SHIPPED.forEach(name -> out.add(PolarModels.read(name)));
        PolarModels.REFINERS.forEach(name -> out.add(PolarModels.readRefiner(name)));
        CropEncoders.shipped().forEach(name -> out.add(CropEncoders.read(name)));
        return out;
    }

    private static boolean measure(ObjectNode report, TorchTimes torch, PrintWriter out) {
        ArrayNode rows = report.putArray("networks");
        boolean well = true;
        out.println(NetworkTrial.HEADER);
        for (ModelBundle bundle : shipped()) {
            for (int batch : batches(bundle)) {
                for (NetworkTrial trial : trials(TrialRows.of(bundle, batch))) {
                    trial.put(rows.addObject(), torch);
                    out.println(trial.line(torch));
                    well &= trial.failure().isEmpty();
                }
            }
        }
        return well;
    }

    /** 1, 8 and 32 rows, or as many as the bundle accepts. */
    static int[] batches(ModelBundle bundle) {
        int most = bundle.manifest().limits().maxBatch();
        return Arrays.stream(BATCHES).map(rows -> Math.min(rows, most)).distinct().toArray();
    }

    private static List<NetworkTrial> trials(TrialRows rows) {
        List<NetworkTrial> out = new ArrayList<>();
        for (Precision precision : rows.bundle().precisions()) {
            for (boolean graphs : new boolean[] {false, true}) {
                TrtOptions options =
                        TrtOptions.defaults().withGraphs(graphs).withPrecision(precision);
                out.add(NetworkTrial.run(new TrtBackend(options), precision, graphs, rows, RUNS));
            }
        }
        return out;
    }
}
