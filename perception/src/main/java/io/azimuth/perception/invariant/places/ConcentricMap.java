package io.azimuth.perception.invariant.places;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.ground.GroundConfig;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;
import java.util.Arrays;

/**
 * What stands around the sensor, on rings: 8 shells (0 to 60 m, even in the square root of the
 * distance) by 64 directions, with five layers: the logarithm of the number of points at four
 * heights over the ground, and the greatest height. A point is shared between the two nearest
 * directions and the two nearest shells, so that small turns change little. A turn by a whole
 * direction shifts the map. One instance a thread; buffers are reused.
 */
final class ConcentricMap {
    static final int SHELLS = 8;
    static final int DIRECTIONS = 64;
    static final int LAYERS = 5;
    static final int ROWS = SHELLS * LAYERS;

    private static final double FARTHEST_M = 60;

    /** Lower edges of the layers and the upper of the last, metres over the ground. */
    private static final double[] HEIGHTS_M = {0.3, 1, 2, 3.5, 12};

    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile ground = new GroundProfile(GroundConfig.defaults());
    private final float[] cells = new float[ROWS * DIRECTIONS];

    /** Draws a sweep; {@code [layer][shell][direction]}, valid until the next call. */
    float[] draw(Sweep sweep) {
        PointCloud cloud = sweep.points();
        Arrays.fill(cells, 0);
        polar.compute(cloud);
        if (polar.validCount() == 0) {
            return cells;
        }
        ground.estimate(cloud, polar);
        float[] above = ground.heightsAbove(cloud, polar);
        float[] range = polar.rangeM();
        float[] turns = polar.azimuthTurns();
        for (int i = 0; i < polar.size(); i++) {
            if (range[i] > 0 && range[i] < FARTHEST_M && above[i] >= HEIGHTS_M[0]) {
                add(range[i], turns[i], above[i]);
            }
        }
        int density = (LAYERS - 1) * SHELLS * DIRECTIONS;
        for (int k = 0; k < density; k++) {
            cells[k] = (float) StrictMath.log1p(cells[k]);
        }
        return cells;
    }

    private void add(float range, float turns, float height) {
        if (height >= HEIGHTS_M[HEIGHTS_M.length - 1]) {
            return;
        }
        int layer = 0;
        while (height >= HEIGHTS_M[layer + 1]) {
            layer++;
        }
        double shell = SHELLS * Math.sqrt(range / FARTHEST_M) - 0.5;
        double direction = turns * DIRECTIONS - 0.5;
        int s = (int) Math.floor(shell);
        int d = (int) Math.floor(direction);
        double fs = shell - s;
        double fd = direction - d;
        for (int k = 0; k < 2; k++) {
            int row = Math.max(0, Math.min(SHELLS - 1, s + k));
            double ws = k == 0 ? 1 - fs : fs;
            for (int m = 0; m < 2; m++) {
                double w = ws * (m == 0 ? 1 - fd : fd);
                int column = Math.floorMod(d + m, DIRECTIONS);
                cells[(layer * SHELLS + row) * DIRECTIONS + column] += (float) w;
                int top = ((LAYERS - 1) * SHELLS + row) * DIRECTIONS + column;
                cells[top] = Math.max(cells[top], (float) (w * height));
            }
        }
    }
}
