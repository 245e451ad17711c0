package io.azimuth.perception.simulation;

/**
 * The rays of a slot in the frame of one body, and what they meet there: a part's rings in one
 * loop, with what they share taken once. Does the same as {@link Shape#meets} ray by ray, to the
 * last bit.
 */
final class PartCaster {
    private final SlotRays rays;

    // rays in the body's frame, one a ring
    private final double[] ox;
    private final double[] oy;
    private final double[] oz;
    private final double[] dx;
    private final double[] dy;
    private final double[] dz;

    /** Rings that reach the body at all. */
    private final boolean[] ready;

    /** Nearest hit of each ring: range, cosine, albedo, label. */
    private final double[] best;

    private final double[] cosine;
    private final double[] albedo;
    private final int[] met;

    private final long key;
    private final Shape.Hit hit = new Shape.Hit();

    // of the current body
    private int slot;
    private Shape shape = new Shape();
    private long seed;
    private int label;

    /** Whether any ring has met anything since this was last cleared. */
    boolean anyMet;

    PartCaster(
            SlotRays rays, double[] best, double[] cosine, double[] albedo, int[] met, long key) {
        this.rays = rays;
        this.best = best;
        this.cosine = cosine;
        this.albedo = albedo;
        this.met = met;
        this.key = key;
        int n = rays.rings;
        ox = new double[n];
        oy = new double[n];
        oz = new double[n];
        dx = new double[n];
        dy = new double[n];
        dz = new double[n];
        ready = new boolean[n];
    }

    /**
     * Takes the rings of a window into a body's frame, except those that are stopped before it.
     *
     * @param q the body's pose at the group's beginning
     * @param v its way within the group
     * @param asks rings that are to be cast
     * @return whether there are any
     */
    boolean enter(
            Window window, double[] q, double[] v, int fromStart, double share, boolean[] asks) {
        double q0 = q[0];
        double q1 = q[1];
        double q2 = q[2];
        double q3 = q[3];
        double q4 = q[4];
        double q5 = q[5];
        double q6 = q[6];
        double q7 = q[7];
        double q8 = q[8];
        double near = window.near;
        boolean any = false;
        for (int r = window.top; r <= window.bottom; r++) {
            boolean reaches = asks[r] && near < best[r];
            ready[r] = reaches;
            if (!reaches) {
                continue;
            }
            any = true;
            double f = (fromStart + rays.lag[r]) * share;
            double x = rays.ox[r] - q[9] - f * v[0];
            double y = rays.oy[r] - q[10] - f * v[1];
            double z = rays.oz[r] - q[11] - f * v[2];
            ox[r] = q0 * x + q3 * y + q6 * z;
            oy[r] = q1 * x + q4 * y + q7 * z;
            oz[r] = q2 * x + q5 * y + q8 * z;
            x = rays.dx[r];
            y = rays.dy[r];
            z = rays.dz[r];
            dx[r] = q0 * x + q3 * y + q6 * z;
            dy[r] = q1 * x + q4 * y + q7 * z;
            dz[r] = q2 * x + q5 * y + q8 * z;
        }
        return any;
    }

    /** Casts all parts of a shape on the rings that {@link #enter} left. */
    void cast(Window window, int castSlot, Shape s, long bodySeed, int bodyLabel) {
        slot = castSlot;
        shape = s;
        seed = bodySeed;
        label = bodyLabel;
        int top = window.top;
        int bottom = window.bottom;
        int parts = s.parts();
        for (int p = 0; p < parts; p++) {
            if (!window.open(s.bounds, Shape.BOUND * p)) {
                continue;
            }
            int from = Math.max(top, window.top);
            int to = Math.min(bottom, window.bottom);
            if (s.type[p] == Shape.TAPER) {
                taper(p, from, to, window.near);
            } else {
                round(p, from, to, window.near);
            }
        }
    }

    private void round(int p, int from, int to, double near) {
        for (int r = from; r <= to; r++) {
            if (ready[r] && near < best[r]) {
                hit.t = best[r];
                if (shape.outside(p, ox[r], oy[r], oz[r], dx[r], dy[r], dz[r], hit)) {
                    settle(p, r);
                }
            }
        }
    }

    private void settle(int p, int r) {
        hit.t = best[r];
        hit.glassKey = glassKey(slot, r);
        if (shape.settles(p, ox[r], oy[r], oz[r], dx[r], dy[r], dz[r], seed, hit)) {
            best[r] = hit.t;
            cosine[r] = hit.cosine;
            albedo[r] = hit.absorbed ? 0 : shape.albedo[p];
            met[r] = label >= 0 ? label : shape.surface[p].label();
            anyMet = true;
        }
    }

    /** What decides, with the part, whether a ray passes its glass. */
    long glassKey(int ofSlot, int r) {
        return key ^ ((long) ofSlot * rays.rings + r) * 0xD1342543DE82EF95L;
    }

    /** As {@link Shape#outside} of a tapered box: planes in the same order. */
    private void taper(int p, int from, int to, double near) {
        double[] data = shape.data;
        int b = p * Shape.STRIDE;
        double z0 = data[b];
        double z1 = data[b + 1];
        double k1 = data[b + 2];
        double c1 = data[b + 3];
        double k0 = data[b + 4];
        double c0 = data[b + 5];
        double ky = data[b + 6];
        double cy = data[b + 7];
        for (int r = from; r <= to; r++) {
            double limit = best[r];
            if (!ready[r] || near >= limit) {
                continue;
            }
            double z = oz[r];
            double w = dz[r];
            double entry = 0;
            double exit = Double.MAX_VALUE;
            double slant = 0;
            double side = oy[r] - ky * z - cy;
            double speed = dy[r] - ky * w;
            if (speed < 0) {
                double t = -side / speed;
                if (t > entry) {
                    entry = t;
                    slant = -speed;
                }
            } else if (speed > 0) {
                exit = -side / speed;
            } else if (side > 0) {
                continue;
            }
            side = -oy[r] - ky * z - cy;
            speed = -dy[r] - ky * w;
            if (speed < 0) {
                double t = -side / speed;
                if (t > entry) {
                    entry = t;
                    slant = -speed;
                }
            } else if (speed > 0) {
                double t = -side / speed;
                exit = t < exit ? t : exit;
            } else if (side > 0) {
                continue;
            }
            if (entry >= exit || entry >= limit) {
                continue;
            }
            side = ox[r] - k1 * z - c1;
            speed = dx[r] - k1 * w;
            if (speed < 0) {
                double t = -side / speed;
                if (t > entry) {
                    entry = t;
                    slant = -speed;
                }
            } else if (speed > 0) {
                double t = -side / speed;
                exit = t < exit ? t : exit;
            } else if (side > 0) {
                continue;
            }
            side = -ox[r] + k0 * z + c0;
            speed = -dx[r] + k0 * w;
            if (speed < 0) {
                double t = -side / speed;
                if (t > entry) {
                    entry = t;
                    slant = -speed;
                }
            } else if (speed > 0) {
                double t = -side / speed;
                exit = t < exit ? t : exit;
            } else if (side > 0) {
                continue;
            }
            if (entry >= exit || entry >= limit) {
                continue;
            }
            side = z - z1;
            if (w < 0) {
                double t = -side / w;
                if (t > entry) {
                    entry = t;
                    slant = -w;
                }
            } else if (w > 0) {
                double t = -side / w;
                exit = t < exit ? t : exit;
            } else if (side > 0) {
                continue;
            }
            side = z0 - z;
            if (w > 0) {
                double t = -side / -w;
                if (t > entry) {
                    entry = t;
                    slant = w;
                }
            } else if (w < 0) {
                double t = -side / -w;
                exit = t < exit ? t : exit;
            } else if (side > 0) {
                continue;
            }
            if (entry > 0 && entry < exit && entry < limit) {
                hit.entry = entry;
                hit.exit = exit;
                hit.entryCosine = slant;
                settle(p, r);
            }
        }
    }
}
