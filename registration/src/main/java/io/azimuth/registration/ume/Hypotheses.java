package io.azimuth.registration.ume;

/**
 * One pose in the plane for every match of descriptors and every offset of the yaw sweep. The yaw
 * of a match is the closed form {@code arg sum conj(u_k) u'_k}; a single match is off by 9 .. 15
 * degrees as a rule, hence the sweep. The shift then takes one key point to the other.
 */
final class Hypotheses {
    private static final int K = UmeMoments.COUNT;
    private static final double STEP_RAD = Math.toRadians(5);
    private static final int SWEEP = 3;

    /** Poses: {@code targetFromSource} in the level frames' planes. */
    double[] yaw = new double[0];

    /** Of the yaws. */
    double[] cos = new double[0];

    double[] sin = new double[0];
    double[] tx = new double[0];
    double[] ty = new double[0];

    /** Matched key points, one entry a match; pose h belongs to match {@code h / sweeps()}. */
    double[] sourceX = new double[0];

    double[] sourceY = new double[0];
    double[] targetX = new double[0];
    double[] targetY = new double[0];

    /** Names the key point that was matched, so that its several matches count as one vote. */
    int[] key = new int[0];

    int matches;
    int keys;

    int poses() {
        return matches * sweeps();
    }

    static int sweeps() {
        return 2 * SWEEP + 1;
    }

    static Hypotheses of(UmeScan target, UmeScan source, int neighbours, boolean bothDirections) {
        UmeDescriptors from = source.descriptorsOfSource();
        UmeDescriptors to = target.descriptorsOfTarget();
        Hypotheses out = new Hypotheses();
        out.match(from, to, neighbours, false);
        if (bothDirections) {
            out.match(target.descriptorsOfSource(), source.descriptorsOfTarget(), neighbours, true);
        }
        return out;
    }

    private void match(UmeDescriptors from, UmeDescriptors to, int neighbours, boolean inverse) {
        int wanted = Math.min(neighbours, to.size);
        grow(matches + from.size * wanted);
        float[] work = new float[3 * to.size];
        int[] best = new int[wanted];
        for (int i = 0; i < from.size; i++) {
            to.distances(from, i, work);
            nearest(work, to.size, best);
            for (int j : best) {
                add(from, i, to, j, inverse);
            }
        }
        keys += from.size;
    }

    private void grow(int capacity) {
        sourceX = java.util.Arrays.copyOf(sourceX, capacity);
        sourceY = java.util.Arrays.copyOf(sourceY, capacity);
        targetX = java.util.Arrays.copyOf(targetX, capacity);
        targetY = java.util.Arrays.copyOf(targetY, capacity);
        key = java.util.Arrays.copyOf(key, capacity);
        yaw = java.util.Arrays.copyOf(yaw, capacity * sweeps());
        cos = java.util.Arrays.copyOf(cos, capacity * sweeps());
        sin = java.util.Arrays.copyOf(sin, capacity * sweeps());
        tx = java.util.Arrays.copyOf(tx, capacity * sweeps());
        ty = java.util.Arrays.copyOf(ty, capacity * sweeps());
    }

    /** Indices of the smallest distances, ascending; the lower index of equals. */
    static void nearest(float[] distance, int n, int[] best) {
        int kept = 0;
        for (int j = 0; j < n; j++) {
            if (kept == best.length && !(distance[j] < distance[best[kept - 1]])) {
                continue;
            }
            int k = kept < best.length ? kept++ : kept - 1;
            while (k > 0 && distance[j] < distance[best[k - 1]]) {
                best[k] = best[k - 1];
                k--;
            }
            best[k] = j;
        }
    }

    private void add(UmeDescriptors from, int i, UmeDescriptors to, int j, boolean inverse) {
        double re = 0;
        double im = 0;
        for (int k = 0; k < K; k++) {
            double ar = from.momentRe[i * K + k];
            double ai = from.momentIm[i * K + k];
            double br = to.momentRe[j * K + k];
            double bi = to.momentIm[j * K + k];
            re += ar * br + ai * bi;
            im += ar * bi - ai * br;
        }
        double psi = inverse ? -Math.atan2(im, re) : Math.atan2(im, re);
        int m = matches++;
        sourceX[m] = inverse ? to.x[j] : from.x[i];
        sourceY[m] = inverse ? to.y[j] : from.y[i];
        targetX[m] = inverse ? from.x[i] : to.x[j];
        targetY[m] = inverse ? from.y[i] : to.y[j];
        key[m] = keys + i;
        for (int s = -SWEEP; s <= SWEEP; s++) {
            double angle = psi + s * STEP_RAD;
            int h = m * sweeps() + s + SWEEP;
            yaw[h] = angle;
            cos[h] = Math.cos(angle);
            sin[h] = Math.sin(angle);
            tx[h] = targetX[m] - cos[h] * sourceX[m] + sin[h] * sourceY[m];
            ty[h] = targetY[m] - sin[h] * sourceX[m] - cos[h] * sourceY[m];
        }
    }

    /** Share-like count of distinct key points whose match agrees with a pose (2 m, 20 degrees). */
    int votes(int h, int[] seenBy, int stamp) {
        double c = cos[h];
        double s = sin[h];
        int count = 0;
        for (int m = 0; m < matches; m++) {
            double dx = c * sourceX[m] - s * sourceY[m] + tx[h] - targetX[m];
            double dy = s * sourceX[m] + c * sourceY[m] + ty[h] - targetY[m];
            if (dx * dx + dy * dy < 4
                    && seenBy[key[m]] != stamp
                    && Math.cos(yaw[m * sweeps() + SWEEP] - yaw[h]) > 0.9396926) {
                seenBy[key[m]] = stamp;
                count++;
            }
        }
        return count;
    }
}
