package io.azimuth.registration.neighbours;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * The points of a cloud relative to an origin, exact copies left out, in the order of the cloud.
 * Open addressing on the bits of the coordinates. Buffers are reused; not thread-safe.
 */
final class DistinctPoints {
    private float[] x = new float[0];
    private float[] y = new float[0];
    private float[] z = new float[0];
    private int[] slots = new int[8]; // number of a point + 1, 0 = free
    private int size;

    void take(PointCloud cloud, double originX, double originY, double originZ) {
        reserve(cloud.size());
        size = 0;
        int mask = slots.length - 1;
        for (int i = 0; i < cloud.size(); i++) {
            float px = (float) (cloud.x()[i] - originX) + 0f; // + 0: no negative zero
            float py = (float) (cloud.y()[i] - originY) + 0f;
            float pz = (float) (cloud.z()[i] - originZ) + 0f;
            int slot = hash(px, py, pz) & mask;
            while (slots[slot] != 0 && !same(slots[slot] - 1, px, py, pz)) {
                slot = slot + 1 & mask;
            }
            if (slots[slot] == 0) {
                x[size] = px;
                y[size] = py;
                z[size] = pz;
                slots[slot] = ++size;
            }
        }
    }

    int size() {
        return size;
    }

    float[] x() {
        return x;
    }

    float[] y() {
        return y;
    }

    float[] z() {
        return z;
    }

    /** Mean of the squared distances to the origin. */
    double meanSquare() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (double) x[i] * x[i] + (double) y[i] * y[i] + (double) z[i] * z[i];
        }
        return sum / Math.max(1, size);
    }

    private boolean same(int i, float px, float py, float pz) {
        return x[i] == px && y[i] == py && z[i] == pz;
    }

    private static int hash(float px, float py, float pz) {
        long h = Float.floatToRawIntBits(px) * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 29 ^ Float.floatToRawIntBits(py)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ h >>> 32 ^ Float.floatToRawIntBits(pz)) * 0x94D049BB133111EBL;
        return (int) (h >>> 32);
    }

    private void reserve(int n) {
        if (x.length < n) {
            int capacity = n + (n >> 2);
            x = new float[capacity];
            y = new float[capacity];
            z = new float[capacity];
            slots = new int[Integer.highestOneBit(Math.max(8, 2 * capacity)) << 1];
        } else {
            Arrays.fill(slots, 0);
        }
    }
}
