package io.azimuth.perception.evaluation.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.evaluation.ClassGroup;
import io.azimuth.perception.evaluation.EvaluationRegion;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.evaluation.motion.MovingBox.Said;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A turning vehicle at 5 m/s looks at a parked car, one at 8 m/s and a walker at 0.5 m/s. */
class MotionScoresTest {
    private static final EvaluationRegion ALL = EvaluationRegion.allRound(0, 100);
    private static final int SWEEPS = 10;

    private final TreeMap<Long, RigidTransform> firstFromSweep = new TreeMap<>();
    private final List<LabelledBox> truth = new ArrayList<>();
    private final List<MovingBox> tracks = new ArrayList<>();

    @Test
    void tracksThatKnowTheTruthAreWithoutError() {
        scene(0, 0);

        MotionScores scores = MotionScores.of(truth, firstFromSweep, tracks, ALL, null, 2);

        assertThat(scores.all().boxes()).isEqualTo(3 * SWEEPS);
        assertThat(scores.all().rmsMps()).isCloseTo(0, within(1e-9));
        assertThat(scores.standing())
                .matches(e -> e.boxes() == SWEEPS && e.saidRightly() == SWEEPS);
        assertThat(scores.moving()).matches(e -> e.boxes() == SWEEPS && e.saidWrongly() == SWEEPS);
        assertThat(scores.all().saidRightly()).isEqualTo(SWEEPS);
    }

    @Test
    void errorsAreLengthsOfTheDifferenceInTheSensorsFrame() {
        scene(0.3, -0.4);

        MotionScores scores = MotionScores.of(truth, firstFromSweep, tracks, ALL, null, 2);

        assertThat(scores.all().medianMps()).isCloseTo(0.5, within(1e-9));
        assertThat(scores.moving().rmsMps()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void groupsRegionsAndPairsTooFarApartAreKeptOut() {
        scene(0, 0);

        assertThat(of(ALL, ClassGroup.PERSON, 2).all().boxes()).isEqualTo(SWEEPS);
        assertThat(of(ALL, ClassGroup.CYCLIST, 2).all().boxes()).isZero();
        assertThat(of(ALL, ClassGroup.CYCLIST, 2).all().medianMps()).isNaN();
        assertThat(of(EvaluationRegion.allRound(50, 100), null, 2).all().boxes()).isZero();
        tracks.replaceAll(MotionScoresTest::away);
        assertThat(of(ALL, null, 2).all().boxes()).isZero();
        assertThat(of(ALL, null, 4).all().boxes()).isEqualTo(3 * SWEEPS);
    }

    private MotionScores of(EvaluationRegion region, ClassGroup group, double distanceM) {
        return MotionScores.of(truth, firstFromSweep, tracks, region, group, distanceM);
    }

    private void scene(double errorX, double errorY) {
        for (long s = 0; s < SWEEPS; s++) {
            RigidTransform pose = RigidTransform.ofYaw(0.05 * s, 0.5 * s, 0.02 * s * s, 0);
            firstFromSweep.put(s, pose);
            add(s, "parked", ObjectClass.CAR, 15, 4, 0, errorX, errorY);
            add(s, "driving", ObjectClass.VAN, -10 + 0.8 * s, -6, 8, errorX, errorY);
            add(s, "walking", ObjectClass.PEDESTRIAN, 9 + 0.05 * s, 12, 0.5, errorX, errorY);
        }
    }

    private void add(
            long sweep,
            String name,
            ObjectClass c,
            double x,
            double y,
            double vx,
            double ex,
            double ey) {
        RigidTransform sweepFromFirst = firstFromSweep.get(sweep).inverse();
        OrientedBox box = sweepFromFirst.map(new OrientedBox(x, y, 0, 4, 2, 1.5, 0));
        truth.add(new LabelledBox(sweep, name, c, box, 40));
        double cos = sweepFromFirst.r(0, 0);
        double sin = sweepFromFirst.r(1, 0);
        tracks.add(
                new MovingBox(
                        new ScoredBox(sweep, "t " + name, c, box, 0.9),
                        50_000_000 + 100_000_000 * sweep,
                        cos * vx + ex,
                        sin * vx + ey,
                        name.equals("walking") ? Said.NOTHING : Said.STANDS));
    }

    private static MovingBox away(MovingBox t) {
        ScoredBox b = t.box();
        OrientedBox moved = RigidTransform.translation(0, 3, 0).map(b.box());
        return new MovingBox(
                new ScoredBox(b.sweep(), b.track(), b.objectClass(), moved, b.score()),
                t.stampNanos(),
                t.velocityX(),
                t.velocityY(),
                t.said());
    }
}
