package io.azimuth.perception.geometry;

/**
 * A box standing upright: centre and extents in metres, heading about +z.
 *
 * @param x centre
 * @param y centre
 * @param z centre, not bottom
 * @param length along the heading, > 0
 * @param width across the heading, > 0
 * @param height along z, > 0
 * @param yawRad heading, counter-clockwise from +x, in [-pi, pi) (wrapped here)
 */
public record OrientedBox(
        double x, double y, double z, double length, double width, double height, double yawRad) {

    public OrientedBox {
        yawRad = Angles.wrap(yawRad);
        if (!(length > 0 && width > 0 && height > 0)
                || !Double.isFinite(x + y + z + length + width + height + yawRad)) {
            throw new IllegalArgumentException(
                    "box at (%s, %s, %s) with length %s, width %s, height %s, yaw %s: expected finite numbers and extents above 0 m"
                            .formatted(x, y, z, length, width, height, yawRad));
        }
    }

    /** Corners seen from above, counter-clockwise from front left: x0, y0, x1, y1, ... */
    public double[] footprint() {
        double c = Math.cos(yawRad);
        double s = Math.sin(yawRad);
        double[] out = new double[8];
        for (int i = 0; i < 4; i++) {
            double lx = (i == 0 || i == 3 ? 0.5 : -0.5) * length;
            double ly = (i < 2 ? 0.5 : -0.5) * width;
            out[2 * i] = x + c * lx - s * ly;
            out[2 * i + 1] = y + s * lx + c * ly;
        }
        return out;
    }

    /** Whether the point lies inside or within {@code margin} metres of each face. */
    public boolean contains(double px, double py, double pz, double margin) {
        double c = Math.cos(yawRad);
        double s = Math.sin(yawRad);
        double dx = px - x;
        double dy = py - y;
        return Math.abs(c * dx + s * dy) <= 0.5 * length + margin
                && Math.abs(-s * dx + c * dy) <= 0.5 * width + margin
                && Math.abs(pz - z) <= 0.5 * height + margin;
    }

    public double rangeM() {
        return Math.hypot(x, y);
    }

    public double bottomZ() {
        return z - 0.5 * height;
    }

    /**
     * Half of an extent that the crop about a box has, in training sets and in the stream alike: it
     * reaches beyond each face by 5 % of the extent and by 0.2 m at least, so that a box a little
     * off or too small loses nothing.
     *
     * @param extentM length, width or height of the box, metres
     */
    public static double cropHalf(double extentM) {
        return 0.5 * extentM + Math.max(0.05 * extentM, 0.2);
    }
}
