package io.azimuth.registration.ume;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.registration.ume.UmeEvidence.Side;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UmeVerifierTest {
    private static final UmeVerifier VERIFIER = UmeVerifier.fitted();

    private static UmeEvidence evidence(SplittableRandom r) {
        return new UmeEvidence(
                side(r),
                side(r),
                r.nextDouble(0, 1),
                0,
                r.nextDouble(0, 0.6),
                r.nextDouble(0.01, 0.12),
                r.nextDouble(0.001, 1),
                r.nextDouble(0.0001, 0.05),
                r.nextDouble(0, 0.3));
    }

    private static Side side(SplittableRandom r) {
        return new Side(r.nextDouble(0, 1), r.nextDouble(0, 0.6), r.nextDouble(0, 0.3));
    }

    @Test
    void moreThatSpeaksForAPoseNeverMakesItLessLikely() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            UmeEvidence e = evidence(random);
            UmeEvidence better =
                    new UmeEvidence(
                            new Side(
                                    e.forward().ratio() + 0.05,
                                    e.forward().overlap() + 0.05,
                                    0.9 * e.forward().freeSpace()),
                            new Side(
                                    e.back().ratio() + 0.05,
                                    e.back().overlap() + 0.05,
                                    0.9 * e.back().freeSpace()),
                            e.margin() + 0.05,
                            e.forwardMargin(),
                            e.overlap(),
                            0.9 * e.residualM(),
                            0.9 * e.sigmaM(),
                            0.9 * e.sigmaRad(),
                            1.1 * e.voteShare());

            assertThat(VERIFIER.probability(better))
                    .isGreaterThanOrEqualTo(VERIFIER.probability(e));
        }
    }

    @Test
    void aClearPoseIsLikelyAndOneByChanceIsNot() {
        Side strong = new Side(0.8, 0.6, 0.02);
        UmeEvidence clear = new UmeEvidence(strong, strong, 1, 1, 0.6, 0.02, 0.005, 0.0001, 0.2);

        assertThat(VERIFIER.probability(clear)).isGreaterThan(0.95);
        Side weak = new Side(0.05, 0.06, 0.15);
        UmeEvidence chance = new UmeEvidence(weak, weak, 0.01, 0, 0.1, 0.1, 0.1, 0.004, 0.005);
        assertThat(VERIFIER.probability(chance)).isLessThan(0.2);
    }

    @Test
    void theReasonIsWhatSpeaksAgainstThePoseMost() {
        Side strong = new Side(0.8, 0.6, 0.02);
        UmeEvidence twins = new UmeEvidence(strong, strong, 0, 0, 0.6, 0.02, 0.005, 0.0001, 0.2);

        assertThat(VERIFIER.weakness(twins)).isEqualTo(UmeReason.AMBIGUOUS);
    }
}
