package io.azimuth.jobs.gpucheck;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.Precision;
import io.azimuth.perception.inference.tensorrt.TrtBackend;
import java.util.Arrays;

/**
 * One network on the GPU in one precision with one size of batch.
 *
 * @param graphs whether runs may be CUDA graphs
 * @param loadMillis reading or building the plan, golden runs included
 * @param maxAbsError over all outputs, against float32 on the CPU on the same rows
 * @param ofAccepted the largest error in units of what the golden run of this precision accepts
 * @param lostBytes memory of the device that was free before the timed runs and not after
 * @param failure what went wrong, wrong results included; empty if nothing did
 */
record NetworkTrial(
        String network,
        Precision precision,
        int batch,
        boolean graphs,
        double loadMillis,
        double p50Micros,
        double p99Micros,
        double maxAbsError,
        double ofAccepted,
        long graphLaunches,
        long lostBytes,
        String failure) {
    static final String HEADER =
            "%-16s %-9s %5s %6s %10s %9s %9s %10s %8s %10s %10s"
                    .formatted(
                            "network",
                            "precision",
                            "batch",
                            "graph",
                            "load ms",
                            "p50 us",
                            "p99 us",
                            "max error",
                            "of limit",
                            "eager us",
                            "compiled");

    /** What a driver may take for itself while a thousand runs go on. */
    private static final long LOST_ACCEPTED = 8 << 20;

    private static final int WARM_UP = 50;

    /**
     * Never throws over what the GPU does: that is what is looked for.
     *
     * @param gpu with the precision and graphs of the trial
     * @param rows what goes in, and what the CPU makes of it
     */
    static NetworkTrial run(
            TrtBackend gpu, Precision precision, boolean graphs, TrialRows rows, int runs) {
        ModelBundle bundle = rows.bundle();
        long begun = System.nanoTime();
        try (LoadedModel model = gpu.load(bundle, new LoadOptions(rows.batch()));
                Lease lease = model.acquire()) {
            double loadMillis = 1e-6 * (System.nanoTime() - begun);
            rows.fill(lease);
            long launchesBefore = gpu.stats().graphLaunches();
            warmUp(lease, rows.batch());
            long free = gpu.freeDeviceBytes();
            double[] micros = time(lease, rows.batch(), runs);
            long lost = free - gpu.freeDeviceBytes();
            Manifest.Golden accepted = bundle.at(precision).manifest().golden().get(0);
            TrialRows.Deviation off = rows.deviation(lease, accepted);
            long launches = gpu.stats().graphLaunches() - launchesBefore;
            return new NetworkTrial(
                    bundle.manifest().name(),
                    precision,
                    rows.batch(),
                    graphs,
                    loadMillis,
                    micros[runs / 2],
                    micros[(int) (0.99 * (runs - 1))],
                    off.most(),
                    off.ofAccepted(),
                    launches,
                    lost,
                    verdict(off.ofAccepted(), graphs, launches, lost));
        } catch (RuntimeException e) {
            return new NetworkTrial(
                    bundle.manifest().name(),
                    precision,
                    rows.batch(),
                    graphs,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    String.valueOf(e.getMessage()));
        }
    }

    private static void warmUp(Lease lease, int batch) {
        for (int i = 0; i < WARM_UP; i++) {
            lease.run(batch);
        }
    }

    private static double[] time(Lease lease, int batch, int runs) {
        double[] micros = new double[runs];
        for (int i = 0; i < runs; i++) {
            long begun = System.nanoTime();
            lease.run(batch);
            micros[i] = 1e-3 * (System.nanoTime() - begun);
        }
        Arrays.sort(micros);
        return micros;
    }

    /** What is wrong with a trial that ran; empty if nothing is. NaN is wrong. */
    static String verdict(double ofAccepted, boolean graphs, long launches, long lostBytes) {
        if (!(ofAccepted <= 1)) {
            return "off by %.2f times what its golden runs accept".formatted(ofAccepted);
        }
        if (graphs && launches == 0) {
            return "no CUDA graph was launched";
        }
        return lostBytes > LOST_ACCEPTED
                ? "the runs cost %d bytes of the device's memory, accepted %d"
                        .formatted(lostBytes, LOST_ACCEPTED)
                : "";
    }

    /**
     * @param torch the same network's times in PyTorch, where there is one
     */
    void put(ObjectNode to, TorchTimes torch) {
        to.put("network", network).put("precision", precision.label()).put("batch", batch);
        to.put("graphs", graphs).put("graphLaunches", graphLaunches).put("loadMillis", loadMillis);
        to.put("p50Micros", p50Micros).put("p99Micros", p99Micros);
        to.put("maxAbsError", maxAbsError).put("errorOfAccepted", ofAccepted);
        to.put("lostDeviceBytes", lostBytes).put("failure", failure);
        torch.put(to, network, precision, batch);
    }

    String line(TorchTimes torch) {
        String figures =
                failure.isEmpty()
                        ? "%10.1f %9.1f %9.1f %10.2e %8.2f %10s %10s"
                                .formatted(
                                        loadMillis,
                                        p50Micros,
                                        p99Micros,
                                        maxAbsError,
                                        ofAccepted,
                                        torch.eager(network, precision, batch),
                                        torch.compiled(network, precision, batch))
                        : "FAILED: " + failure;
        return "%-16s %-9s %5d %6s %s"
                .formatted(network, precision.label(), batch, graphs ? "yes" : "no", figures);
    }
}
