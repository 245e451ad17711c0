package io.azimuth.perception.tracking;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.Detection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Order, restarts, several sensors, bounds: what a stream needs of the tracker. */
class TrackerStreamTest {
    private static final TrackerConfig CONFIG = TrackerConfig.defaults();

    @Test
    void theOrderOfDetectionsIsNothing() {
        forAll(
                30,
                rnd -> {
                    var tracker = new MultiObjectTracker(CONFIG);
                    var other = new MultiObjectTracker(CONFIG);
                    Random shuffle = new Random(rnd.nextLong());
                    for (int s = 0; s < 30; s++) {
                        List<Detection> seen = Scene.busy(s, rnd);
                        List<Detection> shuffled = new ArrayList<>(seen);
                        Collections.shuffle(shuffled, shuffle);

                        List<Track> a = tracker.update(Scene.standing("top", Scene.stamp(s), seen));
                        List<Track> b =
                                other.update(Scene.standing("top", Scene.stamp(s), shuffled));

                        assertThat(b).isEqualTo(a);
                    }
                    assertThat(other.state()).isEqualTo(tracker.state());
                });
    }

    @Test
    void aResumedTrackerGoesOnBitForBit() {
        forAll(
                20,
                rnd -> {
                    List<Observation> drive = new ArrayList<>();
                    for (int s = 0; s < 40; s++) {
                        String sensor = s % 2 == 0 ? "front" : "rear";
                        drive.add(Scene.standing(sensor, Scene.stamp(s), Scene.busy(s, rnd)));
                    }
                    var whole = new MultiObjectTracker(CONFIG);
                    TrackerState state = TrackerState.EMPTY;
                    for (Observation o : drive) {
                        var resumed = MultiObjectTracker.resume(CONFIG, state);

                        assertThat(resumed.update(o)).isEqualTo(whole.update(o));

                        state = resumed.state();
                        assertThat(state).isEqualTo(whole.state());
                    }
                    assertThat(state.nextId()).isGreaterThan(5);
                });
    }

    @Test
    void aStateIsNotTouchedByLaterUpdates() {
        var tracker = new MultiObjectTracker(CONFIG);
        tracker.update(Scene.standing(0, Scene.car(10, 0, 0, 0.8)));
        TrackerState state = tracker.state();
        double[] before = state.tracks().get(0).clone();

        tracker.update(Scene.standing(1, Scene.car(11, 0, 0, 0.8)));

        assertThat(state.tracks().get(0)).containsExactly(before);
    }

    @Test
    void aSensorThatLooksElsewhereDoesNotEndATrack() {
        var tracker = new MultiObjectTracker(CONFIG);
        List<Track> tracks = List.of();

        // the front sensor sees the car every 0.1 s; four others never do
        for (int s = 0; s < 20; s++) {
            long stamp = Scene.stamp(s);
            tracks =
                    tracker.update(
                            Scene.standing("front", stamp, List.of(Scene.car(10, 0, 0, 0.8))));
            for (int other = 1; other <= 4; other++) {
                tracks =
                        tracker.update(
                                Scene.standing(
                                        "side" + other, stamp + other * 20_000_000L, List.of()));
            }
            assertThat(tracks).hasSize(s < 2 ? 0 : 1);
        }

        assertThat(tracks.get(0).missed()).isZero();
    }

    @Test
    void twoSensorsFollowOneObjectAsOneTrack() {
        var tracker = new MultiObjectTracker(CONFIG);
        List<Track> tracks = List.of();

        for (int s = 0; s < 20; s++) {
            long stamp = Scene.stamp(s);
            double x = 1.0 * s;
            tracker.update(Scene.standing("front", stamp, List.of(Scene.car(x, 5, 0, 0.8))));
            tracks =
                    tracker.update(
                            Scene.standing(
                                    "rear",
                                    stamp + 30_000_000L,
                                    List.of(Scene.car(x + 0.3, 5, 0, 0.7))));
        }

        assertThat(tracks).extracting(Track::id).containsExactly(1L);
        assertThat(tracks.get(0).velocityX()).isCloseTo(10, within(0.1));
        assertThat(tracks.get(0).hits()).isEqualTo(40);
    }

    @Test
    void theStateIsBoundedAndIdsAreNeverReused() {
        TrackerConfig small = new TrackerConfig(0.2, 3, 5, 0.5, 0.2, 3, 50);
        var tracker = new MultiObjectTracker(small);
        Set<Long> ids = new HashSet<>();
        long nextId = 1;

        for (int s = 0; s < 12; s++) {
            List<Detection> many = new ArrayList<>();
            for (int k = 0; k < 90; k++) {
                many.add(Scene.person(3 * (k % 10), 3 * (k / 10.0), 0.3 + 0.005 * k));
            }
            for (Track t : tracker.update(Scene.standing("top", Scene.stamp(s), many))) {
                ids.add(t.id());
            }
            TrackerState state = tracker.state();
            assertThat(state.tracks()).hasSizeLessThanOrEqualTo(50);
            assertThat(state.nextId()).isGreaterThan(nextId);
            nextId = state.nextId();
        }

        assertThat(ids).hasSizeLessThanOrEqualTo(50); // the confirmed ones were never pushed out
    }

    @Test
    void stampsThatGoBackAreRefused() {
        var tracker = new MultiObjectTracker(CONFIG);
        tracker.update(Scene.standing(5));

        assertThatThrownBy(() -> tracker.update(Scene.standing(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("top");
        assertThat(tracker.update(Scene.standing(5))).isEmpty(); // equal is fine
    }

    @Test
    void statesAndSettingsOfAnotherKindAreRefused() {
        assertThatThrownBy(() -> TrackerState.withoutPieces(1, 0, List.of(new double[3])))
                .hasMessageContaining("another version");
        assertThatThrownBy(() -> new TrackerConfig(0.2, 6, 5, 0.5))
                .hasMessageContaining("confirmHits");
        assertThatThrownBy(() -> new TrackerConfig(0.2, 3, 5, Double.NaN))
                .hasMessageContaining("maxMissedSeconds");
    }
}
