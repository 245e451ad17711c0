package io.azimuth.connectors.packets;

import java.util.ArrayList;
import java.util.List;

/**
 * Velodyne models: where their lasers point, as far as that is the same in every unit. Source: user
 * manuals of VLP-16 (63-9243), HDL-32E (63-9113), Puck Hi-Res (63-9318), VLP-32C (63-9325) and
 * VLS-128 (63-9483); azimuths have the sign that turns them against the rotation. Beams leave at
 * different heights: those of VLP-16 and Puck Hi-Res are a table of the manual's (9-1), which for
 * the VLP-16 is 41.91 mm times the tangent, the lens's distance to the axis; that distance of the
 * others was taken from the points of an independent decoder (see the goldens).
 */
enum VelodyneModel {
    VLP_16(
            "VLP-16",
            0.002,
            new double[] {-15, 1, -13, 3, -11, 5, -9, 7, -7, 9, -5, 11, -3, 13, -1, 15},
            new double[] {0},
            0,
            new double[] {
                11.2, -0.7, 9.7, -2.2, 8.1, -3.7, 6.6, -5.1, 5.1, -6.6, 3.7, -8.1, 2.2, -9.7, 0.7,
                -11.2
            }),
    PUCK_HI_RES(
            "Puck Hi-Res",
            0.002,
            new double[] {
                -10, 0.667, -8.667, 2, -7.333, 3.333, -6, 4.667, -4.667, 6, -3.333, 7.333, -2,
                8.667, -0.667, 10
            },
            new double[] {0},
            0,
            new double[] {
                7.4, -0.9, 6.5, -1.8, 5.5, -2.7, 4.6, -3.7, 3.7, -4.6, 2.7, -5.5, 1.8, -6.5, 0.9,
                -7.4
            }),
    HDL_32E(
            "HDL-32E",
            0.002,
            new double[] {
                -30.67, -9.33, -29.33, -8.0, -28.0, -6.67, -26.67, -5.33, -25.33, -4.0, -24.0,
                -2.67, -22.67, -1.33, -21.33, 0.0, -20.0, 1.33, -18.67, 2.67, -17.33, 4.0, -16.0,
                5.33, -14.67, 6.67, -13.33, 8.0, -12.0, 9.33, -10.67, 10.67
            },
            new double[] {0},
            28.956),
    /** Two models of the same number but with different angles. */
    VLP_32AB("VLP-32A or VLP-32B", 0.004, new double[0], new double[0], 0),
    VLP_32C(
            "VLP-32C",
            0.004,
            new double[] {
                -25, -1, -1.667, -15.639, -11.31, 0, -0.667, -8.843, -7.254, 0.333, -0.333, -6.148,
                -5.333, 1.333, 0.667, -4, -4.667, 1.667, 1, -3.667, -3.333, 3.333, 2.333, -2.667,
                -3, 7, 4.667, -2.333, -2, 15, 10.333, -1.333
            },
            new double[] {
                -1.4, 4.2, -1.4, 1.4, -1.4, 1.4, -4.2, 1.4, -1.4, 4.2, -1.4, 1.4, -4.2, 1.4, -4.2,
                1.4, -1.4, 4.2, -1.4, 4.2, -4.2, 1.4, -1.4, 1.4, -1.4, 1.4, -1.4, 4.2, -4.2, 1.4,
                -1.4, 1.4
            },
            42.4),
    VLS_128(
            "VLS-128",
            0.004,
            new double[] {
                -11.742, -1.99, 3.4, -5.29, -0.78, 4.61, -4.08, 1.31, -6.5, -1.11, 4.28, -4.41, 0.1,
                6.48, -3.2, 2.19, -3.86, 1.53, -9.244, -1.77, 2.74, -5.95, -0.56, 4.83, -2.98, 2.41,
                -6.28, -0.89, 3.62, -5.07, 0.32, 7.58, -0.34, 5.18, -3.64, 1.75, -25, -2.43, 2.96,
                -5.73, 0.54, 9.7, -2.76, 2.63, -7.65, -1.55, 3.84, -4.85, 3.18, -5.51, -0.12, 5.73,
                -4.3, 1.09, -16.042, -2.21, 4.06, -4.63, 0.76, 15, -3.42, 1.97, -6.85, -1.33, -5.62,
                -0.23, 5.43, -3.53, 0.98, -19.582, -2.32, 3.07, -4.74, 0.65, 11.75, -2.65, 1.86,
                -7.15, -1.44, 3.95, -2.1, 3.29, -5.4, -0.01, 4.5, -4.19, 1.2, -13.565, -1.22, 4.17,
                -4.52, 0.87, 6.08, -3.31, 2.08, -6.65, 1.42, -10.346, -1.88, 3.51, -6.06, -0.67,
                4.72, -3.97, 2.3, -6.39, -1, 4.39, -5.18, 0.21, 6.98, -3.09, 4.98, -3.75, 1.64,
                -8.352, -2.54, 2.85, -5.84, -0.45, 8.43, -2.87, 2.52, -6.17, -1.66, 3.73, -4.96,
                0.43
            },
            // The same eight for each group that fires at once.
            new double[] {-6.354, -4.548, -2.732, -0.911, 0.911, 2.732, 4.548, 6.354},
            58.63),
    /** Calibrated unit by unit. */
    HDL_64E("HDL-64E", 0.002, new double[0], new double[0], 0);

    final String key;
    final double metresPerUnit;
    private final List<VelodyneLaser> lasers = new ArrayList<>();

    /**
     * @param lensMm from the axis to the point where all beams cross: they leave that much times
     *     the tangent below the plane of the sensor's centre
     * @param heightMm the same as the manual lists it; none where it does not
     */
    VelodyneModel(
            String key,
            double metresPerUnit,
            double[] elevationDeg,
            double[] azimuthDeg,
            double lensMm,
            double... heightMm) {
        this.key = key;
        this.metresPerUnit = metresPerUnit;
        for (int l = 0; l < elevationDeg.length; l++) {
            double height =
                    heightMm.length > 0
                            ? heightMm[l]
                            : -lensMm * Math.tan(Math.toRadians(elevationDeg[l]));
            lasers.add(
                    VelodyneLaser.of(elevationDeg[l], azimuthDeg[l % azimuthDeg.length], height));
        }
    }

    /** Lasers in the order of a firing sequence; empty where a calibration must say. */
    List<VelodyneLaser> lasers() {
        return List.copyOf(lasers);
    }

    /**
     * When lasers fire.
     *
     * @param sequenceNanos time of a firing sequence as packets show it; not known if 0
     */
    VelodyneTiming timing(double sequenceNanos) {
        return switch (this) {
            case VLP_16, PUCK_HI_RES -> VelodyneTiming.vlp16();
            case HDL_32E -> VelodyneTiming.hdl32();
            case VLP_32AB, VLP_32C -> VelodyneTiming.vlp32();
            case VLS_128 -> VelodyneTiming.vls128(sequenceNanos);
            case HDL_64E -> VelodyneTiming.hdl64(sequenceNanos);
        };
    }
}
