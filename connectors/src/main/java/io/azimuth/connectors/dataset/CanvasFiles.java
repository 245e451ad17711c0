package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.GroundConfig;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;
import io.azimuth.perception.polar.Canvas;
import io.azimuth.perception.polar.PolarCanvas;
import io.azimuth.perception.simulation.MeasuredShare;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TruthBox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/**
 * The canvases of one shard of frames: the cells that were hit, in half precision, of the sweep
 * brought to mid-sweep; and what a box needs to become a target: the estimated ground under its
 * centre, and when its points were measured. Not thread-safe.
 */
final class CanvasFiles implements AutoCloseable {
    private static final String CELL = "[('cell', '<i4'), ('channels', '<f2', (16,))]";
    private static final String INDEX = "[('cell_begin', '<i8'), ('cell_end', '<i8')]";
    private static final String TREATED =
            "[('cell_begin', '<i8'), ('cell_end', '<i8'), ('ring_step', '<i4'),"
                    + " ('column_step', '<i4'), ('kept', '<f4'),"
                    + " ('sector_from', '<f4'), ('sector_to', '<f4')]";
    private static final String BOX = "[('ground', '<f4'), ('share', '<f4')]";
    private static final int OCCUPIED = 13;

    private final Canvas canvas;
    private final boolean treated;
    private final FloatBuffer drawn;
    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile ground = new GroundProfile(GroundConfig.defaults());
    private final PointCloud cloud = new PointCloud();
    private final NpyFile cells;
    private final NpyFile index;
    private final NpyFile boxes;

    /**
     * @param treated whether the index also says what was left out of each frame
     */
    CanvasFiles(Path folder, Canvas canvas, boolean treated) throws IOException {
        this.canvas = canvas;
        this.treated = treated;
        drawn = FloatBuffer.allocate(PolarCanvas.CHANNELS * canvas.cells());
        cells = new NpyFile(folder.resolve("canvas.npy"), CELL, "", 36);
        index =
                new NpyFile(
                        folder.resolve("canvas_index.npy"),
                        treated ? TREATED : INDEX,
                        "",
                        treated ? 36 : 16);
        boxes = new NpyFile(folder.resolve("canvas_boxes.npy"), BOX, "", 8);
    }

    /**
     * Appends a frame and its boxes, in the order of {@link FrameFiles}.
     *
     * @param treatment written if the index has room for it
     */
    void add(SimulatedSweep made, double[] twist, Treatment treatment) throws IOException {
        MidSweep.bring(made.sweep().points(), duration(made), twist, cloud);
        polar.compute(cloud);
        ground.estimate(cloud, polar);
        canvas.clear();
        canvas.add(cloud, polar, ground.heightsAbove(cloud, polar), 0, cloud.size());
        canvas.write(drawn);
        long begin = cells.rows();
        int plane = canvas.cells();
        for (int cell = 0; cell < plane; cell++) {
            if (drawn.get(OCCUPIED * plane + cell) > 0) {
                ByteBuffer row = cells.row().putInt(cell);
                for (int c = 0; c < PolarCanvas.CHANNELS; c++) {
                    row.putShort(HalfFloat.bits(drawn.get(c * plane + cell)));
                }
            }
        }
        ByteBuffer part = index.row().putLong(begin).putLong(cells.rows());
        if (treated) {
            part.putInt(treatment.ringStep()).putInt(treatment.columnStep());
            part.putFloat((float) treatment.kept());
            part.putFloat((float) treatment.sectorFromRad());
            part.putFloat((float) treatment.sectorToRad());
        }
        addBoxes(made);
    }

    private void addBoxes(SimulatedSweep made) throws IOException {
        MeasuredShare shares = new MeasuredShare(made);
        for (TruthBox b : made.boxes()) {
            OrientedBox o = b.box();
            double turns = Math.atan2(o.y(), o.x()) / (2 * Math.PI);
            double range = Math.hypot(o.x(), o.y());
            float under = ground.heightAt((float) range, (float) (turns < 0 ? turns + 1 : turns));
            boxes.row().putFloat(under).putFloat((float) shares.of(b.objectId()));
        }
    }

    private static double duration(SimulatedSweep made) {
        return made.sweep().durationNanos();
    }

    @Override
    public void close() throws IOException {
        try (cells;
                index;
                boxes) {
            // each writes its header
        }
    }
}
