package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times a network on the calling thread, on its own golden input. */
@Command(
        name = "bench",
        description = "Time a network on one thread, on its own golden input.",
        mixinStandardHelpOptions = true)
final class ModelBenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ModelArgument argument = new ModelArgument();

    @Option(names = "--runs", paramLabel = "N", description = "Timed runs (default 200).")
    private int runs = 200;

    @Option(names = "--warm-up", paramLabel = "N", description = "Runs before (default 50).")
    private int warmUp = 50;

    @Option(names = "--batch", paramLabel = "N", description = "Rows a run (default 1).")
    private int batch = 1;

    @Option(
            names = "--overhead",
            description =
                    "Also the engine alone on pinned tensors, and how resident memory grew over"
                            + " the last four fifths of the runs.")
    private boolean overhead;

    @Override
    public Integer call() throws IOException {
        Numbers.requireAtLeast("--runs", runs, 1);
        Numbers.requireAtLeast("--warm-up", warmUp, 0);
        Numbers.requireAtLeast("--batch", batch, 1);
        ModelBundle bundle = argument.read();
        int most = bundle.manifest().limits().maxBatch();
        if (batch > most) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--batch is %d, the bundle accepts 1 to %d".formatted(batch, most));
        }
        try (LoadedModel model = new OrtBackend().load(bundle, new LoadOptions(batch));
                Lease lease = model.acquire()) {
            fill(bundle, lease);
            ObjectNode out = measure(bundle, lease);
            if (overhead) {
                ModelOverhead.put(out, bundle, lease, batch, runs);
            }
            argument.tell(spec, out);
        }
        return 0;
    }

    /** Every row is the first golden one. */
    private void fill(ModelBundle bundle, Lease lease) {
        List<TensorSpec> inputs = bundle.manifest().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            float[] golden = bundle.goldenRuns().get(0).inputs().get(i);
            int row = inputs.get(i).rowElements();
            for (int b = 0; b < batch; b++) {
                lease.input(inputs.get(i).name()).put(b * row, golden, 0, row);
            }
        }
    }

    private ObjectNode measure(ModelBundle bundle, Lease lease) {
        for (int i = 0; i < warmUp; i++) {
            lease.run(batch);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] micros = new double[runs];
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long cpu = threads.getCurrentThreadCpuTime();
        long resident = 0;
        for (int i = 0; i < runs; i++) {
            if (overhead && i == runs / 5) {
                resident = ModelOverhead.residentBytes();
            }
            long begun = System.nanoTime();
            lease.run(batch);
            micros[i] = 1e-3 * (System.nanoTime() - begun);
        }
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        resident = overhead ? ModelOverhead.residentBytes() - resident : 0;
        Arrays.sort(micros);
        ObjectNode out = ModelArgument.row(bundle);
        out.put("runs", runs).put("batch", batch);
        out.put("minMicros", micros[0]).put("medianMicros", micros[runs / 2]);
        out.put("p99Micros", micros[(int) (0.99 * (runs - 1))]);
        out.put("cpuMicrosPerRun", 1e-3 * cpu / runs);
        out.put("bytesPerRun", bytes / runs);
        return overhead ? out.put("residentGrowthBytes", resident) : out;
    }
}
