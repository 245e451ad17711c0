package io.azimuth.connectors.packets;

/**
 * Beams and timing of a Velodyne model whose angles are the same in every unit. Source: VLP-16 and
 * HDL-32E user manuals (63-9243, 63-9113, 63-9318).
 */
enum VelodyneModel {
    VLP_16(
            "VLP-16",
            2,
            2_304,
            55_296,
            new double[] {-15, 1, -13, 3, -11, 5, -9, 7, -7, 9, -5, 11, -3, 13, -1, 15},
            // The beams leave at different heights; the manual's correction, millimetres upwards.
            new double[] {
                11.2, -0.7, 9.7, -2.2, 8.1, -3.7, 6.6, -5.1, 5.1, -6.6, 3.7, -8.1, 2.2, -9.7, 0.7,
                -11.2
            }),
    PUCK_HI_RES(
            "Puck Hi-Res",
            2,
            2_304,
            55_296,
            new double[] {
                -10, 0.67, -8.67, 2, -7.33, 3.33, -6, 4.67, -4.67, 6, -3.33, 7.33, -2, 8.67, -0.67,
                10
            },
            new double[] {
                7.4, -0.9, 6.5, -1.8, 5.5, -2.7, 4.6, -3.7, 3.7, -4.6, 2.7, -5.5, 1.8, -6.5, 0.9,
                -7.4
            }),
    HDL_32E(
            "HDL-32E",
            1,
            1_152,
            46_080,
            new double[] {
                -30.67, -9.33, -29.33, -8.0, -28.0, -6.67, -26.67, -5.33, -25.33, -4.0, -24.0,
                -2.67, -22.67, -1.33, -21.33, 0.0, -20.0, 1.33, -18.67, 2.67, -17.33, 4.0, -16.0,
                5.33, -14.67, 6.67, -13.33, 8.0, -12.0, 9.33, -10.67, 10.67
            },
            new double[32]);

    final String key;

    /** Firings of all lasers in one block. */
    final int firingsPerBlock;

    final int laserNanos;
    final int firingNanos;
    private final double[] elevationDeg;
    private final double[] heightMm;

    VelodyneModel(
            String key,
            int firingsPerBlock,
            int laserNanos,
            int firingNanos,
            double[] elevationDeg,
            double[] heightMm) {
        this.key = key;
        this.firingsPerBlock = firingsPerBlock;
        this.laserNanos = laserNanos;
        this.firingNanos = firingNanos;
        this.elevationDeg = elevationDeg;
        this.heightMm = heightMm;
    }

    int lasers() {
        return elevationDeg.length;
    }

    double elevationRad(int laser) {
        return Math.toRadians(elevationDeg[laser]);
    }

    /** Height of the point of leaving over the sensor's centre. */
    double heightM(int laser) {
        return 1e-3 * heightMm[laser];
    }

    /** Rings run from the lowest beam up. */
    int ring(int laser) {
        int below = 0;
        for (double e : elevationDeg) {
            below += e < elevationDeg[laser] ? 1 : 0;
        }
        return below;
    }

    /** When a laser of a firing is measured after the firing's start. */
    int laserNanos(int laser) {
        return laser * laserNanos;
    }
}
