package io.azimuth.perception.tracking;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Returns;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What tracks make of the points that come with their detections. */
class PieceMotionTest {
    private static final TrackerConfig CONFIG = TrackerConfig.defaults();
    private static final TrackerConfig BOXES_ALONE =
            new TrackerConfig(0.2, 3, 5, 0.5, 0.2, 3, 512, 0.2, false);

    @Test
    void whatStandsIsSaidToStandHoweverItsBoxTrembles() {
        forAll(
                30,
                rnd -> {
                    var tracker = new MultiObjectTracker(CONFIG);
                    var boxes = new MultiObjectTracker(BOXES_ALONE);
                    double withPoints = 0;
                    double without = 0;
                    for (int s = 0; s < 30; s++) {
                        Observation seen = seen(s, 12, 0.15, rnd, 4);
                        List<Track> tracks = tracker.update(seen);
                        List<Track> plain = boxes.update(seen);
                        if (s < 8) {
                            continue;
                        }
                        assertThat(tracks.get(0).motion()).isEqualTo(Motion.STATIC);
                        assertThat(plain.get(0).motion()).isEqualTo(Motion.UNKNOWN);
                        withPoints += speed(tracks.get(0));
                        without += speed(plain.get(0));
                    }
                    assertThat(withPoints).isLessThan(0.5 * without);
                });
    }

    @Test
    void whatMovesIsSaidToMoveFromTheFourthSweepOn() {
        forAll(
                30,
                rnd -> {
                    var tracker = new MultiObjectTracker(CONFIG);
                    double v = (rnd.nextBoolean() ? 1 : -1) * rnd.nextDouble(1.2, 14);
                    for (int s = 0; s < 20; s++) {
                        List<Track> tracks = tracker.update(seen(s, 12 + 0.1 * s * v, 0.1, rnd, 4));
                        if (s < 4) {
                            continue;
                        }
                        Track t = tracks.get(0);
                        assertThat(t.motion()).isEqualTo(Motion.MOVING);
                        if (s >= 10) {
                            assertThat(Math.hypot(t.velocityX() - v, t.velocityY()))
                                    .isLessThan(0.6);
                        }
                    }
                });
    }

    @Test
    void whatStopsStandsAndWhatDrivesOffMoves() {
        var tracker = new MultiObjectTracker(CONFIG);
        RandomGenerator rnd = new Random(3);
        double x = 0;
        Motion atRest = Motion.UNKNOWN;
        Motion atLast = Motion.UNKNOWN;
        for (int s = 0; s < 60; s++) {
            double v = s < 20 ? 6 - 0.3 * s : s < 40 ? 0 : 0.2 * (s - 40);
            x += 0.1 * v;
            List<Track> tracks = tracker.update(seen(s, x, 0.05, rnd, 4));
            atRest = s == 38 ? tracks.get(0).motion() : atRest;
            atLast = s == 59 ? tracks.get(0).motion() : atLast;
        }
        assertThat(atRest).isEqualTo(Motion.STATIC);
        assertThat(atLast).isEqualTo(Motion.MOVING);
    }

    @Test
    void pointsThatNeverFitHardlyMoveATrack() {
        RandomGenerator rnd = new Random(6);
        int faster = 0;
        for (int run = 0; run < 60; run++) {
            var tracker = new MultiObjectTracker(CONFIG);
            var boxes = new MultiObjectTracker(BOXES_ALONE);
            for (int s = 0; s < 30; s++) {
                Detection d = seen(s, 12, 0.05, rnd, 4).detections().get(0);
                Detection odd = d.with(new Returns(anyPoints(rnd)));
                Observation o = Scene.standing("top", Scene.stamp(s), List.of(odd));
                List<Track> tracks = tracker.update(o);
                List<Track> plain = boxes.update(o);
                if (s >= 8 && speed(tracks.get(0)) > speed(plain.get(0)) + 0.3) {
                    faster++;
                }
            }
        }
        assertThat(faster).isLessThan(60 * 22 / 100);
    }

    @Test
    void whatPointsSaidLongAgoIsNotSaidOfNow() {
        var tracker = new MultiObjectTracker(CONFIG);
        RandomGenerator rnd = new Random(5);
        List<Track> tracks = List.of();
        for (int s = 0; s < 30; s++) {
            Observation o = seen(s, 12, 0.05, rnd, 4);
            List<Detection> bare = o.detections().stream().map(d -> d.with(null)).toList();
            tracks = tracker.update(s < 15 ? o : Scene.standing("top", Scene.stamp(s), bare));
            if (s == 14) {
                assertThat(tracks.get(0).motion()).isEqualTo(Motion.STATIC);
            }
        }
        assertThat(tracks.get(0).motion()).isEqualTo(Motion.UNKNOWN);
    }

    @Test
    void pointsOfAnotherSensorTellNothing() {
        var tracker = new MultiObjectTracker(CONFIG);
        RandomGenerator rnd = new Random(4);
        for (int s = 0; s < 20; s++) {
            Observation o = seen(s, 12, 0, rnd, 4);
            String sensor = s % 8 == 0 ? "front" : "rear"; // rear sees its other side
            List<Detection> detections =
                    s % 8 == 0 ? o.detections() : seen(s, 13, 0, rnd, -4).detections();
            for (Track t : tracker.update(Scene.standing(sensor, Scene.stamp(s), detections))) {
                assertThat(t.motion()).isNotEqualTo(Motion.MOVING);
            }
        }
    }

    @Test
    void aResumedTrackerGoesOnBitForBitAndTheOrderOfDetectionsIsNothing() {
        forAll(
                10,
                rnd -> {
                    var whole = new MultiObjectTracker(CONFIG);
                    TrackerState state = TrackerState.EMPTY;
                    for (int s = 0; s < 25; s++) {
                        List<Detection> two =
                                new ArrayList<>(seen(s, 12 + 0.4 * s, 0.1, rnd, 4).detections());
                        two.addAll(seen(s, 30, 0.1, rnd, -9).detections());
                        var resumed = MultiObjectTracker.resume(CONFIG, state);
                        List<Track> a = whole.update(Scene.standing("top", Scene.stamp(s), two));
                        Collections.reverse(two);
                        List<Track> b = resumed.update(Scene.standing("top", Scene.stamp(s), two));

                        assertThat(b).isEqualTo(a);
                        state = resumed.state();
                        assertThat(state).isEqualTo(whole.state());
                    }
                    assertThat(state.pieces()).allMatch(p -> p.length > 0);
                });
    }

    @Test
    void piecesOfAnotherFormAreRefused() {
        double[] track = new double[TrackerState.VALUES_PER_TRACK];
        for (double[] bad : List.of(new double[4], new double[6], new double[5 + 3 * 65])) {
            assertThatThrownBy(() -> new TrackerState(1, 0, List.of(track), List.of(bad)))
                    .hasMessageContaining(bad.length + " numbers");
        }
        assertThatThrownBy(() -> new TrackerState(1, 0, List.of(track), List.of()))
                .hasMessageContaining("1 tracks and 0 pieces");
    }

    private static short[] anyPoints(RandomGenerator rnd) {
        short[] cm = new short[3 * 12];
        for (int i = 0; i < cm.length; i += 3) {
            cm[i] = (short) rnd.nextInt(-220, 220);
            cm[i + 1] = (short) rnd.nextInt(-90, 90);
            cm[i + 2] = (short) rnd.nextInt(-50, 50);
        }
        return cm;
    }

    private static double speed(Track t) {
        return Math.hypot(t.velocityX(), t.velocityY());
    }

    /** A car of which two sides are seen, at x; its box, not its points, is off. */
    private static Observation seen(
            int sweep, double x, double boxNoise, RandomGenerator rnd, double y) {
        OrientedBox there = new OrientedBox(x, y, -0.8, 4.4, 1.8, 1.6, 0);
        OrientedBox box =
                new OrientedBox(
                        x + boxNoise * rnd.nextGaussian(),
                        y + boxNoise * rnd.nextGaussian(),
                        -0.8,
                        4.4,
                        1.8,
                        1.6,
                        0);
        short[] cm = new short[3 * 40];
        for (int i = 0; i < 40; i++) {
            double along = 0.15 * i + rnd.nextDouble(-0.05, 0.05);
            boolean side = along < 4.2;
            double px = there.x() - 2.2 + (side ? along : 0);
            double py = there.y() - 0.9 + (side ? 0 : along - 4.2);
            cm[3 * i] = (short) Math.round(100 * (px + 0.01 * rnd.nextGaussian() - box.x()));
            cm[3 * i + 1] = (short) Math.round(100 * (py + 0.01 * rnd.nextGaussian() - box.y()));
            cm[3 * i + 2] = (short) (20 * (i % 3));
        }
        Detection d = Scene.car(box.x(), box.y(), 0, 0.8).with(new Returns(cm));
        return Scene.standing("top", Scene.stamp(sweep), List.of(d));
    }
}
