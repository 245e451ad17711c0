package io.azimuth.perception.polar;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.inference.InferenceBackend;
import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.ModelBundle;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The second stage of the polar detector: a point network looks at the points in and about each
 * candidate and says how likely it is an object of its class, and where its box really is. Cells
 * are as wide as a person; points are not. Every run has the same number of rows, the last ones
 * padded, so that a candidate's answer does not depend on its company. Not thread-safe; the network
 * is shared with all who load it in this JVM.
 *
 * <p>Source: Li, Wang, Wang, "LiDAR R-CNN" (CVPR 2021) for a second stage of points that are told
 * where the box's faces are; Qi et al., "PointNet" (CVPR 2017).
 */
final class PointRefiner implements AutoCloseable {
    /** Candidates less likely than this to the first stage are not looked at. */
    static final double LEAST_CANDIDATE = 0.03;

    /** More than any street has objects; the likeliest are kept. */
    static final int MOST_CANDIDATES = 112;

    private static final double MOST_SHIFT_M = 3;
    private static final double MOST_LOG_SIZE = 1;
    private static final double KNOWN_LOGIT = Math.log(4);

    private final RefinerContract contract;
    private final CandidatePoints points = new CandidatePoints();
    private final LoadedModel model;
    private final Lease lease;
    private final FloatBuffer pointRows;
    private final FloatBuffer boxRows;
    private final FloatBuffer answers;

    /**
     * Loads the network, or shares it with those who have.
     *
     * @param classes of the first stage
     * @throws io.azimuth.perception.inference.bundle.ModelRejected if the bundle is of another
     *     contract, or the engine refuses it
     */
    PointRefiner(ModelBundle bundle, List<String> classes, InferenceBackend backend) {
        contract = RefinerContract.of(bundle.manifest());
        if (!contract.classes().equals(classes)) {
            throw ContractFields.rejected("classes", contract.classes(), classes.toString());
        }
        model = backend.load(bundle, new LoadOptions(contract.batch()));
        try {
            lease = model.acquire();
        } catch (RuntimeException | Error e) { // as out of memory for its buffers
            model.close();
            throw e;
        }
        pointRows = lease.input(RefinerContract.POINTS);
        boxRows = lease.input(RefinerContract.BOX);
        answers = lease.output(RefinerContract.OUTPUT);
    }

    /**
     * What of the first stage's peaks is looked at: of one class, none is nearer than its radius.
     */
    static List<PolarPeaks.Peak> candidates(PolarCandidates first, PointCloud cloud) {
        List<PolarPeaks.Peak> found = first.distinct(first.find(cloud), 1);
        return found.size() <= MOST_CANDIDATES ? found : found.subList(0, MOST_CANDIDATES);
    }

    /**
     * The candidates in their new boxes with their new scores, best first.
     *
     * @param leastProbability less likely ones are left out
     */
    List<PolarPeaks.Peak> refine(
            List<PolarPeaks.Peak> candidates,
            PointCloud cloud,
            PolarCandidates first,
            double leastProbability) {
        List<PolarPeaks.Peak> aligned =
                points.gather(candidates, cloud, first.polar(), first.heights());
        List<PolarPeaks.Peak> out = new ArrayList<>();
        for (int from = 0; from < aligned.size(); from += contract.batch()) {
            int rows = Math.min(contract.batch(), aligned.size() - from);
            run(from, rows);
            for (int r = 0; r < rows; r++) {
                PolarPeaks.Peak peak = refined(aligned.get(from + r), r);
                if (contract.probability(peak.k(), peak.score()) >= leastProbability) {
                    out.add(peak);
                }
            }
        }
        out.sort(PolarPeaks.ORDER);
        return out;
    }

    private void run(int from, int rows) {
        int pointWidth = CandidatePoints.POINTS * CandidatePoints.POINT_FIELDS;
        int boxWidth = CandidatePoints.BOX_FIELDS.size();
        for (int r = 0; r < rows; r++) {
            points.writePoints(from + r, pointRows, r * pointWidth);
            points.writeBox(from + r, boxRows, r * boxWidth);
        }
        for (int r = rows; r < contract.batch(); r++) { // padding: the last one again
            pointRows.put(r * pointWidth, pointRows, (rows - 1) * pointWidth, pointWidth);
            boxRows.put(r * boxWidth, boxRows, (rows - 1) * boxWidth, boxWidth);
        }
        lease.run(contract.batch());
    }

    private PolarPeaks.Peak refined(PolarPeaks.Peak peak, int row) {
        OrientedBox box = peak.box();
        double c = StrictMath.cos(box.yawRad());
        double s = StrictMath.sin(box.yawRad());
        double u = bounded(code("du", row), MOST_SHIFT_M);
        double v = bounded(code("dv", row), MOST_SHIFT_M);
        double way = code("way", row);
        OrientedBox moved =
                new OrientedBox(
                        box.x() + c * u - s * v,
                        box.y() + s * u + c * v,
                        box.z() + bounded(code("dz", row), MOST_SHIFT_M),
                        box.length() * size("log_l", row),
                        box.width() * size("log_w", row),
                        box.height() * size("log_h", row),
                        box.yawRad() + code("turn", row) + (way < 0 ? Math.PI : 0));
        double power = contract.iouPower();
        double score =
                StrictMath.pow(code("object", row), 1 - power)
                        * StrictMath.pow(code("overlap", row), power);
        return new PolarPeaks.Peak(
                peak.k(),
                peak.row(),
                peak.column(),
                PolarPeaks.rounded(score),
                peak.own(),
                peak.overlap(),
                moved,
                Math.abs(way) >= KNOWN_LOGIT);
    }

    private double size(String name, int row) {
        return StrictMath.exp(bounded(code(name, row), MOST_LOG_SIZE));
    }

    private static double bounded(double value, double most) {
        return Math.max(-most, Math.min(most, value));
    }

    private double code(String name, int row) {
        return answers.get(row * RefinerContract.CODE.size() + RefinerContract.CODE.indexOf(name));
    }

    /** Calibrated probability of a refined peak's score. */
    double probability(PolarPeaks.Peak peak) {
        return contract.probability(peak.k(), peak.score());
    }

    /** Counters of the network since it was loaded, over all who share it. */
    InferenceStats networkStats() {
        return model.stats();
    }

    @Override
    public void close() {
        lease.close();
        model.close();
    }
}
