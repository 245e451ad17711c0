package io.azimuth.connectors.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.polar.Canvas;
import io.azimuth.perception.polar.CartesianCanvas;
import io.azimuth.perception.polar.PolarCanvas;
import io.azimuth.perception.polar.PolarGrid;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which canvas a set of frames holds beside its points. */
public enum CanvasChoice {
    NONE(null),
    NANO(PolarGrid.nano()),
    TINY(PolarGrid.tiny()),
    /** Square cells, for the baseline that polar networks are compared with. */
    CARTESIAN(null);

    private final @Nullable PolarGrid grid;

    CanvasChoice(@Nullable PolarGrid grid) {
        this.grid = grid;
    }

    /** An empty canvas; null for {@link #NONE}. */
    @Nullable Canvas canvas() {
        if (this == CARTESIAN) {
            return CartesianCanvas.likeNano();
        }
        return grid == null ? null : new PolarCanvas(grid);
    }

    /** Says in a manifest what cells these are. */
    void describe(ObjectNode manifest) {
        if (grid != null) {
            manifest.putObject("canvas")
                    .put("azimuthBins", grid.azimuthBins())
                    .put("rangeBins", grid.rangeBins())
                    .put("minRangeM", grid.minRangeM())
                    .put("rangeStepM", grid.rangeStepM());
        } else if (this == CARTESIAN) {
            CartesianCanvas square = CartesianCanvas.likeNano();
            manifest.putObject("canvas")
                    .put("side", square.side())
                    .put("minRangeM", square.minRangeM())
                    .put("stepM", square.stepM());
        }
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
