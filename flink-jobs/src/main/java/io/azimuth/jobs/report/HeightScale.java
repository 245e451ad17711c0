package io.azimuth.jobs.report;

import java.awt.Color;
import java.awt.geom.Rectangle2D;

/** The legend of the points' colours. */
final class HeightScale {
    private static final int WIDTH_PX = 170;

    private HeightScale() {}

    static void draw(Canvas canvas, double x, double y) {
        canvas.panel(x - 14, y - 16, WIDTH_PX + 44, 66);
        canvas.text("height above ground", x, y + 4, 13, Canvas.DIM);
        for (int i = 0; i < WIDTH_PX; i++) {
            double metres = Palette.TOP_M * i / WIDTH_PX;
            canvas.fill(
                    new Rectangle2D.Double(x + i, y + 11, 1.5, 9),
                    new Color(Palette.height(metres)));
        }
        for (int m = 0; m <= Palette.TOP_M; m += 2) {
            String name = m + (m == Palette.TOP_M ? " m +" : "");
            canvas.centred(name, x + WIDTH_PX * m / Palette.TOP_M, y + 37, 12, Canvas.DIM);
        }
    }
}
