package io.azimuth.connectors.dataset;

import io.azimuth.perception.polar.PolarGrid;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which polar canvas a set of frames holds beside its points. */
public enum CanvasChoice {
    NONE(null),
    NANO(PolarGrid.nano()),
    TINY(PolarGrid.tiny());

    private final @Nullable PolarGrid grid;

    CanvasChoice(@Nullable PolarGrid grid) {
        this.grid = grid;
    }

    /** Null for {@link #NONE}. */
    @Nullable PolarGrid grid() {
        return grid;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
