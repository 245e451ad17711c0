package io.azimuth.perception.polar;

import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.util.List;

/**
 * How a refiner wants its candidates and how its answer is read: what the bundle's manifest says,
 * held against what this code does.
 *
 * @param classes of the candidates, as the first stage names them
 * @param calibration slope and offset of each class (Platt's logistic of the score's logit)
 * @param iouPower share of the overlap estimate in the score
 * @param batch rows of a run
 */
record RefinerContract(List<String> classes, double[][] calibration, double iouPower, int batch) {
    static final String TASK = "polar-refinement";
    static final String POINTS = "points";
    static final String BOX = "box";
    static final String OUTPUT = "refined";

    /** What the network answers for a candidate. */
    static final List<String> CODE =
            List.of(
                    "object", "overlap", "du", "dv", "dz", "log_l", "log_w", "log_h", "turn",
                    "way");

    /**
     * The contract of a bundle.
     *
     * @throws ModelRejected naming the field that does not fit
     */
    static RefinerContract of(Manifest manifest) {
        if (!manifest.task().equals(TASK)) {
            throw ContractFields.rejected("task", manifest.task(), TASK);
        }
        ContractFields before = new ContractFields(manifest.preprocessing(), "preprocessing");
        before.requireEqual("boxFields", CandidatePoints.BOX_FIELDS);
        ContractFields after = new ContractFields(manifest.postprocessing(), "postprocessing");
        after.requireEqual("outputs", CODE);
        int k = manifest.classes().size();
        RefinerContract contract =
                new RefinerContract(
                        manifest.classes(),
                        after.rows("calibration", k, 2),
                        after.number("iouPower"),
                        manifest.limits().maxBatch());
        for (double[] c : contract.calibration) {
            if (!(c[0] > 0)) {
                throw after.wrong("calibration", c[0], "slopes above 0");
            }
        }
        if (!(contract.iouPower >= 0 && contract.iouPower < 1)) {
            throw after.wrong("iouPower", contract.iouPower, "0 up to below 1");
        }
        require(
                manifest.inputs(),
                "inputs",
                POINTS,
                List.of(TensorSpec.BATCH, CandidatePoints.POINTS, CandidatePoints.POINT_FIELDS));
        require(
                manifest.inputs(),
                "inputs",
                BOX,
                List.of(TensorSpec.BATCH, CandidatePoints.BOX_FIELDS.size()));
        require(manifest.outputs(), "outputs", OUTPUT, List.of(TensorSpec.BATCH, CODE.size()));
        return contract;
    }

    private static void require(
            List<TensorSpec> specs, String field, String name, List<Integer> shape) {
        for (TensorSpec spec : specs) {
            if (spec.name().equals(name)) {
                if (!spec.shape().equals(shape)) {
                    throw ContractFields.rejected(
                            field + "." + name + ".shape", spec.shape(), shape.toString());
                }
                return;
            }
        }
        throw ContractFields.rejected(field, specs.size() + " tensors", "one named " + name);
    }

    /** Calibrated probability of a raw score in (0, 1). */
    double probability(int k, double raw) {
        return PolarContract.platt(calibration[k], raw);
    }
}
