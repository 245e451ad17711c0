package io.azimuth.registration.recovery;

import io.azimuth.registration.odometry.OdometryState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link RecoveringOdometry} needs to go on bit for bit where it stood. Immutable;
 * successive states share their frames.
 *
 * @param odometry while a search is under way that of the probe, which runs in a frame of its own
 * @param places oldest first, in the frame of the segment
 * @param fit what registrations of this segment are like
 * @param degenerateSweeps in a row, up to now
 * @param search null unless one is under way
 */
public record RecoveryState(
        OdometryState odometry,
        List<Place> places,
        FitLevel fit,
        int degenerateSweeps,
        @Nullable Search search) {
    public static final RecoveryState EMPTY = of(OdometryState.EMPTY);

    public RecoveryState {
        places = List.copyOf(places);
    }

    /** A state written before places were kept: they gather from here on. */
    public static RecoveryState of(OdometryState odometry) {
        return new RecoveryState(odometry, List.of(), FitLevel.UNKNOWN, 0, null);
    }
}
