package io.azimuth.jobs.report;

import io.azimuth.jobs.crops.ClassTally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Draws what crops were taken for: columns are labels, rows answers. Stateless, thread-safe. */
public final class CropConfusionPicture {
    private static final int CELL_PX = 76;
    private static final int LEFT_PX = 150;
    private static final int TOP_PX = 128;

    private CropConfusionPicture() {}

    /**
     * Writes the picture as PNG.
     *
     * @return false if the Java runtime has no fonts, so that it has no text
     */
    public static boolean write(String title, ClassTally tally, Path file) throws IOException {
        int columns = tally.labels().size();
        int rows = tally.answers().size();
        Canvas canvas =
                new Canvas(
                        Math.max(640, LEFT_PX + CELL_PX * columns + 30),
                        TOP_PX + CELL_PX * rows + 30);
        canvas.bold(title, 24, 34, 19, Canvas.BRIGHT);
        String words =
                String.format(
                        Locale.ROOT,
                        "%d crops, accuracy %.1f %%, class mean %.1f %%; columns: labels; rows: answers",
                        tally.total(),
                        100 * tally.accuracy(),
                        100 * tally.classMean());
        ConfusionCells cells = new ConfusionCells(canvas, LEFT_PX, TOP_PX, CELL_PX);
        canvas.text(words, 24, 58, 14, Canvas.DIM);
        for (int c = 0; c < columns; c++) {
            double x = LEFT_PX + CELL_PX * (c + 0.5);
            double y = TOP_PX - (c % 2 == 0 ? 14 : 32); // long names beside each other
            canvas.centred(tally.labels().get(c), x, y, 13, Canvas.BRIGHT);
        }
        for (int r = 0; r < rows; r++) {
            double y = TOP_PX + CELL_PX * (r + 0.5) + 5;
            canvas.rightAligned(tally.answers().get(r), LEFT_PX - 12, y, 13, Canvas.BRIGHT);
            for (int c = 0; c < columns; c++) {
                cells.draw(r, c, tally.count(r, c), tally.total(c));
            }
        }
        canvas.save(file);
        return !canvas.lacksText();
    }
}
