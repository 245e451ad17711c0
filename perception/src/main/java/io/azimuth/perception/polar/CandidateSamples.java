package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * What the second stage of the polar detector is trained on: candidates of the first one as the
 * detector itself hands them over. Not thread-safe.
 */
public final class CandidateSamples implements AutoCloseable {
    /** Points of a candidate. */
    public static final int POINTS = CandidatePoints.POINTS;

    /** Numbers of a point. */
    public static final int POINT_FIELDS = CandidatePoints.POINT_FIELDS;

    /** Names of a candidate's numbers. */
    public static final List<String> BOX_FIELDS = CandidatePoints.BOX_FIELDS;

    private final PolarCandidates candidates;
    private final CandidatePoints points = new CandidatePoints();
    private List<PolarPeaks.Peak> found = List.of();

    /** As {@link PolarDetector} opens its network. */
    public CandidateSamples(ModelBundle bundle, InferenceBackend backend) {
        candidates = new PolarCandidates(bundle, backend, PointRefiner.LEAST_CANDIDATE, true);
    }

    /**
     * Finds the candidates of a sweep and says how many there are.
     *
     * @param cloud is read until the next call
     */
    public int find(PointCloud cloud) {
        List<PolarPeaks.Peak> first = PointRefiner.candidates(candidates, cloud);
        found = points.gather(first, cloud, candidates.polar(), candidates.heights());
        return found.size();
    }

    /** Index of a candidate's class, in the order of the network's. */
    public int kind(int b) {
        return found.get(b).k();
    }

    /** Its box; the centre's z is the height over the ground. */
    public OrientedBox overGround(int b) {
        return found.get(b).box();
    }

    /** Its score as the first stage has it, raw. */
    public double score(int b) {
        return found.get(b).score();
    }

    /** Writes its {@code POINTS * POINT_FIELDS} numbers. */
    public void points(int b, FloatBuffer out) {
        points.writePoints(b, out, 0);
    }

    /** Writes its {@link #BOX_FIELDS}. */
    public void box(int b, FloatBuffer out) {
        points.writeBox(b, out, 0);
    }

    @Override
    public void close() {
        candidates.close();
    }
}
