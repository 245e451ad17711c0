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

    /** Share of rays that come to nothing on a bright surface nearby. */
    private static final double BASE_LOSS = 0.005;

    /** Of the sensor's range noise: from shot to shot, and what a laser keeps. */
    private static final double SHOT = 0.4;

    private static final double BIAS = 1.45;
    private static final double BRIGHT = 0.72;

    /** Lacquer of a smaller albedo looks dark, whatever the compression. */
    private static final double DARK = 0.25;

    /**
     * Of the range to a {@link Surface#BAND}, from shot to shot, metres: too bright to be timed.
     */
    private static final double DAZZLED_M = 0.18;

    private static final int BAND = Surface.BAND.label();

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
            INTENSITY[i] = 0.57 * StrictMath.pow(v, 0.3);
        }
    }

    private final double[] delay;
    private final SlotRays rays;
    private final HitGrid hits;
    private final long key;
    private final boolean[] glossy;
    private final int[] pointsOf;
    private final double pitchRad;
    private final double signalScale;
    private final double slantScale;
    private final double[] outM;
    private final double[] upM;
    private final LaserUnit lasers;
    private final RoofShadow roof;
    private final int[] firing;
    private final int[] labels;
    private final double sigmaM;
    private final double minRangeM;
    private final double maxRangeM;
    private final double[] elevation;
    private final double divergenceRad;
    final PointCloud cloud;

    // the cloud's columns and how much of them is filled
    private final float[] x;
    private final float[] y;
    private final float[] z;
    private final float[] intensity;
    private final short[] ring;
    private final int[] timeOffset;
    private int size;

    // of the current return
    private double range;
    private double albedo;
    private int label;

    /**
     * @param key of this sweep
     * @param unit identity of the sensor, the same in all its sweeps
     * @param glossy by label: objects of lacquer and glass
     * @param pointsOf by label: counts its points
     */
    ReturnModel(
            SensorModel sensor,
            SlotRays rays,
            RoofShadow roof,
            HitGrid hits,
            long key,
            long unit,
            boolean[] glossy,
            int[] pointsOf) {
        this.rays = rays;
        this.hits = hits;
        this.key = key;
        this.glossy = glossy;
        this.pointsOf = pointsOf;
        pitchRad = 2 * Math.PI / rays.columns;
        signalScale = sensor.maxRangeM() * sensor.maxRangeM() / BRIGHT;
        slantScale = 0.05 * sensor.pattern().divergenceRad() / 0.02;
        outM = sensor.pattern().originOutM();
        upM = sensor.pattern().originUpM();
        delay = sensor.pattern().delayColumns();
        firing = firingOrder(delay);
        lasers = new LaserUnit(rays.rings, unit);
        this.roof = roof;
        cloud = new PointCloud(rays.columns * rays.rings);
        labels = new int[rays.columns * rays.rings];
        x = cloud.x();
        y = cloud.y();
        z = cloud.z();
        intensity = cloud.intensity();
        ring = cloud.ring();
        timeOffset = cloud.timeOffsetNanos();
        sigmaM = sensor.rangeSigmaM();
        minRangeM = sensor.minRangeM();
        maxRangeM = sensor.maxRangeM();
        elevation = sensor.pattern().elevationRad();
        divergenceRad = sensor.pattern().divergenceRad();
    }

    /** Rings by delay, then from the top. */
    private static int[] firingOrder(double[] delay) {
        Integer[] order = new Integer[delay.length];
        Arrays.setAll(order, r -> r);
        Arrays.sort(order, (a, b) -> Double.compare(delay[a], delay[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    void collect(long durationNanos) {
        for (int c = 0; c < rays.columns; c++) {
            int offset = 0;
            double last = -1;
            for (int r : firing) {
                if (delay[r] != last) {
                    last = delay[r];
                    offset = offset(durationNanos, c, last);
                }
                int cell = c * rays.rings + r;
                if (hits.range(cell) > 0) {
                    emit(c + rays.shift[r], cell, r, CounterHash.child(key, cell), offset);
                }
            }
        }
        cloud.resize(size);
        cloud.declare(true, true);
    }

    private int offset(long durationNanos, int c, double after) {
        return after == 0
                ? (int) (durationNanos * c / rays.columns)
                : (int) (durationNanos * (c + after) / rays.columns);
    }

    int[] labels() {
        return Arrays.copyOf(labels, size);
    }

    private void emit(int slot, int cell, int r, long noise, int offset) {
        if (roof.hides(slot - rays.first, r, CounterHash.unit(noise))) {
            return;
        }
        double cosine = hits.cosine(cell);
        range = hits.range(cell);
        albedo = hits.albedo(cell);
        label = hits.label(cell);
        long draw = CounterHash.mix(noise);
        long more = CounterHash.mix(draw);
        if (CounterHash.unit(draw) < MIXED) {
            mix(cell, r, more);
        }
        boolean retro = albedo > 1;
        double bright = albedo * SCATTER[(int) (cosine * STEPS)];
        double signal = retro ? 1e3 : bright * signalScale / (range * range);
        double kept = retro ? 1 : kept(signal);
        double measured = range + error(r, cosine, noise);
        if (label == BAND) {
            measured += DAZZLED_M * CounterHash.gauss(CounterHash.mix(more + 11));
        }
        if (CounterHash.unit(CounterHash.mix(more ^ noise)) >= kept
                || measured < minRangeM
                || measured > maxRangeM) {
            return;
        }
        double shine = retro ? 1 : lasers.gain[r] * shine(bright, signal, more);
        if (!retro && label >= 0 && glossy[label]) {
            shine *= gloss(cosine);
        }
        labels[size] = label;
        if (label >= 0) {
            pointsOf[label]++;
        }
        double flat = measured * rays.cosE[r];
        double ca = rays.cosAzimuth(slot, r);
        double sa = rays.sinAzimuth(slot, r);
        double out = outM[r];
        x[size] = (float) ((flat + out) * ca);
        y[size] = (float) ((flat + out) * sa);
        z[size] = (float) (measured * rays.sinE[r] + upM[r]);
        intensity[size] = (float) Math.max(0, Math.min(1, shine));
        ring[size] = (short) r;
        timeOffset[size] = offset;
        size++;
    }

    /** Share of rays that return: a detector has a threshold, so most are kept or most are lost. */
    private static double kept(double signal) {
        double power = signal * signal * signal * signal;
        return (1 - BASE_LOSS) * power / (1 + power);
    }

    /**
     * Of the range, metres: shots of one laser scatter little, lasers differ from each other by a
     * constant. A longer way has a longer noise; a footprint on a slanted surface has a spread of
     * ranges.
     */
    private double error(int r, double cosine, long noise) {
        double slant = Math.min(2, slantScale * range * SLANT[(int) (cosine * STEPS)]);
        double shot = SHOT * (1 + range / 120 + slant) * CounterHash.gauss(noise);
        return sigmaM * (shot + BIAS * lasers.bias[r]);
    }

    /**
     * Lacquer and glass mirror most of the light away unless met upright, and what is dark below
     * the lacquer stays dark: of their intensity, a share.
     */
    private double gloss(double cosine) {
        double upright = Math.min(1, 0.05 + 1.2 * cosine * cosine);
        return upright * Math.min(1, albedo / DARK);
    }

    /**
     * Compressed as calibrated sensors report it (on a real HDL-64E, asphalt reads 0.25 and facades
     * 0.4, with a deviation of 0.08 from point to point); weak returns fade to 0.
     */
    private double shine(double bright, double signal, long draw) {
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
        if (u < divergenceRad / pitchRad) {
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
        // in the same slot
        int column = cell / rays.rings + rays.shift[r] - rays.shift[other];
        if (column < 0 || column >= rays.columns) {
            return;
        }
        double step = Math.abs(elevation[r] - elevation[other]);
        int beside = column * rays.rings + other;
        if (u < divergenceRad / step && edge(cell, beside, step)) {
            between(cell, beside, draw);
        }
    }

    /** Whether two neighbours lie on surfaces further apart than their slant explains. */
    private boolean edge(int a, int b, double angle) {
        if (b < 0 || b >= hits.cells || hits.range(b) <= 0) {
            return false;
        }
        double near = Math.min(hits.range(a), hits.range(b));
        double slant = 1 / Math.min(hits.cosine(a), hits.cosine(b));
        return Math.abs(hits.range(a) - hits.range(b)) > 0.3 + 1.5 * angle * near * slant;
    }

    private void between(int a, int b, long draw) {
        double near = Math.min(hits.range(a), hits.range(b));
        double gap = Math.abs(hits.range(a) - hits.range(b));
        double share = 0.1 + 0.8 * CounterHash.unit(CounterHash.mix(draw ^ 0x5bd1e995L));
        range = near + Math.min(gap, PULSE_M) * share;
        albedo = Math.min(1, 0.5 * (hits.albedo(a) + hits.albedo(b)));
        label = Surface.MIXED.label();
    }
}
