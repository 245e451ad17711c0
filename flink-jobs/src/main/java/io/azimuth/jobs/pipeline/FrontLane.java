package io.azimuth.jobs.pipeline;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A station with points of its own, so that a sweep outlives the decoder's buffer. The task's
 * thread loads and empties it, one of the ring's threads runs it in between.
 */
final class FrontLane implements Runnable, AutoCloseable {
    private final FrontStation station;
    private final Runnable whenDone;
    private final PointCloud points = new PointCloud();
    private @Nullable Intake intake;
    private @Nullable Sweep sweep;
    private @Nullable FrontOutcome outcome;
    private @Nullable Throwable failure;
    private volatile boolean done;

    /**
     * Takes the station over and closes it.
     *
     * @param whenDone called by the thread that ran the lane, after everything else
     */
    FrontLane(FrontStation station, Runnable whenDone) {
        this.station = station;
        this.whenDone = whenDone;
    }

    void load(Intake next, Sweep decoded) {
        points.set(decoded.points());
        intake = next;
        sweep =
                new Sweep(
                        decoded.vehicleId(),
                        decoded.sensorId(),
                        decoded.driveId(),
                        decoded.seq(),
                        decoded.startNanos(),
                        decoded.endNanos(),
                        decoded.sector(),
                        decoded.egoFromSensor(),
                        decoded.beams(),
                        points);
        outcome = null;
        failure = null;
        done = false;
    }

    @Override
    public void run() {
        try {
            outcome =
                    station.perceive(Objects.requireNonNull(intake), Objects.requireNonNull(sweep));
        } catch (Throwable t) { // belongs to the task's thread, which waits for this sweep
            failure = t;
        } finally {
            done = true;
            whenDone.run();
        }
    }

    boolean isDone() {
        return done;
    }

    /** What became of the sweep; throws what its station threw. */
    FrontOutcome unload() throws Exception {
        intake = null;
        sweep = null;
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure instanceof Exception e) {
            throw e;
        }
        return Objects.requireNonNull(outcome);
    }

    @Override
    public void close() {
        station.close();
    }
}
