package io.azimuth.registration.ume;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.registration.ume.UmeEvidence.Counts;
import io.azimuth.registration.ume.UmeEvidence.Relief;
import io.azimuth.registration.ume.UmeEvidence.Side;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UmeVerifierTest {
    private static final UmeVerifier VERIFIER = UmeVerifier.fitted();

    private static Side side(SplittableRandom r) {
        Counts counts =
                new Counts(
                        r.nextInt(100, 2000),
                        r.nextInt(20, 1000),
                        r.nextInt(20, 100),
                        r.nextInt(20, 100),
                        r.nextInt(5, 100),
                        r.nextInt(200, 2000),
                        r.nextInt(10, 200),
                        r.nextInt(5, 100),
                        r.nextInt(5, 500),
                        r.nextInt(20, 200),
                        r.nextInt(5, 100),
                        r.nextInt(10, 100),
                        r.nextInt(10, 200),
                        r.nextInt(10, 200),
                        r.nextInt(5, 50));
        Relief relief = new Relief(r.nextInt(4, 60), r.nextDouble(0.01, 0.3));
        return new Side(r.nextDouble(0, 1), r.nextDouble(0.05, 0.6), 0.1, counts, relief);
    }

    /** The same pose with more of the structure, ground and places confirmed, less contradicted. */
    private static Side better(Side s) {
        Counts c = s.counts();
        Counts counts =
                new Counts(
                        c.met(),
                        c.passed() / 2,
                        c.tight(), // the ground is told by it
                        c.looseMet() + 5,
                        c.loosePassed() / 2,
                        c.groundMet(),
                        c.placesMet() + 5,
                        c.placesPassed() / 2,
                        c.clear() / 2,
                        c.poleMet() + 5,
                        c.polePassed() / 2,
                        c.groundFine() + 5,
                        c.placesTight() + 5,
                        c.placesLoose(),
                        c.placesEmpty() / 2);
        Relief relief = new Relief(s.relief().squares(), 0.9 * s.relief().offM());
        return new Side(s.ratio(), s.overlap(), s.freeSpace(), counts, relief);
    }

    private static UmeEvidence evidence(
            Side f, Side b, double margin, double rival, double distanceM, double residualM) {
        return new UmeEvidence(f, b, margin, rival, distanceM, 0.3, residualM, 0.02, 0.001, 0.05);
    }

    @Test
    void moreThatSpeaksForAPoseNeverMakesItLessLikely() {
        SplittableRandom r = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            Side f = side(r);
            Side b = side(r);
            double margin = r.nextDouble(-0.2, 1);
            double rival = r.nextDouble(0, 0.5);
            double distanceM = r.nextDouble(0, 80);
            double residualM = r.nextDouble(0.01, 0.12);
            UmeEvidence e = evidence(f, b, margin, rival, distanceM, residualM);
            UmeEvidence better =
                    evidence(
                            better(f),
                            better(b),
                            margin + 0.05,
                            0.9 * rival,
                            distanceM,
                            0.9 * residualM);

            assertThat(VERIFIER.probability(better))
                    .isGreaterThanOrEqualTo(VERIFIER.probability(e));
        }
    }

    private static final Counts COUNTS =
            new Counts(3000, 90, 2600, 900, 30, 4000, 200, 6, 40, 500, 10, 3400, 190, 20, 3);

    private static final Side CLEAR = new Side(0.8, 0.6, 0.02, COUNTS, new Relief(60, 0.015));

    @Test
    void aClearPoseIsLikelyAndOneByChanceIsNot() {
        assertThat(VERIFIER.probability(evidence(CLEAR, CLEAR, 1, 0.03, 20, 0.02)))
                .isGreaterThan(0.95);
        Counts few = new Counts(100, 90, 30, 40, 50, 200, 20, 18, 60, 10, 12, 40, 5, 14, 9);
        Side weak = new Side(0.05, 0.06, 0.15, few, new Relief(12, 0.1));
        assertThat(VERIFIER.probability(evidence(weak, weak, 0.01, 0.06, 60, 0.1)))
                .isLessThan(0.05);
    }

    @Test
    void whatFitsElsewhereAsWellIsLessLikelyAndTheReasonSaysSo() {
        UmeEvidence alone = evidence(CLEAR, CLEAR, 1, 0.03, 20, 0.02);
        UmeEvidence twins = evidence(CLEAR, CLEAR, 0.04, 0.55, 20, 0.02);

        assertThat(1 - VERIFIER.probability(twins))
                .isGreaterThan(20 * (1 - VERIFIER.probability(alone)));
        assertThat(VERIFIER.weakness(twins)).isEqualTo(UmeReason.AMBIGUOUS);
    }

    @Test
    void theSameOverlapIsLessLikelyNearTheTargetThanFarFromIt() {
        Counts half =
                new Counts(1500, 120, 1100, 500, 50, 900, 120, 14, 50, 250, 20, 640, 100, 22, 6);
        Side some = new Side(0.3, 0.3, 0.05, half, new Relief(30, 0.03));
        UmeEvidence far = evidence(some, some, 0.4, 0.05, 45, 0.04);
        UmeEvidence near = evidence(some, some, 0.4, 0.05, 2, 0.04);

        assertThat(VERIFIER.probability(near)).isLessThan(VERIFIER.probability(far));
    }

    @Test
    void coarseSurfacesSpeakLessAgainstFewBeams() {
        double few = VERIFIER.probability(coarse(1));
        double many = VERIFIER.probability(coarse(3));

        assertThat(1 - many).isGreaterThan(5 * (1 - few));
    }

    /** A pose 15 m away that a third or all of the usual beams see. */
    private static UmeEvidence coarse(int k) {
        Counts counts =
                new Counts(
                        2300 * k, 50 * k, 1150 * k, 1200 * k, 20 * k, 1500 * k, 230, 5, 15 * k,
                        400 * k, 5 * k, 675 * k, 150, 80, 4);
        Side side = new Side(0.5, 0.55, 0.02, counts, new Relief(30, 0.06));
        return evidence(side, side, 0.8, 0.06, 15, 0.07);
    }

    @Test
    void otherGroundIsLessLikelyAndTooLittleOfItSaysNothing() {
        UmeEvidence same = clear(new Relief(60, 0.015));
        UmeEvidence other = clear(new Relief(60, 0.1));
        UmeEvidence few = clear(new Relief(3, 0.1));

        assertThat(VERIFIER.probability(other)).isLessThan(VERIFIER.probability(same));
        assertThat(VERIFIER.probability(few)).isGreaterThan(VERIFIER.probability(other));
        assertThat(VERIFIER.weakness(other)).isEqualTo(UmeReason.BAD_FIT);
    }

    private static UmeEvidence clear(Relief relief) {
        Side side = new Side(0.8, 0.6, 0.02, COUNTS, relief);
        return evidence(side, side, 1, 0.03, 20, 0.02);
    }
}
