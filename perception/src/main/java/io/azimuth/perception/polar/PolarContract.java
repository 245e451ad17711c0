package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a polar network wants its canvas and how its answer is read: what the bundle's manifest says
 * under {@code preprocessing} and {@code postprocessing}, held against what this code does.
 *
 * @param haloRows rows of the far end that the canvas repeats on each side
 * @param strideAzimuth rows of the canvas to a row of the answer
 * @param strideRange columns of the canvas to a column of the answer
 * @param classes what the first channels of the answer stand for
 * @param meanSizeM length, width, height of each class to which sizes relate, metres
 * @param calibration slope and offset of each class, see {@link #probability}
 * @param nmsRadiusM of each class, metres: centres nearer than this are one object
 * @param iouPower share of the overlap estimate in the score
 */
record PolarContract(
        PolarGrid grid,
        int haloRows,
        int strideAzimuth,
        int strideRange,
        List<ObjectClass> classes,
        double[][] meanSizeM,
        double[][] calibration,
        double[] nmsRadiusM,
        double iouPower) {

    static final String TASK = "polar-detection";
    static final String INPUT = "canvas";
    static final String OUTPUT = "cells";

    /** Channels of the answer behind the classes, in their order. */
    static final List<String> CODE =
            List.of(
                    "du", "dv", "zg", "log_l", "log_w", "log_h", "sin2", "cos2", "along", "iou",
                    "fg", "vote_u", "vote_v", "across");

    private static final double[] HEIGHT_EDGES_M = {-2.0, 0.15, 0.4, 0.7, 1.0, 1.4, 1.8, 2.5, 4.0};
    private static final int MAX_STRIDE = 16;

    int rows() {
        return grid.azimuthBins() / strideAzimuth;
    }

    int columns() {
        return grid.rangeBins() / strideRange;
    }

    int channels() {
        return classes.size() + CODE.size();
    }

    /** Calibrated probability of a raw score in (0, 1) (Platt's logistic of the score's logit). */
    double probability(int k, double raw) {
        return platt(calibration[k], raw);
    }

    /** The probability of a raw score by slope and offset. */
    static double platt(double[] slopeAndOffset, double raw) {
        double s = Math.max(1e-4, Math.min(1 - 1e-4, raw));
        double logit = StrictMath.log(s / (1 - s));
        return 1 / (1 + StrictMath.exp(-slopeAndOffset[0] * logit - slopeAndOffset[1]));
    }

    /** The raw score whose probability is {@code probability}, in (0, 1). */
    double raw(int k, double probability) {
        double logit = StrictMath.log(probability / (1 - probability));
        return 1 / (1 + StrictMath.exp(-(logit - calibration[k][1]) / calibration[k][0]));
    }

    /**
     * The contract of a bundle.
     *
     * @throws ModelRejected naming the field that does not fit
     */
    static PolarContract of(Manifest manifest) {
        if (!manifest.task().equals(TASK)) {
            throw ContractFields.rejected("task", manifest.task(), TASK);
        }
        ContractFields cells =
                new ContractFields(manifest.preprocessing(), "preprocessing").object("grid");
        ContractFields after = new ContractFields(manifest.postprocessing(), "postprocessing");
        double[] edges = cells.numbers("heightEdgesM", HEIGHT_EDGES_M.length);
        if (!Arrays.equals(edges, HEIGHT_EDGES_M)) {
            throw cells.wrong(
                    "heightEdgesM", Arrays.toString(edges), Arrays.toString(HEIGHT_EDGES_M));
        }
        cells.requireEqual("wrap", true);
        List<String> answer = new ArrayList<>(manifest.classes());
        answer.addAll(CODE);
        after.requireEqual("outputs", answer);
        PolarContract contract = read(manifest.classes(), cells, after);
        contract.requireSound(after);
        contract.requireShapes(manifest);
        return contract;
    }

    private static PolarContract read(
            List<String> names, ContractFields cells, ContractFields after) {
        PolarGrid grid;
        try {
            grid =
                    new PolarGrid(
                            cells.whole("azimuthBins", 8192),
                            cells.whole("rangeBins", 4096),
                            cells.number("minRangeM"),
                            cells.number("rangeStepM"));
        } catch (IllegalArgumentException e) {
            throw new ModelRejected(
                    ModelRejected.Code.SIGNATURE, "polar network: " + e.getMessage(), e);
        }
        int k = names.size();
        return new PolarContract(
                grid,
                cells.whole("haloRows", grid.azimuthBins()),
                after.whole("strideAzimuth", MAX_STRIDE),
                after.whole("strideRange", MAX_STRIDE),
                names.stream().map(PolarContract::objectClass).toList(),
                after.rows("meanSizesM", k, 3),
                after.rows("calibration", k, 2),
                after.numbers("centreNmsM", k),
                after.number("iouPower"));
    }

    private void requireSound(ContractFields after) {
        if (strideAzimuth == 0 || grid.azimuthBins() % strideAzimuth != 0) {
            throw after.wrong("strideAzimuth", strideAzimuth, "a divisor of azimuthBins");
        }
        if (strideRange == 0 || grid.rangeBins() % strideRange != 0) {
            throw after.wrong("strideRange", strideRange, "a divisor of rangeBins");
        }
        if (!(iouPower >= 0 && iouPower < 1)) {
            throw after.wrong("iouPower", iouPower, "0 up to below 1");
        }
        for (int k = 0; k < classes.size(); k++) {
            if (!(calibration[k][0] > 0)) {
                throw after.wrong("calibration", calibration[k][0], "slopes above 0");
            }
            if (!(nmsRadiusM[k] >= 0)) {
                throw after.wrong("centreNmsM", nmsRadiusM[k], "0 or more");
            }
            for (double size : meanSizeM[k]) {
                if (!(size > 0 && size < 50)) {
                    throw after.wrong("meanSizesM", size, "above 0, below 50");
                }
            }
        }
    }

    private void requireShapes(Manifest manifest) {
        int rowsWithHalo = grid.azimuthBins() + 2 * haloRows;
        requireTensor(
                manifest.inputs(),
                "inputs",
                INPUT,
                List.of(PolarCanvas.CHANNELS, rowsWithHalo, grid.rangeBins()));
        requireTensor(
                manifest.outputs(), "outputs", OUTPUT, List.of(channels(), rows(), columns()));
    }

    /** A network takes one row (1) or any number of rows (n); what a row is, is fixed. */
    private static void requireTensor(
            List<TensorSpec> specs, String field, String name, List<Integer> row) {
        if (specs.size() != 1) {
            throw ContractFields.rejected(field, specs.size() + " tensors", "one");
        }
        TensorSpec found = specs.get(0);
        if (!found.name().equals(name)) {
            throw ContractFields.rejected(field + ".name", found.name(), name);
        }
        List<Integer> shape = found.shape();
        if (!shape.subList(1, shape.size()).equals(row)) {
            throw ContractFields.rejected(
                    field + ".shape", found.shapeText(), "1 or n, then " + row);
        }
    }

    private static ObjectClass objectClass(String name) {
        return switch (name) {
            case "vehicle" -> ObjectClass.CAR; // told apart by size afterwards
            case "pedestrian" -> ObjectClass.PEDESTRIAN;
            case "cyclist" -> ObjectClass.CYCLIST;
            default ->
                    throw ContractFields.rejected(
                            "classes", name, "of vehicle, pedestrian, cyclist");
        };
    }
}
