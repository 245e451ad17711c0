package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.eigen.SymmetricEigen3;

/**
 * Mean and covariance of points added one by one, and the axes of their spread. Sums are taken
 * relative to the first point, so that a far cloud loses no digits. Reusable; not thread-safe.
 */
final class Covariance3 {
    private final SymmetricEigen3 eigen = new SymmetricEigen3();
    private double ox;
    private double oy;
    private double oz;
    private double sx;
    private double sy;
    private double sz;
    private double xx;
    private double xy;
    private double xz;
    private double yy;
    private double yz;
    private double zz;
    private int n;

    void clear() {
        n = 0;
        sx = sy = sz = xx = xy = xz = yy = yz = zz = 0;
    }

    void add(double x, double y, double z) {
        if (n == 0) {
            ox = x;
            oy = y;
            oz = z;
        }
        double dx = x - ox;
        double dy = y - oy;
        double dz = z - oz;
        sx += dx;
        sy += dy;
        sz += dz;
        xx += dx * dx;
        xy += dx * dy;
        xz += dx * dz;
        yy += dy * dy;
        yz += dy * dz;
        zz += dz * dz;
        n++;
    }

    int count() {
        return n;
    }

    double meanX() {
        return ox + sx / n;
    }

    double meanY() {
        return oy + sy / n;
    }

    double meanZ() {
        return oz + sz / n;
    }

    /** Eigenvalues (square metres) and axes of what was added. */
    void decompose() {
        double k = 1.0 / n;
        double mx = sx * k;
        double my = sy * k;
        double mz = sz * k;
        eigen.decompose(
                xx * k - mx * mx,
                xy * k - mx * my,
                xz * k - mx * mz,
                yy * k - my * my,
                yz * k - my * mz,
                zz * k - mz * mz);
    }

    /** Ascending; valid until the next decomposition. */
    double[] variances() {
        return eigen.values();
    }

    /** Unit axes in the order of {@link #variances()}, three numbers each. */
    double[] axes() {
        return eigen.vectors();
    }
}
