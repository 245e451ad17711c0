package io.azimuth.perception.tracking;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.Angles;
import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is followed, and how well. */
class MultiObjectTrackerTest {
    private static final TrackerConfig CONFIG = TrackerConfig.defaults();

    @Test
    void threeHitsInFiveUpdatesConfirm() {
        var tracker = new MultiObjectTracker(CONFIG);

        assertThat(tracker.update(Scene.standing(0, Scene.car(10, 0, 0, 0.8)))).isEmpty();
        assertThat(tracker.update(Scene.standing(1))).isEmpty();
        assertThat(tracker.update(Scene.standing(2, Scene.car(10, 0, 0, 0.8)))).isEmpty();
        assertThat(tracker.update(Scene.standing(3))).isEmpty();
        List<Track> tracks = tracker.update(Scene.standing(4, Scene.car(10, 0, 0, 0.8)));

        assertThat(tracks).extracting(Track::id).containsExactly(1L);
        assertThat(tracks.get(0).hits()).isEqualTo(3);
        assertThat(tracks.get(0).objectClass()).isEqualTo(ObjectClass.CAR);
    }

    @Test
    void detectionsBelowTheThresholdAreNothing() {
        var tracker = new MultiObjectTracker(CONFIG);

        for (int s = 0; s < 6; s++) {
            assertThat(tracker.update(Scene.standing(s, Scene.car(10, 0, 0, 0.19)))).isEmpty();
        }

        assertThat(tracker.state().tracks()).isEmpty();
    }

    @Test
    void velocityAndPositionConvergeUnderNoise() {
        forAll(
                30,
                rnd -> {
                    var tracker = new MultiObjectTracker(CONFIG);
                    List<Track> tracks = List.of();
                    for (int s = 0; s < 40; s++) {
                        double x = -30 + 1.2 * s + 0.1 * rnd.nextGaussian();
                        double y = 5 - 0.5 * s + 0.1 * rnd.nextGaussian();
                        tracks = tracker.update(Scene.standing(s, Scene.car(x, y, -0.39, 0.8)));
                    }

                    assertThat(tracks).hasSize(1);
                    Track t = tracks.get(0);
                    assertThat(t.id()).isEqualTo(1);
                    assertThat(t.velocityX()).isCloseTo(12, within(1.2));
                    assertThat(t.velocityY()).isCloseTo(-5, within(1.2));
                    assertThat(t.box().x()).isCloseTo(-30 + 1.2 * 39, within(0.4));
                });
    }

    @Test
    void anOncomingVehicleAtMotorwaySpeedIsFollowedFromItsFirstSweeps() {
        forAll(
                30,
                rnd -> {
                    var tracker = new MultiObjectTracker(CONFIG);
                    List<Track> tracks = List.of();
                    for (int s = 0; s < 6; s++) {
                        double x = 60 - 3.3 * s + 0.1 * rnd.nextGaussian();
                        tracks = tracker.update(Scene.standing(s, Scene.car(x, 4, 3.1, 0.8)));
                    }

                    assertThat(tracks).extracting(Track::id).containsExactly(1L);
                    assertThat(tracks.get(0).velocityX()).isCloseTo(-33, within(2.0));
                });
    }

    @Test
    void parkedNeighboursDoNotSwapThoughHalfOfThemIsMissing() {
        forAll(
                30,
                rnd -> {
                    var tracker = new MultiObjectTracker(CONFIG);
                    List<Track> tracks = List.of();
                    for (int s = 0; s < 30; s++) {
                        List<Detection> seen = new ArrayList<>();
                        for (int k = 0; k < 8; k++) {
                            if (rnd.nextDouble() < 0.6) {
                                double x = 5.5 * k + 0.1 * rnd.nextGaussian();
                                seen.add(Scene.car(x, 4 + 0.1 * rnd.nextGaussian(), 0, 0.7));
                            }
                        }
                        tracks = tracker.update(Scene.standing("top", Scene.stamp(s), seen));
                    }

                    for (Track t : tracks) {
                        double place = t.box().x() / 5.5;
                        assertThat(place).isCloseTo(Math.rint(place), within(0.1));
                        assertThat(Math.abs(t.velocityX())).isLessThan(3);
                    }
                    assertThat(tracks).hasSizeGreaterThan(5);
                });
    }

    @Test
    void crossingObjectsKeepTheirIds() {
        forAll(
                30,
                rnd -> {
                    var tracker = new MultiObjectTracker(CONFIG);
                    List<Track> early = List.of();
                    List<Track> late = List.of();
                    for (int s = 0; s < 30; s++) {
                        late = tracker.update(crossing(s, rnd));
                        early = s == 8 ? late : early;
                    }

                    assertThat(late).hasSize(2);
                    long eastbound =
                            late.get(0).velocityX() > 0 ? late.get(0).id() : late.get(1).id();
                    long before =
                            early.get(0).velocityX() > 0 ? early.get(0).id() : early.get(1).id();
                    assertThat(eastbound).isEqualTo(before);
                });
    }

    /** Two people who pass each other 0.8 m apart. */
    private static Observation crossing(int s, RandomGenerator rnd) {
        double noise = 0.05;
        return Scene.standing(
                s,
                Scene.person(-2 + 0.14 * s + noise * rnd.nextGaussian(), 5.4, 0.7),
                Scene.person(2 - 0.14 * s + noise * rnd.nextGaussian(), 4.6, 0.7));
    }

    @Test
    void anOcclusionOfThreeSweepsKeepsTheId() {
        var tracker = new MultiObjectTracker(CONFIG);
        List<Track> tracks = List.of();

        for (int s = 0; s < 30; s++) {
            boolean hidden = s >= 12 && s < 15;
            tracks =
                    tracker.update(
                            hidden
                                    ? Scene.standing(s)
                                    : Scene.standing(s, Scene.car(-20 + 1.5 * s, 3, 0, 0.8)));
            if (s >= 5) {
                assertThat(tracks).as("sweep %d", s).extracting(Track::id).containsExactly(1L);
                assertThat(tracks.get(0).box().x()).isCloseTo(-20 + 1.5 * s, within(0.5));
            }
            if (hidden) {
                assertThat(tracks.get(0).missed()).isEqualTo(s - 11);
            }
        }

        assertThat(tracks.get(0).missed()).isZero();
    }

    @Test
    void aTrackUnseenForLongerThanAllowedIsDroppedAndItsIdIsNeverGivenAgain() {
        var tracker = new MultiObjectTracker(CONFIG);
        for (int s = 0; s < 5; s++) {
            tracker.update(Scene.standing(s, Scene.car(10, 0, 0, 0.8)));
        }

        assertThat(tracker.update(Scene.standing(9))).hasSize(1); // 0.5 s
        assertThat(tracker.update(Scene.standing(10))).isEmpty();
        List<Track> tracks = List.of();
        for (int s = 11; s < 15; s++) {
            tracks = tracker.update(Scene.standing(s, Scene.car(10, 0, 0, 0.8)));
        }

        assertThat(tracks).extracting(Track::id).containsExactly(2L);
    }

    @Test
    void aTurningVehicleSeesAStandingWorldStand() {
        var tracker = new MultiObjectTracker(CONFIG);
        double yawRate = 0.8;
        double speed = 8;
        double[] twist = {0, 0, yawRate, speed, 0, 0};
        RigidTransform odomFromSensor = RigidTransform.IDENTITY;
        List<Track> tracks = List.of();

        for (int s = 0; s < 20; s++) {
            List<Detection> seen = new ArrayList<>();
            long offset = (s * 37 % 100) * 1_000_000L; // anywhere in the sweep
            double ahead = offset * 1e-9 - 0.05;
            RigidTransform odomFromMeasured =
                    odomFromSensor.times(RigidTransform.exp(scaled(twist, ahead)));
            Detection inOdom = Scene.car(12, 9, 0.5, 0.8);
            seen.add(
                    new Detection(
                            odomFromMeasured.inverse().map(inOdom.box()),
                            ObjectClass.CAR,
                            0.8,
                            false,
                            100,
                            offset));
            tracks =
                    tracker.update(
                            new Observation(
                                    "top",
                                    Scene.stamp(s),
                                    Scene.stamp(s) - Scene.SWEEP_NANOS / 2,
                                    odomFromSensor,
                                    twist,
                                    seen));
            odomFromSensor = odomFromSensor.times(RigidTransform.exp(scaled(twist, 0.1)));
        }

        Track t = tracks.get(0);
        assertThat(t.id()).isEqualTo(1);
        assertThat(Math.hypot(t.velocityX(), t.velocityY())).isLessThan(1e-6);
        assertThat(t.box().x()).isCloseTo(12, within(1e-6));
        assertThat(t.box().y()).isCloseTo(9, within(1e-6));
        assertThat(t.box().yawRad()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void aMovingObjectIsPlacedAtTheStampWheneverItWasMeasured() {
        var tracker = new MultiObjectTracker(CONFIG);
        List<Track> tracks = List.of();

        for (int s = 0; s < 30; s++) {
            long offset = (s * 37 % 100) * 1_000_000L;
            double x = -20 + 15 * (0.1 * s + offset * 1e-9 - 0.05);
            Detection d = Scene.car(x, 2, 0, 0.8);
            tracks =
                    tracker.update(
                            Scene.standing(
                                    s,
                                    new Detection(
                                            d.box(), d.objectClass(), 0.8, false, 100, offset)));
        }

        assertThat(tracks.get(0).box().x()).isCloseTo(-20 + 15 * 2.9, within(0.05));
        assertThat(tracks.get(0).velocityX()).isCloseTo(15, within(0.2));
    }

    @Test
    void motionTellsFrontFromBackThoughDetectionsFlip() {
        forAll(
                30,
                rnd -> {
                    var tracker = new MultiObjectTracker(CONFIG);
                    for (int s = 0; s < 40; s++) {
                        double yaw = Math.PI * rnd.nextInt(2) + 0.05 * rnd.nextGaussian();
                        double x = 20 - 0.8 * s + 0.1 * rnd.nextGaussian();

                        List<Track> tracks =
                                tracker.update(Scene.standing(s, Scene.car(x, 4, yaw, 0.8)));

                        if (s >= 15) {
                            Track t = tracks.get(0);
                            assertThat(t.headingKnown()).isTrue();
                            assertThat(Angles.difference(t.box().yawRad(), Math.PI))
                                    .isCloseTo(0, within(0.2));
                        }
                    }
                });
    }

    @Test
    void aParkedCarDoesNotTurnThoughItsDetectionsDo() {
        forAll(
                30,
                rnd -> {
                    var tracker = new MultiObjectTracker(CONFIG);
                    double last = Double.NaN;
                    double widest = 0;
                    for (int s = 0; s < 60; s++) {
                        double yaw = 0.7 + Math.PI * rnd.nextInt(2) + 0.1 * rnd.nextGaussian();
                        double x = 15 + 0.1 * rnd.nextGaussian();
                        double y = 4 + 0.1 * rnd.nextGaussian();
                        List<Track> tracks =
                                tracker.update(Scene.standing(s, Scene.car(x, y, yaw, 0.8)));
                        if (s >= 15) {
                            double now = tracks.get(0).box().yawRad();
                            double turn = Double.isNaN(last) ? 0 : Angles.difference(now, last);
                            widest = Math.max(widest, Math.abs(turn));
                            last = now;
                            assertThat(Angles.axisDistance(now, 0.7)).isLessThan(0.15);
                        }
                    }
                    assertThat(widest).isLessThan(0.04);
                });
    }

    @Test
    void twoDetectionsOfOneObjectMakeOneTrack() {
        var tracker = new MultiObjectTracker(CONFIG);
        List<Track> tracks = List.of();

        for (int s = 0; s < 10; s++) {
            tracks =
                    tracker.update(
                            Scene.standing(
                                    s, Scene.car(10, 0, 0, 0.8), Scene.car(10.4, 0.2, 0.1, 0.6)));
        }

        assertThat(tracks).extracting(Track::id).containsExactly(1L);
    }

    @Test
    void theClassIsWhatMostDetectionsSay() {
        var tracker = new MultiObjectTracker(CONFIG);
        List<Track> tracks = List.of();

        for (int s = 0; s < 20; s++) {
            ObjectClass seen = s % 4 == 3 ? ObjectClass.VAN : ObjectClass.CAR;
            tracks =
                    tracker.update(
                            Scene.standing(s, Scene.detection(seen, 4.5, 1.8, 10, 0, 0, 0.7)));
        }

        assertThat(tracks.get(0).objectClass()).isEqualTo(ObjectClass.CAR);
    }

    @Test
    void anUnknownThingStaysUnknown() {
        var tracker = new MultiObjectTracker(CONFIG);
        List<Track> tracks = List.of();

        for (int s = 0; s < 5; s++) {
            Detection d = Scene.detection(ObjectClass.UNKNOWN, 2, 1, 10, 0, 0, 0.7);
            tracks = tracker.update(Scene.standing(s, d));
        }

        assertThat(tracks.get(0).objectClass()).isEqualTo(ObjectClass.UNKNOWN);
    }

    @Test
    void theScoreFollowsTheDetectionsAndFallsWhenUnseen() {
        var tracker = new MultiObjectTracker(CONFIG);
        double seen = 0;

        for (int s = 0; s < 20; s++) {
            seen = score(tracker.update(Scene.standing(s, Scene.car(10, 0, 0, 0.7))));
        }
        double unseen = score(tracker.update(Scene.standing(20)));

        assertThat(seen).isCloseTo(0.7, within(1e-9));
        assertThat(unseen).isLessThan(seen);
    }

    private static double score(List<Track> tracks) {
        return tracks.isEmpty() ? 0 : tracks.get(0).score();
    }

    private static double[] scaled(double[] twist, double factor) {
        double[] out = twist.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= factor;
        }
        return out;
    }
}
