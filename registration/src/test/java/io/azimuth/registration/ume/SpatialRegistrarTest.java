package io.azimuth.registration.ume;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpatialRegistrarTest {
    private static final UmeConfig CONFIG = UmeConfig.explicitPair();

    private static UmeResult register(UmeMode mode, PointCloud target, PointCloud source) {
        return new UmeRegistrar(CONFIG, mode)
                .register(UmeScan.of(target, CONFIG), UmeScan.of(source, CONFIG));
    }

    /** High in the hall, turned in any way: no plane where ground could be. */
    private static RigidTransform anywhere(SplittableRandom random) {
        RigidTransform place =
                RigidTransform.translation(
                        random.nextDouble(-9, 9),
                        random.nextDouble(-5, 5),
                        random.nextDouble(0, 2));
        return place.times(RandomTurns.so3(random));
    }

    @Test
    void twoScansOfAHallAreRegisteredThoughNothingTellsTheVertical() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 2; i++) {
            RigidTransform a = anywhere(random);
            RigidTransform b = anywhere(random);
            PointCloud target = HallScenes.hall(7, a, 2 * i);
            PointCloud source = HallScenes.hall(7, b, 2 * i + 1);

            assertThat(UmeScan.of(target, CONFIG).defect()).isEqualTo(UmeReason.NO_GROUND);
            UmeResult r = register(UmeMode.AUTO, target, source);
            RigidTransform error = a.inverse().times(b).inverse().times(r.targetFromSource());
            assertThat(r.reason()).isEqualTo(UmeReason.NONE);
            assertThat(Math.toDegrees(error.angleRad())).isLessThan(0.3);
            assertThat(error.translationNorm()).isLessThan(0.05);
        }
    }

    @Test
    void modeGRefusesWhatModeSCanDo() {
        PointCloud hall = HallScenes.hall(7, RigidTransform.IDENTITY, 1);

        assertThat(register(UmeMode.GRAVITY, hall, hall).reason()).isEqualTo(UmeReason.NO_GROUND);
        assertThat(register(UmeMode.FREE, hall, hall).accepted()).isTrue();
    }

    @Test
    void shapesThatLookTheSameInManyPosesAreRefused() {
        RigidTransform turn = RandomTurns.so3(new SplittableRandom(3));

        PointCloud ball = HallScenes.ball(RigidTransform.IDENTITY, 1);
        PointCloud box = HallScenes.bareBox(RigidTransform.IDENTITY, 1);
        assertThat(register(UmeMode.FREE, ball, HallScenes.ball(turn, 2)).accepted()).isFalse();
        assertThat(register(UmeMode.FREE, box, HallScenes.bareBox(turn, 2)).accepted()).isFalse();
    }

    @Test
    void aMirrorImageIsNotTakenForTheHall() {
        PointCloud hall = HallScenes.hall(7, RigidTransform.IDENTITY, 1);
        PointCloud mirrored = HallScenes.mirrored(HallScenes.hall(7, RigidTransform.IDENTITY, 2));

        assertThat(register(UmeMode.FREE, hall, mirrored).accepted()).isFalse();
    }

    @Test
    void anotherHallIsRefused() {
        PointCloud hall = HallScenes.hall(7, RigidTransform.IDENTITY, 1);

        for (int plan = 20; plan < 22; plan++) {
            PointCloud other = HallScenes.hall(plan, RigidTransform.IDENTITY, plan);
            UmeResult r = register(UmeMode.FREE, hall, other);
            // the same walls: a right pose of the walls is no error, a wrong one is
            RigidTransform e = r.targetFromSource();
            boolean walls = Math.toDegrees(e.angleRad()) < 1.5 && e.translationNorm() < 0.6;
            assertThat(r.accepted() && !walls).isFalse();
        }
    }

    @Test
    void theSameScansGiveTheSameBits() {
        PointCloud target = HallScenes.hall(7, RigidTransform.IDENTITY, 1);
        PointCloud source = HallScenes.hall(7, anywhere(new SplittableRandom(5)), 2);
        UmeResult first = register(UmeMode.FREE, target, source);
        UmeResult again = register(UmeMode.FREE, target, source);

        assertThat(again.targetFromSource()).isEqualTo(first.targetFromSource());
        assertThat(again.information()).isEqualTo(first.information());
        assertThat(again.score()).isEqualTo(first.score());
    }

    /**
     * Voxels and key points differ, for the grids do not turn along: nearly the same place counts.
     */
    @Test
    void theNearestDescriptorOfATurnedScanIsThatOfTheSamePlace() {
        PointCloud hall = HallScenes.hall(7, RigidTransform.IDENTITY, 1);
        RigidTransform turn = RandomTurns.so3(new SplittableRandom(9));
        SpatialScan scan = UmeScan.of(hall, CONFIG).spatial();
        SpatialScan turned = UmeScan.of(RecordedPairs.turned(hall, turn), CONFIG).spatial();
        SpatialDescriptors known = scan.descriptorsOfTarget();
        SpatialDescriptors asked = turned.descriptorsOfSource();
        RigidTransform back =
                scan.principalFromSensor
                        .times(turn.inverse())
                        .times(turned.principalFromSensor.inverse());
        float[] distances = new float[known.size];
        int[] best = new int[1];
        int right = 0;
        for (int i = 0; i < asked.size; i++) {
            known.distances(asked, i, distances);
            Hypotheses.nearest(distances, known.size, best);
            UmeMatrix a = asked.moments[i];
            UmeMatrix b = known.moments[best[0]];
            double dx = back.mapX(a.centreX, a.centreY, a.centreZ) - b.centreX;
            double dy = back.mapY(a.centreX, a.centreY, a.centreZ) - b.centreY;
            double dz = back.mapZ(a.centreX, a.centreY, a.centreZ) - b.centreZ;
            right += Math.sqrt(dx * dx + dy * dy + dz * dz) < 2 ? 1 : 0;
        }
        assertThat(asked.size).isGreaterThan(200);
        assertThat(right).isGreaterThan((int) (0.5 * asked.size));
    }
}
