package io.azimuth.jobs.report;

import io.azimuth.perception.evaluation.curves.Confusion;
import io.azimuth.perception.geometry.ObjectClass;

/** The matrix of what was taken for what: columns are labels, rows detections. */
final class ConfusionPicture {
    private static final int CELL_PX = 82;
    private static final int LEFT_PX = 150;
    private static final int TOP_PX = 128;
    private static final ObjectClass[] CLASSES = ObjectClass.values();

    private ConfusionPicture() {}

    static Canvas draw(String title, Confusion confusion) {
        int side = CELL_PX * (CLASSES.length + 1);
        Canvas canvas = new Canvas(LEFT_PX + side + 30, TOP_PX + side + 30);
        canvas.bold(title, 24, 34, 19, Canvas.BRIGHT);
        canvas.text(
                "columns: labels; rows: what they were detected as (score at least 0.3, within 1 m); shade: share of the column",
                24,
                58,
                14,
                Canvas.DIM);
        for (int k = 0; k <= CLASSES.length; k++) {
            boolean rest = k == CLASSES.length;
            canvas.centred(
                    rest ? "(no label)" : CLASSES[k].label(),
                    LEFT_PX + CELL_PX * (k + 0.5),
                    TOP_PX - 14,
                    14,
                    rest ? Canvas.DIM : Palette.of(CLASSES[k]));
            canvas.rightAligned(
                    rest ? "(missed)" : CLASSES[k].label(),
                    LEFT_PX - 12,
                    TOP_PX + CELL_PX * (k + 0.5) + 5,
                    14,
                    rest ? Canvas.DIM : Palette.of(CLASSES[k]));
        }
        ConfusionCells cells = new ConfusionCells(canvas, LEFT_PX, TOP_PX, CELL_PX);
        for (int column = 0; column <= CLASSES.length; column++) {
            int sum = 0;
            for (int row = 0; row <= CLASSES.length; row++) {
                sum += count(confusion, row, column);
            }
            for (int row = 0; row <= CLASSES.length; row++) {
                if (row < CLASSES.length || column < CLASSES.length) {
                    cells.draw(row, column, count(confusion, row, column), sum);
                }
            }
        }
        return canvas;
    }

    private static int count(Confusion confusion, int row, int column) {
        boolean missed = row == CLASSES.length;
        boolean noLabel = column == CLASSES.length;
        if (missed) {
            return noLabel ? 0 : confusion.missed(CLASSES[column]);
        }
        return noLabel
                ? confusion.falseBoxes(CLASSES[row])
                : confusion.matched(CLASSES[row], CLASSES[column]);
    }
}
