package io.azimuth.perception.ground;

import io.azimuth.perception.geometry.PointCloud;
import java.util.Arrays;

/**
 * Height of the ground over a grid of azimuth sectors and 1 m range bins. In every sector a profile
 * walks outward from the foot of the sensor (taken from {@link GroundPlane}): a bin's lowest point
 * is ground if it lies within a slope-limited band about the prediction; otherwise the prediction
 * is carried on. A median over five sectors removes what a single sector got wrong, and heights are
 * read bilinearly. The mounting height is found, not assumed.
 *
 * <p>Source: Himmelsbach, Hundelshausen, Wuensche, "Fast segmentation of 3D point clouds for ground
 * vehicles" (2010); differs: a running slope with gap-dependent bands instead of line fits, and a
 * shared start from a voted plane. Buffers are reused; one instance per thread.
 */
public final class GroundProfile {
    private static final float BIN_M = 1f;
    private static final double PLANE_RANGE_M = 25;
    private static final double PLANE_MIN_RANGE_M = 2;

    private final GroundConfig config;
    private final int sectors;
    private final int bins;
    private final float[] lowZ;
    private final float[] lowRange;
    private final float[] walked;
    private final float[] height; // [sector][bin], at the bin's centre
    private final float[] cellX;
    private final float[] cellY;
    private final float[] cellZ;
    private final GroundPlane plane;
    private float[] above = new float[0];

    public GroundProfile(GroundConfig config) {
        this.config = config;
        sectors = config.sectors();
        bins = (int) Math.ceil(config.maxRangeM() / BIN_M);
        int cells = sectors * bins;
        lowZ = new float[cells];
        lowRange = new float[cells];
        walked = new float[cells];
        height = new float[cells];
        cellX = new float[cells];
        cellY = new float[cells];
        cellZ = new float[cells];
        plane = new GroundPlane(config);
    }

    /**
     * Estimates the ground under a cloud.
     *
     * @param polar computed from the same cloud
     */
    public void estimate(PointCloud cloud, PolarCoordinates polar) {
        collectLowest(cloud, polar);
        int n = 0;
        for (int s = 0; s < sectors; s++) {
            double azimuth = (s + 0.5) / sectors * 2 * Math.PI;
            float cos = (float) Math.cos(azimuth);
            float sin = (float) Math.sin(azimuth);
            for (int b = (int) PLANE_MIN_RANGE_M; b < Math.min(bins, PLANE_RANGE_M); b++) {
                int cell = s * bins + b;
                if (lowZ[cell] < Float.MAX_VALUE) {
                    cellX[n] = lowRange[cell] * cos;
                    cellY[n] = lowRange[cell] * sin;
                    cellZ[n++] = lowZ[cell];
                }
            }
        }
        plane.fit(cellX, cellY, cellZ, n);
        for (int s = 0; s < sectors; s++) {
            walk(s);
        }
        smooth();
    }

    /** Height of the ground in the sensor's frame (z) at a place given in polar coordinates. */
    public float heightAt(float rangeM, float azimuthTurns) {
        float fr = rangeM / BIN_M - 0.5f;
        fr = fr < 0 ? 0 : Math.min(fr, bins - 1.001f);
        int b = (int) fr;
        float wr = fr - b;
        float fs = azimuthTurns * sectors - 0.5f;
        if (fs < 0) {
            fs += sectors;
        }
        int s = (int) fs;
        float ws = fs - s;
        if (s >= sectors) {
            s -= sectors;
        }
        int next = s + 1 == sectors ? 0 : s + 1;
        int i = s * bins + b;
        int j = next * bins + b;
        float here = height[i] + wr * (height[i + 1] - height[i]);
        float there = height[j] + wr * (height[j + 1] - height[j]);
        return here + ws * (there - here);
    }

    /**
     * Height of every point over the ground, metres; entries of points to be ignored are 0. Valid
     * until the next call.
     */
    public float[] heightsAbove(PointCloud cloud, PolarCoordinates polar) {
        int n = polar.size();
        if (above.length < n) {
            above = new float[n + (n >> 2) + 16];
        }
        float[] z = cloud.z();
        float[] range = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        for (int i = 0; i < n; i++) {
            above[i] = range[i] < 0 ? 0 : z[i] - heightAt(range[i], turns[i]);
        }
        return above;
    }

    /** Height of the sensor over the ground, metres, as estimated from the last cloud. */
    public double sensorHeightM() {
        return -plane.c;
    }

    private void collectLowest(PointCloud cloud, PolarCoordinates polar) {
        Arrays.fill(lowZ, Float.MAX_VALUE);
        float[] z = cloud.z();
        float[] range = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        int n = polar.size();
        float reach = bins * BIN_M;
        for (int i = 0; i < n; i++) {
            float r = range[i];
            if (r < 0 || r >= reach) {
                continue;
            }
            int s = Math.min((int) (turns[i] * sectors), sectors - 1);
            int cell = s * bins + (int) (r / BIN_M);
            // ties by range, so that the order of the points does not matter
            if (z[i] < lowZ[cell] || (z[i] == lowZ[cell] && r < lowRange[cell])) {
                lowZ[cell] = z[i];
                lowRange[cell] = r;
            }
        }
    }

    private void walk(int s) {
        double azimuth = (s + 0.5) / sectors * 2 * Math.PI;
        float planeSlope = (float) (plane.a * Math.cos(azimuth) + plane.b * Math.sin(azimuth));
        float limit = (float) config.maxSlope();
        float slope = planeSlope;
        float h = (float) plane.c;
        float at = 0;
        for (int b = 0; b < bins; b++) {
            int cell = s * bins + b;
            float centre = (b + 0.5f) * BIN_M;
            float z = lowZ[cell];
            if (z < Float.MAX_VALUE && b >= 1) {
                float r = lowRange[cell];
                float gap = Math.max(r - at, 0.2f);
                float off = z - (h + slope * (r - at));
                float reach = Math.min(gap, 8f);
                if (off <= 0.10f + 0.05f * reach && off >= -(0.15f + 0.08f * reach)) {
                    float turn = 0.25f * off / Math.max(gap, 1f);
                    slope = Math.max(-limit, Math.min(limit, slope + turn));
                    h = z;
                    at = r;
                }
            }
            // far from the last evidence the slope fades into the plane's
            float carried = centre - at;
            float fade = carried <= 5 ? slope : planeSlope + (slope - planeSlope) * 5 / carried;
            walked[cell] = h + fade * carried;
        }
    }

    /** Median over five sectors of the walked profiles, wrapped. */
    private void smooth() {
        for (int s = 0; s < sectors; s++) {
            int m2 = (s + sectors - 2) % sectors * bins;
            int m1 = (s + sectors - 1) % sectors * bins;
            int p1 = (s + 1) % sectors * bins;
            int p2 = (s + 2) % sectors * bins;
            for (int b = 0; b < bins; b++) {
                height[s * bins + b] =
                        median(
                                walked[m2 + b],
                                walked[m1 + b],
                                walked[s * bins + b],
                                walked[p1 + b],
                                walked[p2 + b]);
            }
        }
    }

    private static float median(float a, float b, float c, float d, float e) {
        // the median of five is the median of e and the middle two of the first four
        float low = Math.max(Math.min(a, b), Math.min(c, d));
        float high = Math.min(Math.max(a, b), Math.max(c, d));
        return Math.max(Math.min(low, high), Math.min(Math.max(low, high), e));
    }
}
