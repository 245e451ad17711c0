package io.azimuth.registration.pcl;

import io.azimuth.perception.geometry.PointCloud;
import java.util.ArrayList;
import java.util.List;

/**
 * Fast point feature histograms as the paper and PCL define them, slow and plain: every pair is
 * looked at. Source: Rusu, Blodow, Beetz, "Fast Point Feature Histograms", ICRA 2009; as PCL, a
 * point's own simple histogram is left out and neighbours weigh by the inverse squared distance.
 */
final class PlainFpfh {
    private static final int BINS = 11;

    private final PointCloud points;
    private final float[] normals;
    private final double radiusM;

    /**
     * @param normals nx, ny, nz, curvature for each point, all valid
     */
    PlainFpfh(PointCloud points, float[] normals, double radiusM) {
        this.points = points;
        this.normals = normals;
        this.radiusM = radiusM;
    }

    /** 33 numbers a point. */
    double[][] descriptors() {
        double[][] simple = new double[points.size()][];
        for (int i = 0; i < simple.length; i++) {
            simple[i] = simple(i);
        }
        double[][] out = new double[simple.length][3 * BINS];
        for (int i = 0; i < simple.length; i++) {
            for (int j : near(i)) {
                double weight = 1 / Clouds.squared(points, i, points, j);
                for (int b = 0; b < 3 * BINS; b++) {
                    out[i][b] += weight * simple[j][b];
                }
            }
            for (int group = 0; group < 3; group++) {
                double sum = 0;
                for (int b = 0; b < BINS; b++) {
                    sum += out[i][BINS * group + b];
                }
                for (int b = 0; b < BINS; b++) {
                    out[i][BINS * group + b] *= 100 / sum;
                }
            }
        }
        return out;
    }

    private List<Integer> near(int i) {
        List<Integer> out = new ArrayList<>();
        for (int j = 0; j < points.size(); j++) {
            if (j != i && Clouds.squared(points, i, points, j) <= radiusM * radiusM) {
                out.add(j);
            }
        }
        return out;
    }

    private double[] simple(int i) {
        double[] out = new double[3 * BINS];
        List<Integer> near = near(i);
        for (int j : near) {
            double[] angles = angles(i, j);
            if (angles != null) {
                out[bin((angles[0] + Math.PI) / (2 * Math.PI))] += 100.0 / near.size();
                out[BINS + bin((angles[1] + 1) / 2)] += 100.0 / near.size();
                out[2 * BINS + bin((angles[2] + 1) / 2)] += 100.0 / near.size();
            }
        }
        return out;
    }

    private static int bin(double share) {
        return Math.max(0, Math.min(BINS - 1, (int) Math.floor(BINS * share)));
    }

    /** Theta, alpha and phi of a pair; null where the Darboux frame is undefined. */
    private double[] angles(int i, int j) {
        double[] d = {
            (double) points.x()[j] - points.x()[i],
            (double) points.y()[j] - points.y()[i],
            (double) points.z()[j] - points.z()[i]
        };
        double[] n = normal(i);
        double[] m = normal(j);
        double length = Math.sqrt(dot(d, d));
        double first = dot(n, d) / length;
        double second = dot(m, d) / length;
        double phi = first;
        if (Math.abs(first) < Math.abs(second)) { // the frame stands on the straighter normal
            double[] swap = n;
            n = m;
            m = swap;
            d = new double[] {-d[0], -d[1], -d[2]};
            phi = -second;
        }
        double[] v = cross(d, n);
        double norm = Math.sqrt(dot(v, v));
        if (norm == 0) {
            return null;
        }
        v = new double[] {v[0] / norm, v[1] / norm, v[2] / norm};
        double[] w = cross(n, v);
        return new double[] {Math.atan2(dot(w, m), dot(n, m)), dot(v, m), phi};
    }

    private double[] normal(int i) {
        return new double[] {normals[4 * i], normals[4 * i + 1], normals[4 * i + 2]};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {
            a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        };
    }
}
