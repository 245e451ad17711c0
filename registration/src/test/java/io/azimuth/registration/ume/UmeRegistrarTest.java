package io.azimuth.registration.ume;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Ldlt6;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UmeRegistrarTest {
    private static final UmeConfig CONFIG = UmeConfig.explicitPair();
    private static final RigidTransform TRUTH = RigidTransform.ofYaw(2.1, 6, -4, 0.05);

    private static UmeResult register(PointCloud target, PointCloud source) {
        return new UmeRegistrar(CONFIG)
                .register(UmeScan.of(target, CONFIG), UmeScan.of(source, CONFIG));
    }

    private static void assertRight(UmeResult r, RigidTransform truth) {
        RigidTransform e = truth.inverse().times(r.targetFromSource());
        assertThat(r.reason()).isEqualTo(UmeReason.NONE);
        assertThat(Math.toDegrees(e.angleRad())).isLessThan(0.5);
        assertThat(e.translationNorm()).isLessThan(0.1);
    }

    private static void assertRefused(UmeReason expected, PointCloud cloud) {
        assertThat(register(cloud, cloud).reason()).isEqualTo(expected);
        assertThat(register(cloud, StreetScenes.yard(RigidTransform.IDENTITY, 1)).accepted())
                .isFalse();
    }

    @Test
    void twoScansOfAYardAreRegisteredWithoutAGuess() {
        PointCloud target = StreetScenes.yard(RigidTransform.IDENTITY, 1);
        PointCloud source = StreetScenes.yard(TRUTH, 2);

        assertRight(register(target, source), TRUTH);
        assertRight(register(source, target), TRUTH.inverse());
    }

    @Test
    void theOtherWayRoundIsTheInverse() {
        PointCloud target = StreetScenes.yard(RigidTransform.IDENTITY, 5);
        PointCloud source = StreetScenes.yard(TRUTH, 6);

        RigidTransform there = register(target, source).targetFromSource();
        RigidTransform back = register(source, target).targetFromSource();

        RigidTransform e = there.times(back);
        assertThat(Math.toDegrees(e.angleRad())).isLessThan(0.2);
        assertThat(e.translationNorm()).isLessThan(0.05);
    }

    @Test
    void anyRotationOfBothScansChangesNothing() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 3; i++) {
            RigidTransform a = RandomTurns.so3(random);
            RigidTransform b = RandomTurns.so3(random);
            PointCloud target =
                    RecordedPairs.turned(StreetScenes.yard(RigidTransform.IDENTITY, 1), a);
            PointCloud source = RecordedPairs.turned(StreetScenes.yard(TRUTH, 2), b);

            assertRight(register(target, source), a.times(TRUTH).times(b.inverse()));
        }
    }

    @Test
    void theSameScansGiveTheSameBitsAndTheirOrderOfPointsDoesNotMatter() {
        PointCloud target = StreetScenes.yard(RigidTransform.IDENTITY, 1);
        PointCloud source = StreetScenes.yard(TRUTH, 2);
        UmeResult first = register(target, source);
        UmeResult again = register(target, source);
        UmeResult shuffled = register(StreetScenes.reversed(target), source);

        assertThat(again.targetFromSource()).isEqualTo(first.targetFromSource());
        assertThat(again.information()).isEqualTo(first.information());
        RigidTransform e = first.targetFromSource().inverse().times(shuffled.targetFromSource());
        assertThat(e.angleRad() + e.translationNorm()).isLessThan(1e-6);
    }

    @Test
    void scansThatFixNoPoseAreRefusedWithTheReason() {
        PointCloud empty = new PointCloud();
        PointCloud spot = new PointCloud();
        PointCloud line = new PointCloud();
        PointCloud plane = new PointCloud();
        PointCloud wild = StreetScenes.yard(RigidTransform.IDENTITY, 1);
        wild.add(Float.NaN, 0, 0, 0);
        PointCloud infinite = StreetScenes.yard(RigidTransform.IDENTITY, 1);
        infinite.add(0, Float.POSITIVE_INFINITY, 0, 0);
        for (int i = 0; i < 4000; i++) {
            spot.add(5, 5, 5, 0);
            line.add(3 + 0.01f * i, 1, 0, 0);
            plane.add(-30 + i % 60, -30 + (i / 60) * 0.9f, -1.7f, 0);
        }

        assertRefused(UmeReason.TOO_FEW, empty);
        assertRefused(UmeReason.TOO_FEW, spot);
        assertRefused(UmeReason.RANK1, line);
        assertRefused(UmeReason.RANK2, plane);
        assertRefused(UmeReason.NON_FINITE, wild);
        assertRefused(UmeReason.NON_FINITE, infinite);
    }

    @Test
    void bareHillsAreRefusedForLackOfStructure() {
        assertRefused(UmeReason.NO_STRUCTURE, StreetScenes.hills(1));
    }

    @Test
    void aCorridorAndARoundRoomAreRefused() {
        PointCloud corridor = StreetScenes.corridor(0, 1);
        PointCloud along = StreetScenes.corridor(5, 2);
        PointCloud room = StreetScenes.roundRoom(1);
        PointCloud turned = RecordedPairs.turned(StreetScenes.roundRoom(2), TRUTH_TURN);

        assertThat(register(corridor, along).accepted()).isFalse();
        assertThat(register(room, turned).accepted()).isFalse();
    }

    @Test
    void aTunnelTellsThatItsLengthIsNotObserved() {
        UmeScan target = UmeScan.of(StreetScenes.corridor(0, 1), CONFIG);
        UmeScan source = UmeScan.of(StreetScenes.corridor(5, 2), CONFIG);
        double[] information =
                new PlaneAlignment(target, source).information(RigidTransform.translation(5, 0, 0));
        // the walls stand along x in the level frame, which is the sensor's but for its height
        Ldlt6 solver = new Ldlt6();
        for (int i = 0; i < 6; i++) {
            information[7 * i] += 1e-2;
        }
        assertThat(solver.decompose(information)).isTrue();

        double[] covariance = solver.inverse();

        assertThat(covariance[7 * 3]).isGreaterThan(0.5);
        assertThat(covariance[7 * 4]).isLessThan(0.01);
    }

    private static final RigidTransform TRUTH_TURN = RigidTransform.ofYaw(1, 0, 0, 0);

    @Test
    void twoDifferentYardsAreNotTakenForOne() {
        PointCloud target = StreetScenes.yard(RigidTransform.IDENTITY, 1);

        assertThat(register(target, StreetScenes.otherYard(4)).accepted()).isFalse();
    }
}
