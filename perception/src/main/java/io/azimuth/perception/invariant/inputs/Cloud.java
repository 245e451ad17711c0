package io.azimuth.perception.invariant.inputs;

/**
 * Points about a centroid, with the distances by which ties among them are broken. Grows as needed;
 * not thread-safe.
 */
final class Cloud {
    int size;
    double[] x = new double[0];
    double[] y = new double[0];
    double[] z = new double[0];

    /** To the sensor, metres; all 0 if no sensor is used. */
    double[] toSensor = new double[0];

    /** To the centroid, metres. */
    double[] toCentre = new double[0];

    /** Makes room; what was there is lost. */
    void reserve(int count) {
        if (x.length < count) {
            int room = count + count / 2;
            x = new double[room];
            y = new double[room];
            z = new double[room];
            toSensor = new double[room];
            toCentre = new double[room];
        }
    }

    void take(Cloud from, int[] indices, int count) {
        reserve(count);
        size = count;
        for (int i = 0; i < count; i++) {
            int j = indices[i];
            x[i] = from.x[j];
            y[i] = from.y[j];
            z[i] = from.z[j];
            toSensor[i] = from.toSensor[j];
            toCentre[i] = from.toCentre[j];
        }
    }

    double squaredDistance(int i, int j) {
        double dx = x[i] - x[j];
        double dy = y[i] - y[j];
        double dz = z[i] - z[j];
        return dx * dx + dy * dy + dz * dz;
    }
}
