package io.azimuth.perception.simulation;

/**
 * How the lasers of one individual sensor differ from each other, for as long as it lives: by a
 * constant error of their ranges that its calibration left, and by the gain of their intensity.
 * Most gains are alike; about every seventh laser is far weaker, so that neighbouring rings on one
 * road differ visibly. Arrays hold one value a ring.
 */
final class LaserUnit {
    private static final double WEAK = 0.15;

    /** In units of the sensor's range noise: standard normal. */
    final double[] bias;

    final double[] gain;

    /**
     * @param unit identity of the sensor
     */
    LaserUnit(int rings, long unit) {
        bias = new double[rings];
        gain = new double[rings];
        for (int r = 0; r < rings; r++) {
            long h = CounterHash.child(unit, r);
            bias[r] = CounterHash.gauss(h);
            gain[r] = StrictMath.exp(0.15 * CounterHash.gauss(CounterHash.mix(h)));
            double u = CounterHash.unit(CounterHash.mix(h + 7));
            if (u < WEAK) {
                gain[r] *= 0.05 + 0.5 * u / WEAK;
            }
        }
    }
}
