package io.azimuth.perception.inference.checks;

import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.Manifest.Golden;
import io.azimuth.perception.inference.bundle.ModelBundle.GoldenRun;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.nio.FloatBuffer;
import java.util.List;

/** Runs what the bundle recorded and compares. Stateless. */
public final class GoldenCheck {
    private GoldenCheck() {}

    /**
     * One golden run on a lease of the model; the model's leases hold at least its rows.
     *
     * @throws ModelRejected with code {@code GOLDEN} if a value is not within the bundle's
     *     tolerance
     */
    public static void run(LoadedModel model, GoldenRun golden) {
        List<TensorSpec> inputs = model.signature().inputs();
        List<TensorSpec> outputs = model.signature().outputs();
        try (Lease lease = model.acquire()) {
            for (int i = 0; i < inputs.size(); i++) {
                lease.input(inputs.get(i).name()).put(0, golden.inputs().get(i));
            }
            lease.run(golden.batch());
            for (int i = 0; i < outputs.size(); i++) {
                String name = outputs.get(i).name();
                compare(golden.source(), name, lease.output(name), golden.outputs().get(i));
            }
        } catch (InferenceFailed e) {
            throw new ModelRejected(Code.GOLDEN, golden.source().in() + ": " + e.getMessage(), e);
        }
    }

    private static void compare(Golden source, String output, FloatBuffer found, float[] accepted) {
        for (int i = 0; i < accepted.length; i++) {
            double bar = source.absTol() + source.relTol() * Math.abs(accepted[i]);
            if (!(Math.abs((double) found.get(i) - accepted[i]) <= bar)) {
                throw new ModelRejected(
                        Code.GOLDEN,
                        "%s: element %d of '%s' is %s, recorded %s, accepted within %s"
                                .formatted(
                                        source.out(), i, output, found.get(i), accepted[i], bar));
            }
        }
    }
}
