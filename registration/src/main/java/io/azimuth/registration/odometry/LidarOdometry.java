package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.neighbours.GaussianVoxelMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Odometry of one sensor: the pose of each sweep against a map of the last key frames. Every update
 * is a function of {@link #state()} and the sweep alone, so it goes on bit for bit after {@link
 * #resume}. The motion during a sweep is the constant twist from the middle of the last sweep to
 * the middle of this one; sweeps are deskewed anew with it in every iteration. Not thread-safe.
 */
public final class LidarOdometry {
    private static final long MAX_GAP_NANOS = 5_000_000_000L;
    private static final int MAX_HELD_IN_ROW = 5;
    private static final double MIN_INLIERS = 0.3;
    private static final int FIRST_SWEEPS = 3;

    private final OdometryConfig config;
    private final LocalMap localMap;
    private final SweepRegistration registration;
    private OdometryState state;

    public LidarOdometry(OdometryConfig config) {
        this(config, OdometryState.EMPTY);
    }

    private LidarOdometry(OdometryConfig config, OdometryState state) {
        this.config = config;
        this.state = state;
        this.localMap = new LocalMap(config);
        this.registration = new SweepRegistration(config);
    }

    /** An odometry that goes on bit for bit where the one that gave {@code state} stood. */
    public static LidarOdometry resume(OdometryConfig config, OdometryState state) {
        return new LidarOdometry(config, state);
    }

    /** Registers the next sweep of the sensor; sweeps come in the order of their stamps. */
    public OdometryEstimate update(ReducedSweep sweep) {
        long elapsed = sweep.midNanos() - state.lastMidNanos();
        boolean anew =
                state.sweeps() == 0
                        || elapsed <= 0
                        || elapsed > MAX_GAP_NANOS
                        || state.heldInRow() >= MAX_HELD_IN_ROW;
        if (anew) {
            return start(sweep);
        }
        return state.unplaced().isEmpty() ? follow(sweep, elapsed) : second(sweep, elapsed);
    }

    /** What to store for {@link #resume}. */
    public OdometryState state() {
        return state;
    }

    private OdometryEstimate start(ReducedSweep sweep) {
        state =
                new OdometryState(
                        sweep.seq(),
                        sweep.midNanos(),
                        1,
                        0,
                        RigidTransform.IDENTITY.toRows(),
                        new double[6],
                        OdometryState.EMPTY.errorM(),
                        List.of(),
                        List.of(sweep));
        double[] covariance = new double[36];
        for (int i = 0; i < 6; i++) {
            covariance[7 * i] = 1e-8;
        }
        return new OdometryEstimate(
                sweep.seq(),
                sweep.midNanos(),
                RigidTransform.IDENTITY,
                new double[6],
                covariance,
                1,
                0,
                0,
                false,
                true,
                false);
    }

    /** The second sweep: the motion is unknown, so both sweeps are registered under several. */
    private OdometryEstimate second(ReducedSweep sweep, long elapsed) {
        ReducedSweep first = state.unplaced().get(0);
        double share = share(sweep, elapsed);
        RigidTransform best = RigidTransform.IDENTITY;
        double bestCost = Double.POSITIVE_INFINITY;
        for (double speed : new double[] {0, 5, 10, 20, 30, -5}) {
            RigidTransform guess =
                    RigidTransform.translation(speed * elapsed * 1e-9, 0, 0);
            for (int round = 0; round < 2; round++) {
                GaussianVoxelMap map = localMap.of(List.of(firstFrame(first, guess, share)));
                guess =
                        registration.align(
                                map, sweep, RigidTransform.IDENTITY, guess, share, round == 0 ? 1.0 : 0.5);
            }
            if (registration.cost() < bestCost && registration.inlierRatio() > 0) {
                bestCost = registration.cost();
                best = guess;
            }
        }
        KeyFrame frame = firstFrame(first, best, share);
        for (int round = 0; round < 3; round++) {
            frame = firstFrame(first, best, share);
            best =
                    registration.align(
                            localMap.of(List.of(frame)),
                            sweep,
                            RigidTransform.IDENTITY,
                            best,
                            share,
                            0.3);
        }
        frame = firstFrame(first, best, share);
        return place(sweep, elapsed, best, best, List.of(frame));
    }

    private KeyFrame firstFrame(ReducedSweep first, RigidTransform motion, double share) {
        return registration.keyFrame(
                first, RigidTransform.IDENTITY, scaled(motion.log(), share));
    }

    private OdometryEstimate follow(ReducedSweep sweep, long elapsed) {
        RigidTransform last = RigidTransform.ofRows(state.odomFromSensor());
        RigidTransform predicted =
                last.times(RigidTransform.exp(scaled(state.twist(), elapsed * 1e-9)));
        GaussianVoxelMap map = localMap.of(state.keyFrames());
        double kernel = Math.max(0.3, Math.min(2, 3 * state.errorM()));
        RigidTransform pose =
                registration.align(map, sweep, last, predicted, share(sweep, elapsed), kernel);
        return place(sweep, elapsed, predicted, pose, state.keyFrames());
    }

    private OdometryEstimate place(
            ReducedSweep sweep,
            long elapsed,
            RigidTransform predicted,
            RigidTransform aligned,
            List<KeyFrame> frames) {
        RigidTransform last = RigidTransform.ofRows(state.odomFromSensor());
        RigidTransform change = predicted.inverse().times(aligned);
        double seconds = elapsed * 1e-9;
        boolean wild =
                change.translationNorm() > 1 + 15 * seconds || change.angleRad() > 0.2 + 4 * seconds;
        boolean held = registration.inlierRatio() < MIN_INLIERS || wild;
        RigidTransform pose = held ? predicted : aligned;
        double[] twist = scaled(last.inverse().times(pose).log(), 1 / seconds);
        double error =
                change.translationNorm() + 2 * config.maxRangeM() / 4 * Math.sin(change.angleRad() / 2);
        double errorM =
                held || state.sweeps() < FIRST_SWEEPS
                        ? state.errorM()
                        : Math.sqrt(0.9 * state.errorM() * state.errorM() + 0.1 * error * error);
        List<KeyFrame> ring =
                held ? frames : ring(sweep, pose, scaled(twist, sweepSeconds(sweep)), frames);
        state =
                new OdometryState(
                        sweep.seq(),
                        sweep.midNanos(),
                        state.sweeps() + 1,
                        held ? state.heldInRow() + 1 : 0,
                        pose.toRows(),
                        twist,
                        errorM,
                        ring,
                        List.of());
        return new OdometryEstimate(
                sweep.seq(),
                sweep.midNanos(),
                pose,
                twist.clone(),
                registration.covariance(pose),
                registration.inlierRatio(),
                registration.rmseM(),
                registration.iterations(),
                registration.degenerate(),
                false,
                held);
    }

    private List<KeyFrame> ring(
            ReducedSweep sweep, RigidTransform pose, double[] xi, List<KeyFrame> frames) {
        RigidTransform newest =
                RigidTransform.ofRows(frames.get(frames.size() - 1).odomFromSensor());
        RigidTransform since = newest.inverse().times(pose);
        if (since.translationNorm() < config.keyFrameM()
                && since.angleRad() < config.keyFrameRad()) {
            return frames;
        }
        List<KeyFrame> ring = new ArrayList<>(frames);
        ring.add(registration.keyFrame(sweep, pose, xi));
        if (ring.size() > config.keyFrames()) {
            ring.remove(0);
        }
        return ring;
    }

    private static double share(ReducedSweep sweep, long elapsed) {
        return sweepSeconds(sweep) / (elapsed * 1e-9);
    }

    private static double sweepSeconds(ReducedSweep sweep) {
        return (sweep.endNanos() - sweep.startNanos()) * 1e-9;
    }

    private static double[] scaled(double[] v, double by) {
        double[] out = v.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= by;
        }
        return out;
    }
}
