package io.azimuth.jobs.gpucheck;

import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows for a network, and what float32 on the CPU makes of them. Every row is the first golden one,
 * each a little weaker than the one before, so that rows that are mixed up show.
 *
 * @param expected one array for each output
 */
record TrialRows(ModelBundle bundle, int batch, List<float[]> expected) {
    private static final float WEAKER = 0.01f;

    /** Asks the CPU. */
    static TrialRows of(ModelBundle bundle, int batch) {
        TrialRows rows = new TrialRows(bundle, batch, List.of());
        try (LoadedModel model = new OrtBackend().load(bundle, new LoadOptions(batch));
                Lease lease = model.acquire()) {
            rows.fill(lease);
            lease.run(batch);
            List<float[]> expected = new ArrayList<>();
            for (TensorSpec spec : bundle.manifest().outputs()) {
                float[] values = new float[batch * spec.rowElements()];
                lease.output(spec.name()).get(0, values);
                expected.add(values);
            }
            return new TrialRows(bundle, batch, expected);
        }
    }

    /**
     * Whole numbers stay as they are: a tensor of them holds places, which know no weaker.
     *
     * @param lease of at least as many rows
     */
    void fill(Lease lease) {
        List<TensorSpec> inputs = bundle.manifest().inputs();
        for (int k = 0; k < inputs.size(); k++) {
            float[] golden = bundle.goldenRuns().get(0).inputs().get(k);
            int row = inputs.get(k).rowElements();
            boolean places = allWhole(golden);
            for (int b = 0; b < batch; b++) {
                float factor = places ? 1 : 1 - WEAKER * b;
                for (int i = 0; i < row; i++) {
                    lease.input(inputs.get(k).name()).put(b * row + i, golden[i] * factor);
                }
            }
        }
    }

    private static boolean allWhole(float[] values) {
        for (float value : values) {
            if (value != Math.rint(value)) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param most absolute difference to what is expected
     * @param ofAccepted the largest in units of what a golden run accepts there
     */
    record Deviation(double most, double ofAccepted) {}

    /** How far the lease's outputs are from what is expected; NaN counts as farthest. */
    Deviation deviation(Lease found, Manifest.Golden golden) {
        double most = 0;
        double ofAccepted = 0;
        for (int o = 0; o < expected.size(); o++) {
            var values = found.output(bundle.manifest().outputs().get(o).name());
            float[] right = expected.get(o);
            for (int i = 0; i < right.length; i++) {
                double off = Math.abs((double) values.get(i) - right[i]);
                double accepted = golden.absTol() + golden.relTol() * Math.abs(right[i]);
                most = Math.max(most, off); // keeps a NaN
                ofAccepted = Math.max(ofAccepted, off / accepted);
            }
        }
        return new Deviation(most, ofAccepted);
    }
}
