package io.azimuth.jobs.pipeline;

import io.azimuth.registration.recovery.RecoveryState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keyed state of a sensor. Immutable.
 *
 * @param drives what each of its drives delivered, the current one last
 * @param lastEndNanos end of its last sweep
 * @param odometry with the places that its segment has passed
 */
record SensorState(List<DriveLog> drives, long lastEndNanos, RecoveryState odometry) {
    /** Drives that are remembered for their duplicates. */
    static final int MAX_DRIVES = 8;

    static final SensorState EMPTY =
            new SensorState(List.of(), Long.MIN_VALUE, RecoveryState.EMPTY);

    /** A drive and what came of it. */
    record DriveLog(String driveId, SequenceLog log) {}

    SensorState {
        drives = List.copyOf(drives);
    }

    @Nullable SequenceLog logOf(String driveId) {
        for (DriveLog drive : drives) {
            if (drive.driveId().equals(driveId)) {
                return drive.log();
            }
        }
        return null;
    }

    boolean isCurrent(String driveId) {
        return !drives.isEmpty() && drives.get(drives.size() - 1).driveId().equals(driveId);
    }

    /** This state with {@code log} as the current drive's. */
    SensorState withLog(String driveId, SequenceLog log) {
        List<DriveLog> out = new ArrayList<>(drives.size() + 1);
        for (DriveLog drive : drives) {
            if (!drive.driveId().equals(driveId)) {
                out.add(drive);
            }
        }
        out.add(new DriveLog(driveId, log));
        List<DriveLog> kept = out.subList(Math.max(0, out.size() - MAX_DRIVES), out.size());
        return new SensorState(kept, lastEndNanos, odometry);
    }

    /** This state with the log in the place where it stands; for sweeps that came out of turn. */
    SensorState withLogInPlace(String driveId, SequenceLog log) {
        List<DriveLog> out = new ArrayList<>(drives.size());
        for (DriveLog drive : drives) {
            out.add(drive.driveId().equals(driveId) ? new DriveLog(driveId, log) : drive);
        }
        return new SensorState(out, lastEndNanos, odometry);
    }

    SensorState withLastEnd(long endNanos) {
        return new SensorState(drives, endNanos, odometry);
    }

    SensorState withOdometry(RecoveryState state) {
        return new SensorState(drives, lastEndNanos, state);
    }
}
