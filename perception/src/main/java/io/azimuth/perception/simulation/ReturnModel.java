package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * What a LiDAR makes of the surfaces that its rays met: lost and mixed returns, range noise,
 * intensity. Points come in firing order.
 *
 * <p>The received signal is {@code albedo * g(cos incidence) / range^2} with {@code g} flatter than
 * Lambert's cosine, because rough asphalt still scatters back at grazing incidence; it is scaled so
 * that an albedo of 0.72 at the sensor's greatest range has signal 1, where half of the returns are
 * lost. Albedo above 1 is retro-reflective: never lost, saturated.
 */
final class ReturnModel {
    /** Share of rays at an edge that return from between its two surfaces. */
    private static final double MIXED = 0.05;

    /** Pulses further apart than this do not merge, metres. */
    private static final double PULSE_M = 3;

    private static final double BASE_LOSS = 0.03;
    private static final double BRIGHT = 0.72;

    /** Steps of the tables over [0, 1]: roots cost more than the rest of a return. */
    private static final int STEPS = 2048;

    /** By cosine: what is scattered back, relative to normal incidence. */
    private static final double[] SCATTER = new double[STEPS + 1];

    /** By cosine: tangent of the incidence, at most 15. */
    private static final double[] SLANT = new double[STEPS + 1];

    /** By brightness: intensity. */
    private static final double[] INTENSITY = new double[STEPS + 1];

    static {
        for (int i = 0; i <= STEPS; i++) {
            double v = (i + 0.5) / (STEPS + 1);
            SCATTER[i] = 0.35 + 0.65 * Math.sqrt(v);
            SLANT[i] = Math.min(15, Math.sqrt(1 - v * v) / v);
            INTENSITY[i] = 0.6 * StrictMath.pow(v, 0.3);
        }
    }

    private final SensorModel sensor;
    private final SlotRays rays;
    private final HitGrid hits;
    private final long key;
    private final int[] pointsOf;
    private final double pitchRad;
    private final double signalScale;
    private final double slantScale;
    private final double[] outM;
    private final double[] upM;
    private final double[] gain;
    private final double[] black;
    private final int[] firing;
    private final int[] labels;
    final PointCloud cloud;

    // of the current return
    private double range;
    private double albedo;
    private int label;

    ReturnModel(SensorModel sensor, SlotRays rays, HitGrid hits, long key, int[] pointsOf) {
        this.sensor = sensor;
        this.rays = rays;
        this.hits = hits;
        this.key = key;
        this.pointsOf = pointsOf;
        pitchRad = 2 * Math.PI / rays.columns;
        signalScale = sensor.maxRangeM() * sensor.maxRangeM() / BRIGHT;
        slantScale = 0.05 * sensor.pattern().divergenceRad() / 0.02;
        outM = sensor.pattern().originOutM();
        upM = sensor.pattern().originUpM();
        firing = firingOrder(sensor.pattern().delayColumns());
        gain = new double[rays.rings];
        black = new double[rays.rings];
        for (int r = 0; r < rays.rings; r++) {
            gain[r] = 1 + 0.08 * CounterHash.gauss(CounterHash.mix(7001 + r));
            double u = CounterHash.unit(CounterHash.mix(9001 + r));
            black[r] = 0.25 * u * u * u * u;
        }
        cloud = new PointCloud(rays.columns * rays.rings);
        labels = new int[rays.columns * rays.rings];
    }

    /** Rings by delay, then from the top. */
    private static int[] firingOrder(double[] delay) {
        Integer[] order = new Integer[delay.length];
        Arrays.setAll(order, r -> r);
        Arrays.sort(order, (a, b) -> Double.compare(delay[a], delay[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    void collect(long durationNanos) {
        double[] delay = sensor.pattern().delayColumns();
        for (int c = 0; c < rays.columns; c++) {
            for (int r : firing) {
                int slot = c + rays.shift[r];
                int cell = (slot - rays.first) * rays.rings + r;
                if (hits.range[cell] > 0) {
                    int offset =
                            delay[r] == 0
                                    ? (int) (durationNanos * c / rays.columns)
                                    : (int) (durationNanos * (c + delay[r]) / rays.columns);
                    emit(slot, cell, r, CounterHash.child(key, (long) c * rays.rings + r), offset);
                }
            }
        }
        cloud.declare(true, true);
    }

    int[] labels() {
        return Arrays.copyOf(labels, cloud.size());
    }

    private void emit(int slot, int cell, int r, long noise, int offset) {
        double cosine = hits.cosine[cell];
        range = hits.range[cell];
        albedo = hits.albedo[cell];
        label = hits.label[cell];
        long draw = CounterHash.mix(noise);
        long more = CounterHash.mix(draw);
        if (CounterHash.unit(draw) < MIXED) {
            mix(cell, r, more);
        }
        boolean retro = albedo > 1;
        double bright = albedo * SCATTER[(int) (cosine * STEPS)];
        double signal = retro ? 1e3 : bright * signalScale / (range * range);
        double kept = retro ? 1 : (1 - BASE_LOSS) * signal * signal / (1 + signal * signal);
        double measured = range + sigma(range, cosine) * CounterHash.gauss(noise);
        if (CounterHash.unit(CounterHash.mix(more ^ noise)) >= kept
                || measured < sensor.minRangeM()
                || measured > sensor.maxRangeM()) {
            return;
        }
        double shine = retro ? 1 : gain[r] * intensity(bright, signal, more) - black[r];
        int size = cloud.size();
        labels[size] = label;
        if (label >= 0) {
            pointsOf[label]++;
        }
        double flat = measured * rays.cosE[r];
        double ca = rays.cosAzimuth(slot, r);
        double sa = rays.sinAzimuth(slot, r);
        double out = outM[r];
        cloud.add(
                (float) ((flat + out) * ca),
                (float) ((flat + out) * sa),
                (float) (measured * rays.sinE[r] + upM[r]),
                (float) Math.max(0, Math.min(1, shine)),
                r,
                offset);
    }

    /** A longer way has a longer noise; a footprint on a slanted surface has a spread of ranges. */
    private double sigma(double r, double cosine) {
        double slant = slantScale * r * SLANT[(int) (cosine * STEPS)];
        return sensor.rangeSigmaM() * (1 + r / 120 + Math.min(2, slant));
    }

    /**
     * Compressed as calibrated sensors report it (on a real HDL-64E, asphalt reads 0.25 and facades
     * 0.4, with a deviation of 0.08 from point to point); weak returns fade to 0.
     */
    private double intensity(double bright, double signal, long draw) {
        double fade = 1;
        if (signal < 5) {
            double noisy = signal * (1 + 0.2 * CounterHash.gauss(draw));
            fade = Math.max(0, Math.min(1, (noisy - 0.7) / 1.4));
        }
        double speckle = 1 + 0.28 * CounterHash.gauss(CounterHash.mix(draw + 5));
        return INTENSITY[(int) (Math.min(1, bright) * STEPS)] * fade * speckle;
    }

    /** Moves the return between this surface and a neighbour's where an edge runs between them. */
    private void mix(int cell, int r, long draw) {
        double u = CounterHash.unit(draw);
        if (u < sensor.pattern().divergenceRad() / pitchRad) {
            int side = (draw & 1) == 0 ? rays.rings : -rays.rings;
            for (int next = cell + side; ; next = cell - side) {
                if (edge(cell, next, pitchRad)) {
                    between(cell, next, draw);
                    return;
                }
                if (next == cell - side) {
                    break;
                }
            }
        }
        int other = r + ((draw & 2) == 0 ? -1 : 1);
        if (other < 0 || other >= rays.rings) {
            return;
        }
        double[] elevation = sensor.pattern().elevationRad();
        double step = Math.abs(elevation[r] - elevation[other]);
        int beside = cell + other - r;
        if (u < sensor.pattern().divergenceRad() / step && edge(cell, beside, step)) {
            between(cell, beside, draw);
        }
    }

    /** Whether two neighbours lie on surfaces further apart than their slant explains. */
    private boolean edge(int a, int b, double angle) {
        if (b < 0 || b >= hits.range.length || hits.range[b] <= 0) {
            return false;
        }
        double near = Math.min(hits.range[a], hits.range[b]);
        double slant = 1 / Math.min(hits.cosine[a], hits.cosine[b]);
        return Math.abs(hits.range[a] - hits.range[b]) > 0.3 + 1.5 * angle * near * slant;
    }

    private void between(int a, int b, long draw) {
        double near = Math.min(hits.range[a], hits.range[b]);
        double gap = Math.abs(hits.range[a] - hits.range[b]);
        double share = 0.1 + 0.8 * CounterHash.unit(CounterHash.mix(draw ^ 0x5bd1e995L));
        range = near + Math.min(gap, PULSE_M) * share;
        albedo = Math.min(1, 0.5 * (hits.albedo[a] + hits.albedo[b]));
        label = Surface.MIXED.label();
    }
}
