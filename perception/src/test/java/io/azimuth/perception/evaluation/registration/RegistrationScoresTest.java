package io.azimuth.perception.evaluation.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures of seven pairs that were worked out by hand. */
class RegistrationScoresTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final int MAIN = 0;
    private static final int FINE = 1;
    private static final int WIDE = 3;

    private final List<PairTruth> truth = new ArrayList<>();
    private final List<PairEstimate> said = new ArrayList<>();

    @Test
    void recallCountsRefusedAndMissingAsFailures() {
        sevenPairs();

        RegistrationScores got = RegistrationScores.of(truth, said);

        assertThat(got.matchable()).isEqualTo(5);
        assertThat(got.unmatchable()).isEqualTo(2);
        assertThat(got.accepted()).isEqualTo(4);
        assertThat(got.refused()).isEqualTo(2);
        assertThat(got.missing()).isEqualTo(1);
        assertThat(got.limits().get(MAIN).recall()).isEqualTo(2 / 5.0);
        assertThat(got.limits().get(FINE).recall()).isEqualTo(1 / 5.0);
        assertThat(got.limits().get(WIDE).recall()).isEqualTo(3 / 5.0);
    }

    @Test
    void precisionIsOfAllThatWasAcceptedAlsoOfNegatives() {
        sevenPairs();

        RegistrationScores got = RegistrationScores.of(truth, said);

        assertThat(got.limits().get(MAIN).precision()).isEqualTo(2 / 4.0);
        assertThat(got.limits().get(WIDE).precision()).isEqualTo(3 / 4.0);
        assertThat(got.unmatchableAccepted()).isEqualTo(1);
        assertThat(got.limits().get(WIDE).falseAccepts()).isEqualTo(1);
    }

    @Test
    void errorsAreOfSuccessesOnly() {
        sevenPairs();

        RegistrationScores got = RegistrationScores.of(truth, said);

        LimitScore main = got.limits().get(MAIN);
        assertThat(main.metres().count()).isEqualTo(2);
        assertThat(main.metres().mean()).isCloseTo((0.05 + 0.2) / 2, EXACT);
        assertThat(main.degrees().mean()).isCloseTo((0.5 + 1.2) / 2, EXACT);
        LimitScore wide = got.limits().get(WIDE);
        assertThat(wide.metres().median()).isCloseTo(0.2, EXACT);
        assertThat(wide.metres().mean()).isCloseTo((0.05 + 0.2 + 1.5) / 3, EXACT);
        assertThat(wide.degrees().median()).isCloseTo(1.2, EXACT);
    }

    @Test
    void binsSayWhereItFails() {
        sevenPairs();

        List<PairBin> bins = RegistrationScores.of(truth, said).bins();

        PairBin near = bin(bins, PairBin.Property.DISTANCE, 2);
        assertThat(near.pairs()).isEqualTo(2);
        assertThat(near.recall()).containsExactly(1.0, 0.5, 1.0, 1.0);
        PairBin far = bin(bins, PairBin.Property.DISTANCE, 20);
        assertThat(far.pairs()).isEqualTo(3);
        assertThat(far.refused()).isEqualTo(2);
        assertThat(far.recall()).containsExactly(0.0, 0.0, 0.0, 1 / 3.0);
        assertThat(bin(bins, PairBin.Property.ANGLE, 15).pairs()).isEqualTo(3);
        assertThat(bin(bins, PairBin.Property.OVERLAP, 0.6).pairs()).isEqualTo(1);
        long overlapKnown =
                bins.stream()
                        .filter(b -> b.property() == PairBin.Property.OVERLAP)
                        .mapToLong(PairBin::pairs)
                        .sum();
        assertThat(overlapKnown).isEqualTo(2);
    }

    @Test
    void anAcceptedPairOfHardlyAnyOverlapIsFalseUnlessItIsRight() {
        pair(0, 40, 0, 0.049, false);
        said(0, 40.05, 0);
        pair(1, 40, 0, 0.049, false);
        said(1, 45, 0);
        pair(2, 40, 0, 0.05, false);
        said(2, 45, 0);

        RegistrationScores got = RegistrationScores.of(truth, said);

        assertThat(got.matchable()).isEqualTo(1);
        assertThat(got.unmatchableAccepted()).isEqualTo(2);
        assertThat(got.limits().get(MAIN).falseAccepts()).isEqualTo(1);
        assertThat(got.limits().get(MAIN).precision()).isEqualTo(1 / 3.0);
        assertThat(got.limits().get(MAIN).recall()).isZero();
    }

    @Test
    void aRefusedNegativeCostsNothing() {
        pair(0, 3, 0, Double.NaN, false);
        said(0, 3, 0);
        truth.add(new PairTruth(2, 3, null, 0, true));
        said.add(PairEstimate.refused(2, 3, "few inliers"));

        RegistrationScores got = RegistrationScores.of(truth, said);

        assertThat(got.refused()).isEqualTo(1);
        assertThat(got.limits().get(FINE).recall()).isEqualTo(1);
        assertThat(got.limits().get(FINE).precision()).isEqualTo(1);
    }

    @Test
    void nothingAcceptedHasNoPrecisionAndNoErrors() {
        pair(0, 3, 0, Double.NaN, false);
        said.add(PairEstimate.refused(0, 1, "slow"));

        LimitScore got = RegistrationScores.of(truth, said).limits().get(MAIN);

        assertThat(got.recall()).isZero();
        assertThat(got.precision()).isNaN();
        assertThat(got.metres().mean()).isNaN();
    }

    @Test
    void tinyAnglesAreNotLost() {
        pair(0, 3, 0.7, Double.NaN, false);
        said(0, 3, 0.7 + Math.toDegrees(1e-7));

        LimitScore got = RegistrationScores.of(truth, said).limits().get(FINE);

        assertThat(got.degrees().mean()).isCloseTo(Math.toDegrees(1e-7), within(1e-12));
    }

    @Test
    void whatDoesNotGoTogetherIsNamed() {
        pair(7, 3, 0, Double.NaN, false);
        said(7, 3, 0);
        said(8, 3, 0);
        assertThatThrownBy(() -> RegistrationScores.of(truth, said))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target 16, source 17: there is an estimate but no truth");

        said.set(1, said.get(0));
        assertThatThrownBy(() -> RegistrationScores.of(truth, said))
                .hasMessageContaining("two estimates");
        assertThatThrownBy(() -> new PairTruth(1, 2, null, 0.5, false))
                .hasMessageContaining("no transform");
        assertThatThrownBy(() -> new PairTruth(1, 2, RigidTransform.IDENTITY, 1.5, false))
                .hasMessageContaining("0 .. 1");
    }

    /** Two within 1.5 degrees and 0.3 m, one of them fine, one within 5 degrees and 2 m. */
    private void sevenPairs() {
        pair(0, 3, 0, 0.7, false);
        said(0, 3.05, 0.5);
        pair(1, 4, 20, Double.NaN, false);
        said(1, 4.2, 21.2);
        pair(2, 25, 20, 0.3, false);
        said(2, 26.5, 17);
        pair(3, 25, 20, Double.NaN, false);
        said.add(PairEstimate.refused(6, 7, "degenerate"));
        pair(4, 30, 0, Double.NaN, false);
        truth.add(new PairTruth(10, 11, null, 0, true));
        said(5, 1, 0);
        truth.add(new PairTruth(12, 13, null, 0, true));
        said.add(PairEstimate.refused(12, 13, "few inliers"));
    }

    private void pair(int number, double x, double yawDeg, double overlap, boolean negative) {
        truth.add(new PairTruth(2L * number, 2L * number + 1, pose(x, yawDeg), overlap, negative));
    }

    private void said(int number, double x, double yawDeg) {
        said.add(PairEstimate.accepted(2L * number, 2L * number + 1, pose(x, yawDeg)));
    }

    private static RigidTransform pose(double x, double yawDeg) {
        return RigidTransform.ofYaw(Math.toRadians(yawDeg), x, 0, 0);
    }

    private static PairBin bin(List<PairBin> bins, PairBin.Property property, double low) {
        return bins.stream()
                .filter(b -> b.property() == property && b.low() == low)
                .findFirst()
                .orElseThrow();
    }
}
