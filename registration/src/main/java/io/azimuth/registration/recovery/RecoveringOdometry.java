package io.azimuth.registration.recovery;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.KeyFrame;
import io.azimuth.registration.odometry.LidarOdometry;
import io.azimuth.registration.odometry.OdometryConfig;
import io.azimuth.registration.odometry.OdometryEstimate;
import io.azimuth.registration.odometry.OdometryState;
import io.azimuth.registration.odometry.ReducedSweep;
import io.azimuth.registration.recovery.JudgedPose.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link LidarOdometry} that notices when sweeps are missing or the map no longer fits, and looks
 * for the sweep among the places it has passed. While all is well its poses are those of {@code
 * LidarOdometry} bit for bit. Not thread-safe.
 *
 * <p>In doubt it compares one sweep with the two nearest places. If they do not confirm the pose, a
 * second odometry, the probe, starts in a frame of its own, and every sweep is looked for at one
 * place (0.2 .. 0.7 s of CPU). Two sightings from different sweeps that put the probe's frame in
 * the same spot of the old one are believed: the probe becomes the odometry, in the old frame. A
 * wrong sighting is seldom; two that agree through the vehicle's own motion far more so. After
 * {@link #SEARCH_NANOS} of data without them the probe's frame is the new segment. All limits count
 * sweeps and event time, so equal input gives equal poses whatever the machine's load.
 */
public final class RecoveringOdometry {
    /** Data that a search may take. */
    public static final long SEARCH_NANOS = 2_000_000_000L;

    /** A longer silence puts the pose in doubt. */
    public static final double DOUBTFUL_GAP_S = 0.5;

    /** Motion over a shorter one is well enough predicted to trust a good fit unconfirmed. */
    private static final double SHORT_GAP_S = 1.0;

    private static final int STRETCH_SWEEPS = 10;
    private static final int WITNESSES = 2;

    /** Places around a guess that are looked at in turn. */
    private static final int NEIGHBOURS = 3;

    /** Corrections below these after a stretch are the sightings' own noise. */
    private static final double SAME_M = 0.3;

    private static final double SAME_RAD = Math.toRadians(0.5);

    private final OdometryConfig config;
    private final Relocaliser relocaliser = new Relocaliser();
    private LidarOdometry odometry;
    private List<Place> places;
    private FitLevel fit;
    private int degenerateSweeps;
    private @Nullable Search search;

    public RecoveringOdometry(OdometryConfig config) {
        this(config, RecoveryState.EMPTY);
    }

    private RecoveringOdometry(OdometryConfig config, RecoveryState state) {
        this.config = config;
        this.odometry = LidarOdometry.resume(config, state.odometry());
        this.places = state.places();
        this.fit = state.fit();
        this.degenerateSweeps = state.degenerateSweeps();
        this.search = state.search();
    }

    /** An odometry that goes on bit for bit where the one that gave {@code state} stood. */
    public static RecoveringOdometry resume(OdometryConfig config, RecoveryState state) {
        return new RecoveringOdometry(config, state);
    }

    /** What a later {@link #resume} needs; immutable. */
    public RecoveryState state() {
        return new RecoveryState(odometry.state(), places, fit, degenerateSweeps, search);
    }

    /**
     * Searches of this instance that ended with an exception and counted as "not recognised": a
     * defect of the search, which the poses survive. Not part of the state.
     */
    public long failedSearches() {
        return relocaliser.faults();
    }

    /** Registers the next sweep of the sensor. */
    public JudgedPose update(ReducedSweep sweep) {
        OdometryState before = odometry.state();
        OdometryEstimate e = odometry.update(sweep);
        if (e.discontinuity()) {
            return begin(before, e);
        }
        Search current = search;
        if (current != null) {
            return current.optional() ? check(current, e, sweep) : seek(current, e, sweep);
        }
        double seconds = 1e-9 * (sweep.midNanos() - before.lastMidNanos());
        boolean gap = seconds > DOUBTFUL_GAP_S && before.sweeps() > 1;
        boolean doubt = fit.doubts(e);
        if ((gap || doubt) && !places.isEmpty()) {
            return verify(before, e, sweep, seconds, doubt);
        }
        return follow(before, e, sweep.seq());
    }

    /** A new frame: nothing of the old one can be used in it. */
    private JudgedPose begin(OdometryState before, OdometryEstimate e) {
        Search current = search;
        boolean failed = before.held() >= LidarOdometry.MAX_HELD;
        Reason reason = failed ? Reason.JUMP : Reason.NONE;
        if (current != null && !current.optional()) {
            reason = current.cause();
        }
        forget();
        PoseVerdict verdict = reason == Reason.NONE ? PoseVerdict.INITIALISING : PoseVerdict.LOST;
        return new JudgedPose(e, verdict, reason, null);
    }

    private void forget() {
        places = List.of();
        fit = FitLevel.UNKNOWN;
        degenerateSweeps = 0;
        search = null;
        relocaliser.rest();
    }

    private JudgedPose follow(OdometryState before, OdometryEstimate e, long seq) {
        boolean settled = fit.settled();
        if (!e.held()) {
            fit = fit.with(e);
        }
        int stretch = degenerateSweeps;
        degenerateSweeps = e.degenerate() ? stretch + 1 : 0;
        if (stretch >= STRETCH_SWEEPS && !e.degenerate() && !e.held() && !places.isEmpty()) {
            long now = e.stampNanos();
            search =
                    new Search(
                            Reason.DEGENERATE_STRETCH,
                            before.lastMidNanos(),
                            now,
                            RigidTransform.IDENTITY,
                            0,
                            List.of());
        } else if (!e.degenerate() && !e.held()) {
            remember(before, seq);
        }
        return new JudgedPose(e, verdict(e, settled), Reason.NONE, null);
    }

    private static PoseVerdict verdict(OdometryEstimate e, boolean settled) {
        if (e.held()) {
            return PoseVerdict.HELD;
        }
        if (e.degenerate()) {
            return PoseVerdict.DEGENERATE;
        }
        return settled ? PoseVerdict.TRACKING : PoseVerdict.INITIALISING;
    }

    /** Keeps the sweep as a place if the odometry has just taken it as a key frame. */
    private void remember(OdometryState before, long seq) {
        KeyFrame newest = newest(odometry.state());
        if (newest != null && newest != newest(before)) {
            places = Places.with(places, seq, newest);
        }
    }

    private static @Nullable KeyFrame newest(OdometryState state) {
        List<KeyFrame> frames = state.keyFrames();
        return frames.isEmpty() ? null : frames.get(frames.size() - 1);
    }

    private JudgedPose verify(
            OdometryState before,
            OdometryEstimate e,
            ReducedSweep sweep,
            double seconds,
            boolean doubt) {
        Sighting claim = new Sighting(RigidTransform.IDENTITY, e.seq(), 0, e.inlierRatio(), 0);
        Relocaliser.Query query = relocaliser.query(odometry.frameOf(sweep));
        List<Place> near = Places.nearest(places, e.odomFromSensor());
        Sighting other = null;
        for (Place place : near.subList(0, Math.min(WITNESSES, near.size()))) {
            Sighting seen = relocaliser.look(place, query);
            if (seen != null && claim.agrees(seen, e.odomFromSensor())) {
                relocaliser.rest();
                return confirmed(before, e, seconds, seen);
            }
            other = seen == null ? other : seen;
        }
        if (other == null && !doubt && seconds <= SHORT_GAP_S) {
            relocaliser.rest();
            JudgedPose pose = follow(before, e, sweep.seq());
            return new JudgedPose(e, pose.verdict(), Reason.GAP_UNCONFIRMED, null);
        }
        return lose(before, e, sweep, seconds, other);
    }

    private JudgedPose confirmed(
            OdometryState before, OdometryEstimate e, double seconds, Sighting seen) {
        fit = fit.resetTo(e);
        JudgedPose pose = follow(before, e, e.seq());
        return seconds > DOUBTFUL_GAP_S
                ? new JudgedPose(e, PoseVerdict.RECOVERED, Reason.GAP_BRIDGED, seen)
                : new JudgedPose(e, pose.verdict(), Reason.NONE, seen);
    }

    /** Drops what the odometry made of this sweep and starts to look, with a probe. */
    private JudgedPose lose(
            OdometryState before,
            OdometryEstimate e,
            ReducedSweep sweep,
            double seconds,
            @Nullable Sighting seen) {
        Reason cause = seconds > DOUBTFUL_GAP_S ? Reason.GAP : Reason.JUMP;
        odometry = new LidarOdometry(config);
        OdometryEstimate probe = odometry.update(sweep);
        long now = sweep.midNanos();
        RigidTransform guess = Guess.carriedOn(before, seconds);
        Search begun = new Search(cause, before.lastMidNanos(), now, guess, 0, List.of());
        OdometryEstimate held = Guess.held(probe, begun, before.twist());
        if (seen != null) { // seen from the pose that was dropped; the probe starts at identity
            begun =
                    begun.with(
                            new Sighting(
                                    seen.odomFromProbe().times(e.odomFromSensor()),
                                    seen.placeSeq(),
                                    seen.overlap(),
                                    seen.score(),
                                    seen.margin()));
        }
        search = begun;
        return new JudgedPose(held, PoseVerdict.RECOVERING, cause, null);
    }

    private JudgedPose seek(Search current, OdometryEstimate probe, ReducedSweep sweep) {
        Sighting seen = lookOnce(current, probe, sweep);
        Sighting witness = seen == null ? null : witness(current, seen, probe);
        if (seen != null && witness != null) {
            return found(current, probe, seen, witness);
        }
        if (sweep.midNanos() - current.sinceNanos() >= SEARCH_NANOS) {
            return giveUp(current, probe);
        }
        Search next = seen == null ? current.withoutSuccess() : current.with(seen);
        search = next;
        return new JudgedPose(
                Guess.held(probe, next, probe.twist()), PoseVerdict.RECOVERING, next.cause(), seen);
    }

    /** One attempt a sweep: around the guess where there is one, or else blindly. */
    private @Nullable Sighting lookOnce(
            Search current, OdometryEstimate probe, ReducedSweep sweep) {
        Place place = Places.blind(places, current.tried());
        if (!current.sightings().isEmpty() || current.cause() != Reason.JUMP) {
            List<Place> near =
                    Places.nearest(places, current.odomFromProbe().times(probe.odomFromSensor()));
            place = near.get(current.tried() % Math.min(NEIGHBOURS, near.size()));
        }
        return relocaliser.look(place, relocaliser.query(odometry.frameOf(sweep)));
    }

    private static @Nullable Sighting witness(
            Search current, Sighting seen, OdometryEstimate probe) {
        for (Sighting earlier : current.sightings()) {
            if (seen.agrees(earlier, probe.odomFromSensor())) {
                return earlier;
            }
        }
        return null;
    }

    private JudgedPose found(
            Search current, OdometryEstimate probe, Sighting seen, Sighting witness) {
        Sighting better = witness.score() > seen.score() ? witness : seen;
        RigidTransform off = seen.difference(witness.odomFromProbe(), probe.odomFromSensor());
        OdometryEstimate pose = Guess.found(probe, better.odomFromProbe(), off);
        odometry =
                LidarOdometry.resume(config, Guess.moved(odometry.state(), better.odomFromProbe()));
        endSearch();
        return new JudgedPose(pose, PoseVerdict.RECOVERED, current.cause(), better);
    }

    private void endSearch() {
        search = null;
        fit = FitLevel.UNKNOWN;
        degenerateSweeps = 0;
        relocaliser.rest();
    }

    /** The probe's frame becomes the new segment's. */
    private JudgedPose giveUp(Search current, OdometryEstimate probe) {
        forget();
        OdometryEstimate pose =
                new OdometryEstimate(
                        probe.seq(),
                        probe.stampNanos(),
                        probe.odomFromSensor(),
                        probe.twist(),
                        probe.covariance(),
                        probe.inlierRatio(),
                        probe.rmseM(),
                        probe.iterations(),
                        probe.degenerate(),
                        true,
                        probe.held());
        return new JudgedPose(pose, PoseVerdict.LOST, current.cause(), null);
    }

    /** After a degenerate stretch the poses go on while the places before it are asked. */
    private JudgedPose check(Search current, OdometryEstimate e, ReducedSweep sweep) {
        Sighting seen = lookOnce(current, e, sweep);
        Sighting witness = seen == null ? null : witness(current, seen, e);
        if (seen != null && witness != null) {
            RigidTransform off = seen.difference(RigidTransform.IDENTITY, e.odomFromSensor());
            if (off.translationNorm() > SAME_M || off.angleRad() > SAME_RAD) {
                return found(current, e, seen, witness);
            }
            endSearch();
            return new JudgedPose(e, PoseVerdict.RECOVERED, current.cause(), seen);
        }
        if (sweep.midNanos() - current.sinceNanos() >= SEARCH_NANOS || fit.doubts(e)) {
            endSearch();
        } else {
            search = seen == null ? current.withoutSuccess() : current.with(seen);
        }
        return new JudgedPose(e, verdict(e, true), current.cause(), seen);
    }
}
