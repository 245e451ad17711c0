package io.azimuth.jobs.realism;

import io.azimuth.perception.geometry.OrientedBox;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * The points about a car, kept for a picture.
 *
 * @param box the car's, in the sensor's frame
 * @param local x0, y0, z0, intensity0, x1, ... in the box's frame, its bottom at z = 0
 */
record CarCrop(OrientedBox box, float[] local) {
    private static final double AROUND_M = 1;
    private static final int PX_A_METRE = 60;
    private static final int WIDTH_PX = 480;
    private static final int MIDDLE_PX = WIDTH_PX / 2;
    private static final int TOP_PX = 240;
    private static final int AXIS_PX = TOP_PX / 2;
    private static final int SIDE_PX = 200;

    static CarCrop of(Scan s, OrientedBox box) {
        double c = Math.cos(box.yawRad());
        double sn = Math.sin(box.yawRad());
        float[] out = new float[1024];
        int n = 0;
        for (int i = 0; i < s.size; i++) {
            if (s.valid(i) && box.contains(s.x[i], s.y[i], s.z[i], AROUND_M)) {
                out = n + 4 > out.length ? Arrays.copyOf(out, 2 * out.length) : out;
                double dx = s.x[i] - box.x();
                double dy = s.y[i] - box.y();
                out[n++] = (float) (c * dx + sn * dy);
                out[n++] = (float) (-sn * dx + c * dy);
                out[n++] = (float) (s.z[i] - box.bottomZ());
                out[n++] = s.intensity[i];
            }
        }
        return new CarCrop(box, Arrays.copyOf(out, n));
    }

    /** From above, and below that from the side that faces the sensor. */
    BufferedImage picture() {
        BufferedImage out = ScanPictures.blank(WIDTH_PX, TOP_PX + SIDE_PX);
        int floor = TOP_PX + SIDE_PX - 40;
        rectangle(out, 0.5 * box.length(), 0.5 * box.width(), AXIS_PX);
        line(out, floor);
        for (int k = 0; k < local.length; k += 4) {
            int colour = Tint.of(0.25 + 1.2 * local[k + 3]);
            dot(out, local[k], AXIS_PX - local[k + 1] * PX_A_METRE, colour, 0, TOP_PX);
            dot(out, local[k], floor - local[k + 2] * PX_A_METRE, colour, TOP_PX, TOP_PX + SIDE_PX);
        }
        return out;
    }

    private static void dot(
            BufferedImage out, float along, double y, int colour, int top, int bottom) {
        int px = Math.round(MIDDLE_PX + along * PX_A_METRE);
        int py = (int) Math.round(y);
        for (int dx = 0; dx < 2; dx++) {
            for (int dy = 0; dy < 2; dy++) {
                if (px + dx >= 0 && px + dx < WIDTH_PX && py + dy >= top && py + dy < bottom) {
                    out.setRGB(px + dx, py + dy, colour);
                }
            }
        }
    }

    private static void rectangle(BufferedImage out, double halfLong, double halfWide, int row) {
        int a = (int) (halfLong * PX_A_METRE);
        int b = (int) (halfWide * PX_A_METRE);
        for (int x = -a; x <= a; x++) {
            set(out, MIDDLE_PX + x, row - b);
            set(out, MIDDLE_PX + x, row + b);
        }
        for (int y = -b; y <= b; y++) {
            set(out, MIDDLE_PX - a, row + y);
            set(out, MIDDLE_PX + a, row + y);
        }
    }

    private static void line(BufferedImage out, int row) {
        for (int x = 0; x < WIDTH_PX; x++) {
            set(out, x, row);
        }
    }

    private static void set(BufferedImage out, int x, int y) {
        if (x >= 0 && x < out.getWidth() && y >= 0 && y < out.getHeight()) {
            out.setRGB(x, y, Tint.FRAME);
        }
    }
}
