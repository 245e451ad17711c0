package io.azimuth.registration.ume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The fast ways to score are twins of {@link ScoreFields#score}. */
class ScoreFieldsTest {
    /** The order of the sums differs. */
    private static final double ROUNDING = 1e-9;

    private static final int REACH = 3;
    private static final int SIDE = 2 * REACH + 1;

    private static final UmeScan SCAN =
            UmeScan.of(StreetScenes.yard(RigidTransform.IDENTITY, 1), UmeConfig.explicitPair());
    private static final ScoreFields FIELDS = SCAN.coarse();
    private static final ScorePoints POINTS = SCAN.scorePoints();

    @Test
    void manyPosesScoreAsOneByOne() {
        SplittableRandom r = new SplittableRandom(2);
        Hypotheses h = new Hypotheses();
        h.yaw = r.doubles(40, -3, 3).toArray();
        h.tx = r.doubles(40, -120, 120).toArray(); // some of the points leave the fields
        h.ty = r.doubles(40, -40, 40).toArray();
        h.cos = new double[40];
        h.sin = new double[40];
        for (int k = 0; k < 40; k++) {
            h.cos[k] = Math.cos(h.yaw[k]);
            h.sin[k] = Math.sin(h.yaw[k]);
        }
        int[] of = r.ints(25, 0, 40).toArray();

        double[] scores = FIELDS.scores(POINTS, h, of);

        for (int k = 0; k < of.length; k++) {
            double one = FIELDS.score(POINTS, h.yaw[of[k]], h.tx[of[k]], h.ty[of[k]]);
            assertThat(scores[k]).isCloseTo(one, within(ROUNDING));
        }
        assertThat(FIELDS.score(POINTS, 0, 0, 0)).isGreaterThan(0.5); // not all zero
    }

    /** Shifts at random are off the cells' edges: a sum of halves would round either way. */
    @Test
    void aWindowOfShiftsScoresAsOneByOne() {
        SplittableRandom r = new SplittableRandom(3);
        ScoreFields.Turned turned = new ScoreFields.Turned(POINTS.size());
        double[] sums = new double[SIDE * SIDE + 1];
        for (int i = 0; i < 20; i++) {
            double yaw = r.nextDouble(-3, 3);
            double tx = r.nextDouble(-100, 100);
            double ty = r.nextDouble(-100, 100);
            sums[SIDE * SIDE] = 7;

            ScoreFields.turn(POINTS, yaw, turned);
            FIELDS.window(POINTS, turned, tx, ty, REACH, sums);

            for (int k = 0; k < SIDE * SIDE; k++) {
                double x = tx + (k % SIDE - REACH) * ScoreFields.CELL_M;
                double y = ty + (k / SIDE - REACH) * ScoreFields.CELL_M;
                assertThat(sums[k] / POINTS.size())
                        .isCloseTo(FIELDS.score(POINTS, yaw, x, y), within(ROUNDING));
            }
            assertThat(sums[SIDE * SIDE]).isEqualTo(7); // nothing beyond the window
        }
    }

    @Test
    void whatTheTargetDidNotSeeNeitherGainsNorLoses() {
        SplittableRandom r = new SplittableRandom(4);
        int unseen = 0;
        for (int i = 0; i < 20_000; i++) {
            double x = r.nextDouble(-100, 100);
            double y = r.nextDouble(-100, 100);
            if (!FIELDS.observedAt(x, y)) {
                unseen++;
                for (int layer = 0; layer < ScoreFields.LAYERS; layer++) {
                    assertThat(FIELDS.at(layer, x, y)).isZero();
                }
            }
        }
        assertThat(unseen).isGreaterThan(1000);
    }
}
