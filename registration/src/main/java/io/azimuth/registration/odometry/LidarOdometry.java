package io.azimuth.registration.odometry;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.ScanToMap.Match;
import java.util.List;

/**
 * Odometry of one sensor: each sweep is predicted by a constant twist, compensated for its own
 * motion, laid on the local map, compensated anew with what was found, and laid on it again. The
 * local map consists of the last key frames. Not thread-safe.
 *
 * <p>Poses hold at mid-sweep, in the frame of the segment's first sweep at its mid-sweep. A pose is
 * final when it is returned. A sweep that fits nowhere is given the predicted pose and marked
 * {@code held}; after {@link #MAX_HELD} of them a new segment starts.
 */
public final class LidarOdometry {
    /** Failed registrations in a row after which the segment ends. */
    public static final int MAX_HELD = 5;

    private static final double MAX_DEVIATION_M = 2.0;
    private static final double MIN_MATCHED = 0.03;

    private final OdometryConfig config;
    private final Deskew deskew = new Deskew();
    private final MapAligner aligner;
    private final FirstMotion firstMotion;
    private final KeyFrameRing ring;
    private OdometryState state;

    /**
     * @throws RuntimeException if the configured refiner needs a native part that is not usable
     *     here, with what to install
     */
    public LidarOdometry(OdometryConfig config) {
        this(config, OdometryState.EMPTY);
    }

    private LidarOdometry(OdometryConfig config, OdometryState state) {
        this.config = config;
        this.state = state;
        this.aligner = MapAligner.of(config);
        this.firstMotion = new FirstMotion(config);
        this.ring = new KeyFrameRing(config);
    }

    /** An odometry that goes on bit for bit where the one that gave {@code state} stood. */
    public static LidarOdometry resume(OdometryConfig config, OdometryState state) {
        return new LidarOdometry(config, state);
    }

    /** What a later {@link #resume} needs; immutable, shares its key frames with earlier states. */
    public OdometryState state() {
        return state;
    }

    /**
     * Registers the next sweep of the sensor.
     *
     * @return its pose; {@code discontinuity} is set for the first sweep of a segment: at the
     *     start, after a gap or a step back in time, or when registration failed for too long
     */
    public OdometryEstimate update(ReducedSweep sweep) {
        double seconds = 1e-9 * (sweep.midNanos() - state.lastMidNanos());
        boolean gap = !(seconds > 0 && seconds <= config.maxGapSeconds());
        if (state.sweeps() == 0 || gap || state.held() >= MAX_HELD) {
            return begin(sweep);
        }
        if (state.first() != null) {
            FirstMotion.Found found = firstMotion.find(state.first(), sweep, seconds);
            KeyFrame anchor =
                    ring.frame(
                            RigidTransform.IDENTITY,
                            deskew.apply(state.first(), found.motion()),
                            state.first().size());
            return settle(sweep, seconds, List.of(anchor), found.twist());
        }
        return settle(sweep, seconds, state.keyFrames(), state.twist());
    }

    /**
     * The sweep that was registered last, at its pose, compensated with the motion found for it:
     * for whoever wants its points.
     */
    public KeyFrame frameOf(ReducedSweep sweep) {
        double[] motion = Deskew.motion(state.twist(), sweep.endNanos() - sweep.startNanos());
        return ring.frame(state.odomFromSensor(), deskew.apply(sweep, motion), sweep.size());
    }

    private OdometryEstimate begin(ReducedSweep sweep) {
        state =
                new OdometryState(
                        1,
                        sweep.midNanos(),
                        RigidTransform.IDENTITY,
                        new double[6],
                        0,
                        config.mapVoxelM() / 3,
                        List.of(),
                        sweep);
        return new OdometryEstimate(
                sweep.seq(),
                sweep.midNanos(),
                RigidTransform.IDENTITY,
                new double[6],
                Uncertainty.none(),
                1,
                0,
                0,
                false,
                true,
                false);
    }

    private OdometryEstimate settle(
            ReducedSweep sweep, double seconds, List<KeyFrame> frames, double[] twist) {
        RigidTransform last = state.odomFromSensor();
        RigidTransform predicted = last.times(RigidTransform.exp(scaled(twist, seconds)));
        double[] now = twist;
        Match match = null;
        int iterations = 0;
        RigidTransform start = predicted;
        for (int pass = 0; pass < aligner.passes(); pass++) {
            double[] points =
                    deskew.apply(sweep, Deskew.motion(now, sweep.endNanos() - sweep.startNanos()));
            match = aligner.align(frames, points, sweep.size(), start, kernelM(pass));
            iterations += match.iterations();
            start = match.mapFromSensor();
            now = scaled(last.inverse().times(start).log(), 1 / seconds);
        }
        return conclude(sweep, frames, predicted, match, now, twist, iterations);
    }

    private OdometryEstimate conclude(
            ReducedSweep sweep,
            List<KeyFrame> frames,
            RigidTransform predicted,
            @org.jspecify.annotations.Nullable Match match,
            double[] found,
            double[] assumed,
            int iterations) {
        if (match == null) {
            throw new IllegalStateException("no registration pass ran");
        }
        RigidTransform correction = predicted.inverse().times(match.mapFromSensor());
        boolean held =
                match.inlierRatio() < config.minInliers()
                        || match.matchedRatio() < MIN_MATCHED
                        || correction.translationNorm() > MAX_DEVIATION_M + 3 * state.deviationM();
        RigidTransform pose = held ? predicted : match.mapFromSensor();
        double[] twist = held ? assumed : found;
        List<KeyFrame> next = frames;
        if (!held) {
            double[] motion = Deskew.motion(twist, sweep.endNanos() - sweep.startNanos());
            next = ring.with(frames, pose, deskew.apply(sweep, motion), sweep.size());
        }
        state =
                new OdometryState(
                        state.sweeps() + 1,
                        sweep.midNanos(),
                        pose,
                        twist,
                        held ? state.held() + 1 : 0,
                        deviation(correction, held),
                        next,
                        null);
        return new OdometryEstimate(
                sweep.seq(),
                sweep.midNanos(),
                pose,
                twist.clone(),
                Uncertainty.covariance(match, pose, held),
                match.inlierRatio(),
                match.rmseM(),
                iterations,
                match.degenerate(),
                false,
                held);
    }

    /** Wide enough for the prediction's error at first, then as narrow as surfaces are. */
    private double kernelM(int pass) {
        double wide = Math.min(1.0, Math.max(0.3, 3 * state.deviationM()));
        return pass == 0 ? wide : Math.max(0.15, wide * (pass == 1 ? 0.5 : 0.25));
    }

    /** Running estimate of the prediction's error, slow to shrink and quick to grow. */
    private double deviation(RigidTransform correction, boolean held) {
        if (held) {
            return Math.min(MAX_DEVIATION_M, 2 * state.deviationM() + 0.1);
        }
        double lever = 2 * 20 * Math.sin(correction.angleRad() / 2); // at 20 m
        double now = correction.translationNorm() + lever;
        double kept = state.deviationM();
        double share = now > kept ? 0.5 : 0.1;
        return Math.sqrt((1 - share) * kept * kept + share * now * now);
    }

    private static double[] scaled(double[] v, double factor) {
        double[] out = new double[6];
        for (int i = 0; i < 6; i++) {
            out[i] = v[i] * factor;
        }
        return out;
    }
}
