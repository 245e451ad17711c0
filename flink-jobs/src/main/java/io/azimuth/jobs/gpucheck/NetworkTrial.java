package io.azimuth.jobs.gpucheck;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtBackend;
import io.azimuth.perception.inference.tensorrt.TrtOptions;
import java.util.Arrays;
import java.util.List;

/**
 * One network on the GPU with one size of batch.
 *
 * @param loadMillis reading or building the plan, golden runs included
 * @param maxAbsError over all outputs, against ONNX Runtime on the same rows
 * @param failure what went wrong, wrong results included; empty if nothing did
 */
record NetworkTrial(
        String network,
        int batch,
        boolean graphs,
        double loadMillis,
        double p50Micros,
        double p99Micros,
        double maxAbsError,
        long graphLaunches,
        String failure) {
    static final String HEADER =
            "%-8s %-9s %5s %6s %10s %9s %9s %11s"
                    .formatted(
                            "network",
                            "precision",
                            "batch",
                            "graph",
                            "load ms",
                            "p50 us",
                            "p99 us",
                            "max error");

    private static final int WARM_UP = 50;
    private static final int RUNS = 1000;

    /** Never throws over what the GPU does: that is what is looked for. */
    static NetworkTrial run(ModelBundle bundle, TrtOptions options, int batch) {
        TrtBackend gpu = new TrtBackend(options);
        String name = bundle.manifest().name();
        long begun = System.nanoTime();
        try (LoadedModel model = gpu.load(bundle, new LoadOptions(batch));
                Lease lease = model.acquire()) {
            double loadMillis = 1e-6 * (System.nanoTime() - begun);
            fill(bundle, lease, batch);
            long graphsBefore = gpu.stats().graphLaunches();
            double[] micros = time(lease, batch);
            Deviation off = deviation(bundle, lease, batch);
            long launches = gpu.stats().graphLaunches() - graphsBefore;
            return new NetworkTrial(
                    name,
                    batch,
                    options.graphs(),
                    loadMillis,
                    micros[RUNS / 2],
                    micros[(int) (0.99 * (RUNS - 1))],
                    off.most(),
                    launches,
                    verdict(off.ofAccepted(), options.graphs(), launches));
        } catch (RuntimeException e) {
            return new NetworkTrial(
                    name, batch, options.graphs(), 0, 0, 0, 0, 0, String.valueOf(e.getMessage()));
        }
    }

    private static double[] time(Lease lease, int batch) {
        double[] micros = new double[RUNS];
        for (int i = -WARM_UP; i < RUNS; i++) {
            long begun = System.nanoTime();
            lease.run(batch);
            if (i >= 0) {
                micros[i] = 1e-3 * (System.nanoTime() - begun);
            }
        }
        Arrays.sort(micros);
        return micros;
    }

    /** What is wrong with a trial that ran; empty if nothing is. NaN is wrong. */
    static String verdict(double deviationOfAccepted, boolean graphs, long launches) {
        if (!(deviationOfAccepted <= 1)) {
            return "off by %.2f times what its golden runs accept".formatted(deviationOfAccepted);
        }
        return graphs && launches == 0 ? "no CUDA graph was launched" : "";
    }

    /**
     * @param most absolute difference to ONNX Runtime
     * @param ofAccepted the largest in units of what the bundle's golden run accepts there
     */
    private record Deviation(double most, double ofAccepted) {}

    private static Deviation deviation(ModelBundle bundle, Lease found, int batch) {
        InferenceBackend cpu = new OrtBackend();
        Manifest.Golden golden = bundle.manifest().golden().get(0);
        double most = 0;
        double ofAccepted = 0;
        try (LoadedModel model = cpu.load(bundle, new LoadOptions(batch));
                Lease lease = model.acquire()) {
            fill(bundle, lease, batch);
            lease.run(batch);
            for (TensorSpec spec : bundle.manifest().outputs()) {
                for (int i = 0; i < batch * spec.rowElements(); i++) {
                    double right = lease.output(spec.name()).get(i);
                    double off = Math.abs(found.output(spec.name()).get(i) - right);
                    double accepted = golden.absTol() + golden.relTol() * Math.abs(right);
                    most = Math.max(most, off);
                    ofAccepted = Math.max(ofAccepted, off / accepted);
                }
            }
        }
        return new Deviation(most, ofAccepted);
    }

    /** Every row is the first golden one, each a little weaker than the one before. */
    private static void fill(ModelBundle bundle, Lease lease, int batch) {
        List<TensorSpec> inputs = bundle.manifest().inputs();
        for (int k = 0; k < inputs.size(); k++) {
            float[] golden = bundle.goldenRuns().get(0).inputs().get(k);
            int row = inputs.get(k).rowElements();
            for (int b = 0; b < batch; b++) {
                for (int i = 0; i < row; i++) {
                    lease.input(inputs.get(k).name()).put(b * row + i, golden[i] * (1 - 0.01f * b));
                }
            }
        }
    }

    void put(ObjectNode to) {
        to.put("network", network).put("precision", "float32").put("batch", batch);
        to.put("graphs", graphs).put("graphLaunches", graphLaunches).put("loadMillis", loadMillis);
        to.put("p50Micros", p50Micros).put("p99Micros", p99Micros);
        to.put("maxAbsError", maxAbsError).put("failure", failure);
    }

    String line() {
        String figures =
                failure.isEmpty()
                        ? "%10.1f %9.1f %9.1f %11.2e"
                                .formatted(loadMillis, p50Micros, p99Micros, maxAbsError)
                        : "FAILED: " + failure;
        return "%-8s %-9s %5d %6s %s"
                .formatted(network, "float32", batch, graphs ? "yes" : "no", figures);
    }
}
