package io.azimuth.perception.tracking;

import io.azimuth.perception.geometry.BoxOverlap;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.matching.Assignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Follows objects from sweep to sweep. One instance per vehicle, fed by all of its sensors in time
 * order; not thread-safe. The result depends on the observations only, not on the order of the
 * detections in them. A track is dropped when no sensor has seen it for {@link
 * TrackerConfig#maxMissedSeconds}; a sensor that never saw it has no say.
 */
public final class MultiObjectTracker {
    /** 99 % of a chi-square distribution with two degrees of freedom. */
    private static final double GATE = 9.21;

    private static final double OTHER_CLASS_COST = 4;

    /** Above any gated pair's cost: a detection stays alone only if no track is left for it. */
    private static final double ALONE_COST = 50;

    /** Longer sides may differ by this factor where classes disagree. */
    private static final double SIZE_FACTOR = 2.5;

    private static final double DUPLICATE_OVERLAP = 0.4;
    private static final long DUPLICATE_NANOS = 150_000_000L;

    private final TrackerConfig config;
    private final List<TrackFilter> tracks = new ArrayList<>(); // by rising id
    private final PieceAligner aligner = new PieceAligner();
    private long nextId;
    private long lastStampNanos;

    private MultiObjectTracker(TrackerConfig config, TrackerState state) {
        this.config = config;
        this.nextId = state.nextId();
        this.lastStampNanos = state.lastStampNanos();
        for (int i = 0; i < state.tracks().size(); i++) {
            tracks.add(TrackFilter.fromArrays(state.tracks().get(i), state.pieces().get(i)));
        }
    }

    public MultiObjectTracker(TrackerConfig config) {
        this(config, TrackerState.EMPTY);
    }

    /** A tracker that goes on bit for bit where the one that gave {@code state} stood. */
    public static MultiObjectTracker resume(TrackerConfig config, TrackerState state) {
        return new MultiObjectTracker(config, state);
    }

    /**
     * Takes the next observation in time order; observations of different sensors may share a
     * stamp.
     *
     * @return the confirmed tracks at the observation's stamp, by id
     * @throws IllegalArgumentException if the stamp lies before an earlier one
     */
    public List<Track> update(Observation observation) {
        advanceTo(observation);
        int sensor = observation.sensorId().hashCode();
        List<Measurement> measurements = Measurement.of(observation, config.minScore());
        boolean[] hit = new boolean[tracks.size()];
        int known = tracks.size();
        int[] trackOf = Assignment.solve(costs(measurements), known, ALONE_COST);
        for (int i = 0; i < trackOf.length; i++) {
            Measurement m = measurements.get(i);
            if (trackOf[i] >= 0) {
                hit[trackOf[i]] = true;
                tracks.get(trackOf[i]).hit(m, sensor, config, aligner);
            } else {
                tracks.add(TrackFilter.of(nextId++, m, sensor, config));
            }
        }
        for (int i = 0; i < known; i++) {
            if (!hit[i]) {
                tracks.get(i).miss(sensor);
            }
        }
        dropDuplicates();
        dropBeyondCapacity();
        return confirmed();
    }

    /** All that is needed to go on from here; shares nothing with this tracker. */
    public TrackerState state() {
        List<double[]> arrays = new ArrayList<>(tracks.size());
        List<double[]> pieces = new ArrayList<>(tracks.size());
        for (TrackFilter t : tracks) {
            arrays.add(t.toArray());
            pieces.add(t.pieceArray());
        }
        return new TrackerState(nextId, lastStampNanos, arrays, pieces);
    }

    private void advanceTo(Observation observation) {
        long stamp = observation.stampNanos();
        if (stamp < lastStampNanos) {
            throw new IllegalArgumentException(
                    "observation of %s has stamp %d ns, expected %d ns (the last one's) or later"
                            .formatted(observation.sensorId(), stamp, lastStampNanos));
        }
        long maxUnseen = (long) (config.maxMissedSeconds() * 1e9);
        long passed = tracks.isEmpty() ? 0 : Math.subtractExact(stamp, lastStampNanos);
        tracks.removeIf(t -> t.unseenNanos + passed > maxUnseen);
        for (TrackFilter t : tracks) {
            t.unseenNanos += passed;
            t.predict(passed * 1e-9, config);
        }
        lastStampNanos = stamp;
    }

    /** [measurement][track]: distance, the price of a wide gate, looks. */
    private double[][] costs(List<Measurement> measurements) {
        double[][] cost = new double[measurements.size()][tracks.size()];
        for (int i = 0; i < cost.length; i++) {
            for (int j = 0; j < cost[i].length; j++) {
                cost[i][j] = cost(measurements.get(i), tracks.get(j));
            }
        }
        return cost;
    }

    private double cost(Measurement m, TrackFilter t) {
        double squared = t.squaredDistance(m);
        double variance = t.innovationVariance(m, config);
        if (!(squared <= GATE * variance)) {
            return Double.POSITIVE_INFINITY;
        }
        boolean agree = agree(m.objectClass(), t.objectClass());
        double longer = Math.max(m.box().length(), m.box().width());
        double factor = longer / t.longerSide();
        if (!agree && (factor > SIZE_FACTOR || factor * SIZE_FACTOR < 1)) {
            return Double.POSITIVE_INFINITY;
        }
        // -2 log of the innovation's density, up to a constant that keeps it from below 0
        double wide =
                2 * StrictMath.log(variance / (config.positionSigmaM() * config.positionSigmaM()));
        return distance(squared / variance, t.appearanceDistance(m))
                + wide
                + (agree ? 0 : OTHER_CLASS_COST);
    }

    /**
     * {@code (1 - a) mahalanobis + a (1 - cos)}, the latter in units of the gate, so that what
     * looks like nothing before costs as much as what lies at the gate's edge.
     *
     * @param unlike 1 - cos of the embeddings, NaN if they cannot be compared: the distance decides
     */
    private double distance(double mahalanobis, double unlike) {
        double a = config.appearanceWeight();
        return unlike >= 0 ? (1 - a) * mahalanobis + a * GATE * unlike : mahalanobis;
    }

    private static boolean agree(ObjectClass a, ObjectClass b) {
        return a == b
                || a == ObjectClass.UNKNOWN
                || b == ObjectClass.UNKNOWN
                || (a.isVehicle() && b.isVehicle());
    }

    /** Two tracks that are seen at one place are one object: the older one stays. */
    private void dropDuplicates() {
        for (int j = tracks.size() - 1; j > 0; j--) {
            TrackFilter young = tracks.get(j);
            if (young.unseenNanos > DUPLICATE_NANOS) {
                continue;
            }
            for (int i = 0; i < j; i++) {
                if (sameObject(tracks.get(i), young)) {
                    tracks.remove(j);
                    break;
                }
            }
        }
    }

    private static boolean sameObject(TrackFilter old, TrackFilter young) {
        double reach = old.longerSide();
        boolean near = Math.abs(old.x - young.x) <= reach && Math.abs(old.y - young.y) <= reach;
        return near
                && old.unseenNanos <= DUPLICATE_NANOS
                && agree(old.objectClass(), young.objectClass())
                && BoxOverlap.bev(old.box(), young.box()) > DUPLICATE_OVERLAP;
    }

    private void dropBeyondCapacity() {
        if (tracks.size() <= config.maxTracks()) {
            return;
        }
        TrackFilter[] byWorth = tracks.toArray(new TrackFilter[0]);
        Arrays.sort(
                byWorth,
                Comparator.comparing((TrackFilter t) -> !t.confirmed)
                        .thenComparingLong(t -> t.unseenNanos)
                        .thenComparingDouble(t -> -t.score())
                        .thenComparingLong(t -> t.id));
        tracks.clear();
        tracks.addAll(Arrays.asList(byWorth).subList(0, config.maxTracks()));
        tracks.sort(Comparator.comparingLong(t -> t.id));
    }

    private List<Track> confirmed() {
        List<Track> out = new ArrayList<>();
        for (TrackFilter t : tracks) {
            if (t.confirmed) {
                out.add(t.toTrack());
            }
        }
        return List.copyOf(out);
    }
}
