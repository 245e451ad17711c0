package io.azimuth.perception.tracking;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.ObjectClass;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What embeddings do to tracks. */
class AppearanceTest {
    private static final TrackerConfig BLIND =
            new TrackerConfig(0.2, 3, 5, 0.5, 0.2, 3, 512, 0, true);
    private static final TrackerConfig SEEING =
            new TrackerConfig(0.2, 3, 5, 0.5, 0.2, 3, 512, 0.5, true);

    /** Looks that differ: along one axis of the embedding each. */
    private static Recognition looks(int axis, double... chances) {
        byte[] embedding = new byte[64];
        embedding[axis] = 127;
        byte[] bytes = new byte[chances.length];
        for (int i = 0; i < chances.length; i++) {
            bytes[i] = (byte) Math.round(255 * chances[i]);
        }
        return new Recognition("pedestrian", 0.9f, 3, -1, bytes, embedding);
    }

    private static Detection with(Detection d, Recognition r) {
        return new Detection(
                d.box(),
                d.objectClass(),
                d.score(),
                d.headingKnown(),
                d.points(),
                d.timeOffsetNanos(),
                r);
    }

    /** Two persons meet and turn back: by motion alone they seem to pass each other. */
    private static List<Track> afterTurningBack(TrackerConfig config) {
        MultiObjectTracker tracker = new MultiObjectTracker(config);
        List<Track> tracks = List.of();
        for (int s = 0; s <= 24; s++) {
            double away = 0.12 * Math.abs(s - 12); // 1.2 m/s
            tracks =
                    tracker.update(
                            Scene.standing(
                                    s,
                                    with(Scene.person(10 - away, 0, 0.9), looks(0)),
                                    with(Scene.person(10 + away, 0.3, 0.9), looks(1))));
        }
        return tracks;
    }

    @Test
    void personsWhoMeetAndTurnBackKeepTheirIdentityByTheirLooks() {
        List<Track> seeing = afterTurningBack(SEEING);
        List<Track> blind = afterTurningBack(BLIND);

        assertThat(seeing).extracting(Track::id).containsExactly(1L, 2L);
        assertThat(blind).extracting(Track::id).containsExactly(1L, 2L);
        assertThat(blind.get(0).box().x()).isGreaterThan(10); // mistaken for the other
        double first = seeing.get(0).box().x();
        assertThat(first).isLessThan(10).isCloseTo(10 - 1.44, within(0.3));
    }

    @Test
    void detectionsWithoutLooksAreTrackedAsBefore() {
        forAll(
                10,
                rnd -> {
                    MultiObjectTracker seeing = new MultiObjectTracker(SEEING);
                    MultiObjectTracker blind = new MultiObjectTracker(BLIND);
                    for (int s = 0; s < 20; s++) {
                        List<Detection> busy = Scene.busy(s, rnd);
                        Observation o = Scene.standing("top", Scene.stamp(s), busy);
                        assertThat(seeing.update(o)).isEqualTo(blind.update(o));
                    }
                    assertThat(seeing.state()).isEqualTo(blind.state());
                });
    }

    @Test
    void aTrackerWithLooksResumesBitForBit() {
        forAll(
                20,
                rnd -> {
                    MultiObjectTracker through = new MultiObjectTracker(SEEING);
                    MultiObjectTracker resumed = new MultiObjectTracker(SEEING);
                    for (int s = 0; s < 30; s++) {
                        Observation o = Scene.standing("top", Scene.stamp(s), recognised(s, rnd));
                        List<Track> want = through.update(o);
                        assertThat(resumed.update(o)).isEqualTo(want);
                        resumed = MultiObjectTracker.resume(SEEING, resumed.state());
                    }
                    assertThat(resumed.state()).isEqualTo(through.state());
                    assertThat(resumed.state().tracks())
                            .anyMatch(t -> t.length == TrackerState.VALUES_WITH_APPEARANCE);
                });
    }

    @Test
    void theOrderOfDetectionsThatDifferInLooksAloneIsNothing() {
        Detection a = with(Scene.person(5, 0, 0.9), looks(0));
        Detection b = with(Scene.person(5, 0, 0.9), looks(1));
        Detection c = Scene.person(5, 0, 0.9);
        MultiObjectTracker one = new MultiObjectTracker(SEEING);
        MultiObjectTracker other = new MultiObjectTracker(SEEING);

        one.update(Scene.standing(0, a, b, c));
        other.update(Scene.standing(0, c, b, a));

        assertThat(one.state()).isEqualTo(other.state());
    }

    @Test
    void theMeanLookTurnsToTheNewOneAFifthAtATime() {
        double[] mean = Appearance.mean(Appearance.mean(null, looks(0)), looks(1));

        assertThat(mean).isNotNull();
        assertThat(mean[1] / mean[0]).isCloseTo(0.25, within(1e-12));
        assertThat(Appearance.distance(mean, looks(0)))
                .isCloseTo(1 - 0.8 / Math.hypot(0.8, 0.2), within(1e-12));
        assertThat(Appearance.distance(mean, null)).isNaN();
        assertThat(Appearance.distance(null, looks(0))).isNaN();
    }

    @Test
    void whatACropSaysDecidesBetweenClassesThatTheDetectorMixesUp() {
        double[] cyclist = new double[ObjectClass.values().length];
        cyclist[ObjectClass.CYCLIST.ordinal()] = 0.95;
        cyclist[ObjectClass.PEDESTRIAN.ordinal()] = 0.05;
        MultiObjectTracker tracker = new MultiObjectTracker(SEEING);
        MultiObjectTracker without = new MultiObjectTracker(SEEING);
        List<Track> tracks = List.of();
        List<Track> plain = List.of();
        for (int s = 0; s < 8; s++) {
            ObjectClass said = s % 2 == 0 ? ObjectClass.PEDESTRIAN : ObjectClass.CYCLIST;
            Detection d = Scene.detection(said, 1, 0.7, 5, 0, 0, 0.6);
            tracks = tracker.update(Scene.standing(s, with(d, looks(0, cyclist))));
            plain = without.update(Scene.standing(s, d));
            if (s == 4) { // the detector said person thrice in five
                assertThat(plain.get(0).objectClass()).isEqualTo(ObjectClass.PEDESTRIAN);
                assertThat(tracks.get(0).objectClass()).isEqualTo(ObjectClass.CYCLIST);
            }
        }
        assertThat(tracks.get(0).objectClass()).isEqualTo(ObjectClass.CYCLIST);
    }

    private static List<Detection> recognised(int sweep, RandomGenerator rnd) {
        List<Detection> out = new ArrayList<>();
        for (Detection d : Scene.busy(sweep, rnd)) {
            out.add(rnd.nextInt(3) == 0 ? d : with(d, looks(rnd.nextInt(32), 0.1, 0.9)));
        }
        return out;
    }
}
