package io.azimuth.perception.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.TrackScores;
import io.azimuth.perception.evaluation.TrajectoryFiles;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Follows the labelled boxes of a recorded drive, as they are and spoilt like detections. */
class RecordedDriveTest {
    private static final double[] AT_REST = new double[6]; // labels are all at mid-sweep

    private static List<RigidTransform> poses = List.of();
    private static List<LabelledBox> truth = List.of();

    @BeforeAll
    static void read() throws IOException {
        String data = System.getenv("AZIMUTH_DATA");
        assumeTrue(data != null, "skipped: AZIMUTH_DATA names no folder of recordings");
        Path drive = Path.of(data, "drives", "kitti_0005");
        assumeTrue(Files.isDirectory(drive), "skipped: AZIMUTH_DATA has no drives/kitti_0005");
        poses = TrajectoryFiles.readKitti(drive.resolve("poses_reference.txt"));
        truth = boxes(drive.resolve("boxes.csv"));
    }

    @Test
    void perfectDetectionsAreFollowedWithoutASwitch() {
        TrackScores scores = follow(0, 0, 0);

        // each of the ten tracks costs two sweeps until it is confirmed
        assertThat(scores.idSwitches()).isZero();
        assertThat(scores.mota()).isGreaterThan(0.93);
        assertThat(scores.motpM()).isLessThan(0.1);
    }

    @Test
    void noisyDetectionsWithLossesAndFalseOnesAreFollowed() {
        TrackScores scores = follow(0.15, 0.2, 5);

        assertThat(scores.idSwitches()).isLessThanOrEqualTo(1);
        assertThat(scores.fragmentations()).isLessThanOrEqualTo(2);
        assertThat(scores.misses()).isLessThan(truth.size() / 10);
        assertThat(scores.falseBoxes()).isLessThan(poses.size()); // five false ones a sweep came in
        assertThat(scores.motpM()).isLessThan(0.2); // no worse than what came in: 0.15 * sqrt(pi/2)
    }

    /**
     * @param noiseM standard deviation of each coordinate
     * @param loss share of the boxes that are left out
     * @param falseBoxes boxes a sweep at places where nothing is
     */
    private static TrackScores follow(double noiseM, double loss, int falseBoxes) {
        Random rnd = new Random(7);
        var tracker = new MultiObjectTracker(TrackerConfig.defaults());
        List<ScoredBox> out = new ArrayList<>();
        for (int s = 0; s < poses.size(); s++) {
            List<Detection> seen = new ArrayList<>();
            for (LabelledBox b : truth) {
                if (b.sweep() == s && rnd.nextDouble() >= loss) {
                    seen.add(spoilt(b, noiseM, rnd));
                }
            }
            for (int k = 0; k < falseBoxes; k++) {
                seen.add(Scene.car(5 + 45 * rnd.nextDouble(), 40 * rnd.nextDouble() - 20, 0, 0.4));
            }
            long stamp = Scene.stamp(s);
            List<Track> tracks =
                    tracker.update(
                            new Observation(
                                    "top",
                                    stamp,
                                    stamp - Scene.SWEEP_NANOS / 2,
                                    poses.get(s),
                                    AT_REST,
                                    seen));
            for (Track t : tracks) {
                OrientedBox box = poses.get(s).inverse().map(t.box());
                out.add(new ScoredBox(s, "" + t.id(), t.objectClass(), box, t.score()));
            }
        }
        return TrackScores.of(truth, out, EvaluationRegion.frontCamera(0, 60), 2);
    }

    private static Detection spoilt(LabelledBox b, double noiseM, Random rnd) {
        OrientedBox box = b.box();
        double yaw = box.yawRad() + (rnd.nextBoolean() ? Math.PI : 0) + 0.1 * rnd.nextGaussian();
        OrientedBox noisy =
                new OrientedBox(
                        box.x() + noiseM * rnd.nextGaussian(),
                        box.y() + noiseM * rnd.nextGaussian(),
                        box.z(),
                        box.length(),
                        box.width(),
                        box.height(),
                        noiseM > 0 ? yaw : box.yawRad());
        return new Detection(noisy, b.objectClass(), 0.6, false, b.points(), Scene.SWEEP_NANOS / 2);
    }

    private static List<LabelledBox> boxes(Path csv) throws IOException {
        List<LabelledBox> out = new ArrayList<>();
        List<String> lines = Files.readAllLines(csv);
        for (String line : lines.subList(1, lines.size())) {
            String[] f = line.split(",");
            double[] v = Arrays.stream(f, 3, 10).mapToDouble(Double::parseDouble).toArray();
            out.add(
                    new LabelledBox(
                            Long.parseLong(f[0]),
                            f[1],
                            ObjectClass.ofLabel(f[2]),
                            new OrientedBox(v[0], v[1], v[2], v[3], v[4], v[5], v[6]),
                            Integer.parseInt(f[12])));
        }
        return out;
    }
}
