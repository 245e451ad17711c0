package io.azimuth.perception.simulation;

import java.util.Arrays;

/**
 * Convex parts in a body's own frame (x forward, z up, origin on the ground): tapered boxes,
 * upright cylinders, ellipsoids and wheels. Immutable after building, thread-safe.
 */
final class Shape {
    static final int STRIDE = 10;
    static final int BOUND = 6;
    static final int TAPER = 0;
    static final int CYLINDER = 1;
    static final int ELLIPSOID = 2;
    static final int WHEEL = 3;

    /** Edge of a leaf cell of hedges and crowns. */
    private static final double LEAF_M = 0.22;

    /** Period of a fence's slats. */
    private static final double SLAT_M = 0.14;

    /** What a ray met; reused by its caster. */
    static final class Hit {
        double t;
        double cosine;
        int part;

        /** Of the ray, to decide what passes through glass; 0: glass is opaque. */
        long glassKey;

        /** Whether the light went into a building's window and never came back. */
        boolean absorbed;

        /** Where the ray is within the outside of a part, and its cosine where it enters. */
        double entry;

        double exit;
        double entryCosine;
    }

    double[] data = new double[0];
    int[] type = new int[0];
    Surface[] surface = new Surface[0];
    double[] albedo = new double[0];

    /** Share of the light that passes through (glass), and share of the cells that block it. */
    double[] glass = new double[0];

    private double[] fill = new double[0];
    final double[] low = {1e9, 1e9, 1e9};
    final double[] high = {-1e9, -1e9, -1e9};

    /** Centre and half extents of every part's bounds, {@link #BOUND} values each. */
    double[] bounds = new double[0];

    private int parts;

    /** Box whose x and y limits change linearly from its bottom to its top. */
    Shape taper(
            double x0b,
            double x0t,
            double x1b,
            double x1t,
            double yb,
            double yt,
            double z0,
            double z1) {
        double h = z1 - z0;
        double k0 = (x0t - x0b) / h;
        double k1 = (x1t - x1b) / h;
        double ky = (yt - yb) / h;
        double y = Math.max(yb, yt);
        return add(
                new double[] {Math.min(x0b, x0t), -y, z0},
                new double[] {Math.max(x1b, x1t), y, z1},
                TAPER,
                z0,
                z1,
                k1,
                x1b - k1 * z0,
                k0,
                x0b - k0 * z0,
                ky,
                yb - ky * z0);
    }

    Shape box(double x0, double x1, double halfY, double z0, double z1) {
        return taper(x0, x0, x1, x1, halfY, halfY, z0, z1);
    }

    Shape cylinder(double x, double y, double radius, double z0, double z1) {
        return add(
                new double[] {x - radius, y - radius, z0},
                new double[] {x + radius, y + radius, z1},
                CYLINDER,
                x,
                y,
                radius,
                z0,
                z1,
                0,
                0,
                0);
    }

    Shape ellipsoid(double x, double y, double z, double rx, double ry, double rz) {
        return add(
                new double[] {x - rx, y - ry, z - rz},
                new double[] {x + rx, y + ry, z + rz},
                ELLIPSOID,
                x,
                y,
                z,
                1 / rx,
                1 / ry,
                1 / rz,
                0,
                0);
    }

    Shape wheel(double x, double y, double radius, double halfWidth) {
        return add(
                new double[] {x - radius, y - halfWidth, 0},
                new double[] {x + radius, y + halfWidth, 2 * radius},
                WHEEL,
                x,
                y,
                radius,
                halfWidth,
                0,
                0,
                0,
                0);
    }

    /**
     * Sets what the last part is made of.
     *
     * @param partAlbedo above 1: retro-reflective
     * @param partGlass share of the rays that pass through to what is behind; rays into a {@link
     *     Surface#HOUSE} do not come back
     * @param partFill below 1: share of the cells (slats of a fence) that block
     */
    Shape of(Surface s, double partAlbedo, double partGlass, double partFill) {
        surface[parts - 1] = s;
        albedo[parts - 1] = partAlbedo;
        glass[parts - 1] = partGlass;
        fill[parts - 1] = partFill;
        return this;
    }

    private Shape add(double[] partLowest, double[] partHighest, int kind, double... values) {
        for (int i = 0; i < 3; i++) {
            low[i] = Math.min(low[i], partLowest[i]);
            high[i] = Math.max(high[i], partHighest[i]);
        }
        bounds = Arrays.copyOf(bounds, (parts + 1) * BOUND);
        bound(partLowest, partHighest, bounds, parts * BOUND);
        parts++;
        data = Arrays.copyOf(data, parts * STRIDE);
        type = Arrays.copyOf(type, parts);
        surface = Arrays.copyOf(surface, parts);
        albedo = Arrays.copyOf(albedo, parts);
        glass = Arrays.copyOf(glass, parts);
        fill = Arrays.copyOf(fill, parts);
        System.arraycopy(values, 0, data, (parts - 1) * STRIDE, values.length);
        type[parts - 1] = kind;
        return of(Surface.FURNITURE, 0.4, 0, 1);
    }

    /** Radius around the body's axis that holds every part. */
    double radius() {
        double x = Math.max(high[0], -low[0]);
        double y = Math.max(high[1], -low[1]);
        return Math.sqrt(x * x + y * y);
    }

    /** As {@link #radius} with the parts that stick out of the hull. */
    double reach() {
        double most = radius();
        for (int b = 0; b < bounds.length; b += BOUND) {
            double x = Math.abs(bounds[b]) + bounds[b + 3];
            double y = Math.abs(bounds[b + 1]) + bounds[b + 4];
            most = Math.max(most, Math.sqrt(x * x + y * y));
        }
        return most;
    }

    /** Writes centre and half extents of the box between two corners. */
    static void bound(double[] lower, double[] upper, double[] out, int at) {
        for (int k = 0; k < 3; k++) {
            out[at + k] = 0.5 * (lower[k] + upper[k]);
            out[at + 3 + k] = upper[k] - out[at + k];
        }
    }

    /**
     * Nearest hit of the local ray o + t d (|d| = 1) before {@code hit.t}; updates {@code hit}.
     *
     * @return whether something nearer was hit
     */
    boolean nearest(
            double ox, double oy, double oz, double dx, double dy, double dz, long seed, Hit hit) {
        boolean found = false;
        for (int p = 0; p < parts; p++) {
            found |= meets(p, ox, oy, oz, dx, dy, dz, seed, hit);
        }
        return found;
    }

    /** As {@link #nearest} for part {@code p} alone. */
    boolean meets(
            int p,
            double ox,
            double oy,
            double oz,
            double dx,
            double dy,
            double dz,
            long seed,
            Hit hit) {
        return outside(p, ox, oy, oz, dx, dy, dz, hit)
                && settles(p, ox, oy, oz, dx, dy, dz, seed, hit);
    }

    /** Whether a ray passes through a part's outside; then says where and how it enters. */
    boolean outside(
            int p, double ox, double oy, double oz, double dx, double dy, double dz, Hit hit) {
        return switch (type[p]) {
            case TAPER -> taperHit(p * STRIDE, ox, oy, oz, dx, dy, dz, hit);
            case CYLINDER -> cylinderHit(p * STRIDE, ox, oy, oz, dx, dy, dz, hit);
            case ELLIPSOID -> ellipsoidHit(p * STRIDE, ox, oy, oz, dx, dy, dz, hit);
            default -> wheelHit(p * STRIDE, ox, oy, oz, dx, dy, dz, hit);
        };
    }

    /** Whether a ray that enters part {@code p}'s outside at {@code hit.entry} meets it. */
    boolean settles(
            int p,
            double ox,
            double oy,
            double oz,
            double dx,
            double dy,
            double dz,
            long seed,
            Hit hit) {
        if (hit.entry >= hit.t) {
            return false;
        }
        double t = fill[p] < 1 ? porous(p, ox, oy, oz, dx, dy, dz, seed, hit) : hit.entry;
        boolean through = glass[p] > 0 && passes(p, seed, hit.glassKey);
        if (t >= hit.t || (through && surface[p] != Surface.HOUSE)) {
            return false;
        }
        hit.t = t;
        hit.cosine = Math.min(1, hit.entryCosine);
        hit.part = p;
        hit.absorbed = through;
        return true;
    }

    private boolean passes(int p, long seed, long glassKey) {
        return glassKey != 0 && CounterHash.unit(CounterHash.child(glassKey, seed + p)) < glass[p];
    }

    int parts() {
        return parts;
    }

    /** Leaves and slats stand still in the world: a cell blocks always or never. */
    private double porous(
            int p,
            double ox,
            double oy,
            double oz,
            double dx,
            double dy,
            double dz,
            long seed,
            Hit hit) {
        if (surface[p] == Surface.FENCE) {
            double along = (ox + hit.entry * dx) / SLAT_M;
            return along - Math.floor(along) < fill[p] ? hit.entry : Double.MAX_VALUE;
        }
        double end = Math.min(hit.exit, hit.t);
        for (double t = hit.entry + 0.02; t < end; t += 0.8 * LEAF_M) {
            long i = (long) Math.floor((ox + t * dx) / LEAF_M);
            long j = (long) Math.floor((oy + t * dy) / LEAF_M);
            long k = (long) Math.floor((oz + t * dz) / LEAF_M);
            long cell = CounterHash.mix(seed + i * 73856093L + j * 19349663L + k * 83492791L);
            if (CounterHash.unit(cell) < fill[p]) {
                hit.entryCosine = 0.3 + 0.6 * ((cell & 255) / 255.0);
                return t;
            }
        }
        return Double.MAX_VALUE;
    }

    private boolean taperHit(
            int b, double ox, double oy, double oz, double dx, double dy, double dz, Hit hit) {
        hit.entry = 0;
        hit.exit = Double.MAX_VALUE;
        hit.entryCosine = 0;
        double ky = data[b + 6];
        double cy = data[b + 7];
        return clip(oy - ky * oz - cy, dy - ky * dz, hit)
                && clip(-oy - ky * oz - cy, -dy - ky * dz, hit)
                && clip(ox - data[b + 2] * oz - data[b + 3], dx - data[b + 2] * dz, hit)
                && clip(-ox + data[b + 4] * oz + data[b + 5], -dx + data[b + 4] * dz, hit)
                && clip(oz - data[b + 1], dz, hit)
                && clip(data[b] - oz, -dz, hit)
                && hit.entry > 0;
    }

    /** Keeps the part of the ray with {@code side + t speed <= 0}. */
    private static boolean clip(double side, double speed, Hit hit) {
        if (speed < 0) {
            double t = -side / speed;
            if (t > hit.entry) {
                hit.entry = t;
                hit.entryCosine = -speed;
            }
        } else if (speed > 0) {
            hit.exit = Math.min(hit.exit, -side / speed);
        } else if (side > 0) {
            return false;
        }
        return hit.entry < hit.exit;
    }

    private boolean cylinderHit(
            int b, double ox, double oy, double oz, double dx, double dy, double dz, Hit hit) {
        double x = ox - data[b];
        double y = oy - data[b + 1];
        double r = data[b + 2];
        hit.entry = 0;
        hit.exit = Double.MAX_VALUE;
        hit.entryCosine = 0;
        return round(dx * dx + dy * dy, x * dx + y * dy, x * x + y * y - r * r, r, hit)
                && clip(oz - data[b + 4], dz, hit)
                && clip(data[b + 3] - oz, -dz, hit)
                && hit.entry > 0;
    }

    private boolean wheelHit(
            int b, double ox, double oy, double oz, double dx, double dy, double dz, Hit hit) {
        double r = data[b + 2];
        double x = ox - data[b];
        double y = oy - data[b + 1];
        double z = oz - r;
        hit.entry = 0;
        hit.exit = Double.MAX_VALUE;
        hit.entryCosine = 0;
        return round(dx * dx + dz * dz, x * dx + z * dz, x * x + z * z - r * r, r, hit)
                && clip(y - data[b + 3], dy, hit)
                && clip(-y - data[b + 3], -dy, hit)
                && hit.entry > 0;
    }

    private boolean ellipsoidHit(
            int b, double ox, double oy, double oz, double dx, double dy, double dz, Hit hit) {
        double ax = data[b + 3];
        double ay = data[b + 4];
        double az = data[b + 5];
        double x = (ox - data[b]) * ax;
        double y = (oy - data[b + 1]) * ay;
        double z = (oz - data[b + 2]) * az;
        double ex = dx * ax;
        double ey = dy * ay;
        double ez = dz * az;
        hit.entry = 0;
        hit.exit = Double.MAX_VALUE;
        hit.entryCosine = 0;
        double a = ex * ex + ey * ey + ez * ez;
        boolean met = round(a, x * ex + y * ey + z * ez, x * x + y * y + z * z - 1, 1, hit);
        if (met) {
            double nx = (x + hit.entry * ex) * ax;
            double ny = (y + hit.entry * ey) * ay;
            double nz = (z + hit.entry * ez) * az;
            double n = Math.sqrt(nx * nx + ny * ny + nz * nz);
            hit.entryCosine = -(nx * dx + ny * dy + nz * dz) / n;
        }
        return met && hit.entry > 0;
    }

    /** Clips by {@code a t^2 + 2 half t + c <= 0}. */
    private static boolean round(double a, double half, double c, double radius, Hit hit) {
        double q = half * half - a * c;
        if (q <= 0 || a < 1e-12) {
            return a < 1e-12 && c <= 0;
        }
        double root = Math.sqrt(q);
        hit.entry = Math.max(0, (-half - root) / a);
        hit.exit = (-half + root) / a;
        hit.entryCosine = root / radius;
        return hit.exit > 0;
    }
}
