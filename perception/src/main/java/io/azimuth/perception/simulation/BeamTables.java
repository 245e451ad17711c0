package io.azimuth.perception.simulation;

/**
 * Firing patterns of known sensors. Sources: the makers' manuals (VLP-16 and HDL-32E: angles and
 * firing times; HDL-64E S2: angles; OS1: field of view, staggering and beam origin); azimuth and
 * origin offsets of the HDL-64E follow the order and size of its calibration files.
 */
final class BeamTables {
    private static final double DEG = Math.PI / 180;

    /** HDL-64E: azimuth offsets by elevation, degrees; the pattern repeats every 12 beams. */
    private static final double[] HDL64_STAGGER = {
        2.55, -0.7, -3.95, -7.2, 7.9, 4.7, 1.45, -1.9, -5.1, -8.35, 9.15, 5.75
    };

    private BeamTables() {}

    /** 16 beams 2 degrees apart, one after the other: from -15 up in steps of 16, modulo 30. */
    static BeamPattern vlp16() {
        double[] elevation = new double[16];
        double[] delay = new double[16];
        for (int r = 0; r < 16; r++) {
            elevation[r] = (15 - 2 * r) * DEG;
            // firing order: -15, 1, -13, 3, ... 15
            int laser = r >= 8 ? 2 * (15 - r) : 2 * (7 - r) + 1;
            delay[r] = laser * (2.304 / 55.296);
        }
        // 1808 columns of 55.31 us at 10 Hz
        return fired(elevation, delay, 1808);
    }

    /** 32 beams 4/3 degrees apart, 1.152 us after each other within 46.08 us. */
    static BeamPattern hdl32() {
        double[] elevation = new double[32];
        double[] delay = new double[32];
        for (int r = 0; r < 32; r++) {
            elevation[r] = (32.0 / 3 - r * (4.0 / 3)) * DEG;
            // firing order: -30.67, -9.33, -29.33, -8, ... 10.67
            int laser = r >= 16 ? 2 * (31 - r) : 2 * (15 - r) + 1;
            delay[r] = laser * (1.152 / 46.08);
        }
        return fired(elevation, delay, 2170);
    }

    private static BeamPattern fired(double[] elevation, double[] delay, int columns) {
        double[] none = new double[elevation.length];
        return new BeamPattern(elevation, none, delay, none, none, columns, 0.003);
    }

    /** 32 beams from +2 in steps of 1/3 degree, 32 from -8.83 in steps of 1/2 degree. */
    static BeamPattern hdl64() {
        double[] elevation = new double[64];
        double[] azimuth = new double[64];
        double[] delay = new double[64];
        double[] up = new double[64];
        double[] out = new double[64];
        for (int i = 0; i < 32; i++) {
            elevation[i] = (2 - i / 3.0 + wobble(i)) * DEG;
            elevation[32 + i] = (-8.83 - 0.5 * i + wobble(32 + i)) * DEG;
            for (int r = i; r < 64; r += 32) {
                azimuth[r] = (HDL64_STAGGER[i % 12] + 4 * wobble(64 + r)) * DEG;
                // both blocks fire together, a pair every 1.4 us of the 48 us
                delay[r] = i * 0.029;
                up[r] = r < 32 ? 0.204 : 0.115;
            }
        }
        return new BeamPattern(elevation, azimuth, delay, up, out, 2048, 0.003);
    }

    /** 128 beams over 45 degrees in four staggered columns; all fire at once, 27.67 mm out. */
    static BeamPattern os1With128() {
        double[] stagger = {4.2, 1.4, -1.4, -4.2};
        double[] elevation = new double[128];
        double[] azimuth = new double[128];
        double[] out = new double[128];
        for (int r = 0; r < 128; r++) {
            elevation[r] = (22.5 - r * (45.0 / 127) + 0.5 * wobble(200 + r)) * DEG;
            azimuth[r] = (stagger[r & 3] + 0.5 * wobble(400 + r)) * DEG;
            out[r] = 0.02767;
        }
        double[] none = new double[128];
        return new BeamPattern(elevation, azimuth, none, none, out, 2048, 0.0024);
    }

    /** Beams evenly from {@code topDeg} to {@code bottomDeg}, without offsets. */
    static BeamPattern even(int beams, double topDeg, double bottomDeg, int columns) {
        double[] elevation = new double[beams];
        for (int r = 0; r < beams; r++) {
            elevation[r] = (topDeg - r * (topDeg - bottomDeg) / Math.max(1, beams - 1)) * DEG;
        }
        return BeamPattern.ideal(elevation, columns, 0.003);
    }

    /** Real beams miss the even grid by a few hundredths of a degree. */
    private static double wobble(int beam) {
        return 0.06 * (CounterHash.unit(CounterHash.mix(64L * 7919 + beam)) - 0.5);
    }
}
