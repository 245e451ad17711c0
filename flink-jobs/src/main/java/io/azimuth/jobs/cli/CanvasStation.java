package io.azimuth.jobs.cli;

import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.ground.GroundConfig;
import io.azimuth.perception.ground.GroundProfile;
import io.azimuth.perception.ground.PolarCoordinates;
import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.polar.PolarCanvas;
import io.azimuth.perception.polar.PolarGrid;
import java.nio.FloatBuffer;

/** The two parts of the polar detector before its network, to be timed one by one. */
final class CanvasStation {
    private static final int HALO_ROWS = 112; // of nano

    private final PolarCoordinates polar = new PolarCoordinates();
    private final GroundProfile ground = new GroundProfile(GroundConfig.defaults());
    private final PolarCanvas canvas = new PolarCanvas(PolarGrid.nano());
    private final FloatBuffer out = DirectBuffers.allocate(canvas.length(HALO_ROWS));
    private float[] heights = new float[0];

    void ground(Sweep sweep) {
        polar.compute(sweep.points());
        ground.estimate(sweep.points(), polar);
        heights = ground.heightsAbove(sweep.points(), polar);
    }

    void draw(Sweep sweep) {
        canvas.clear();
        canvas.add(sweep.points(), polar, heights, 0, sweep.points().size());
        canvas.write(out, HALO_ROWS);
    }
}
