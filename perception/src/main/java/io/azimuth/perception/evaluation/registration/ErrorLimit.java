package io.azimuth.perception.evaluation.registration;

import java.util.List;

/**
 * Largest errors of a transform that counts as right; errors on the limit are within. Immutable,
 * thread-safe.
 */
public record ErrorLimit(double degrees, double metres) {
    /**
     * 1.5 degrees and 0.3 m; 1 degree and 0.1 m; 1.5 degrees and 0.6 m, what the evaluation of
     * UMERegRobust (Haitman, Efraim, Francos, ECCV 2024) counts as normal precision; 5 degrees and
     * 2 m, the limit of the literature on KITTI pairs (e.g. Choy, Park, Koltun, "Fully
     * convolutional geometric features", ICCV 2019).
     */
    public static final List<ErrorLimit> USUAL =
            List.of(
                    new ErrorLimit(1.5, 0.3),
                    new ErrorLimit(1, 0.1),
                    new ErrorLimit(1.5, 0.6),
                    new ErrorLimit(5, 2));

    public ErrorLimit {
        if (!(degrees > 0 && metres > 0)) {
            throw new IllegalArgumentException(
                    "limit is %s degrees, %s m, expected both above 0".formatted(degrees, metres));
        }
    }
}
