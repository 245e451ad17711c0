package io.azimuth.jobs.report;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/**
 * Cells of a matrix of what was taken for what: columns are labels, rows answers; the shade is the
 * share of the column.
 *
 * @param cellPx side of a cell, pixels
 */
record ConfusionCells(Canvas canvas, int leftPx, int topPx, int cellPx) {
    private static final int RIGHT = 0x2f9e78;
    private static final int WRONG = 0xb4503f;

    /**
     * @param sum of the column
     */
    void draw(int row, int column, int count, int sum) {
        double share = count / (double) Math.max(1, sum);
        Rectangle2D.Double box =
                new Rectangle2D.Double(
                        leftPx + cellPx * column + 1,
                        topPx + cellPx * row + 1,
                        cellPx - 2,
                        cellPx - 2);
        int strong = row == column ? RIGHT : WRONG;
        canvas.fill(box, new Color(Palette.mix(Canvas.SURFACE.getRGB(), strong, share)));
        if (count == 0) {
            return;
        }
        double x = box.getCenterX();
        double y = box.getCenterY();
        canvas.centred(Integer.toString(count), x, y + 2, 17, Canvas.BRIGHT);
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share);
        canvas.centred(percent, x, y + 21, 12, Canvas.BRIGHT);
    }
}
