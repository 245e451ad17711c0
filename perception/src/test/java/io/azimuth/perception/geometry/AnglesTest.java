package io.azimuth.perception.geometry;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AnglesTest {
    @Test
    void wrappedAnglesAreEqualAnglesInTheHalfOpenRange() {
        forAll(
                500,
                rnd -> {
                    double angle = rnd.nextDouble(-1000, 1000);

                    double wrapped = Angles.wrap(angle);

                    assertThat(wrapped).isBetween(-Math.PI, Math.nextDown(Math.PI));
                    assertThat(Math.sin(wrapped)).isCloseTo(Math.sin(angle), within(1e-12));
                    assertThat(Math.cos(wrapped)).isCloseTo(Math.cos(angle), within(1e-12));
                    assertThat(Angles.wrap(wrapped)).isEqualTo(wrapped);
                });
    }

    @Test
    void bordersGoToMinusPi() {
        assertThat(Angles.wrap(Math.PI)).isEqualTo(-Math.PI);
        assertThat(Angles.wrap(-Math.PI)).isEqualTo(-Math.PI);
        assertThat(Angles.wrap(3 * Math.PI)).isCloseTo(-Math.PI, within(1e-15));
        assertThat(Angles.wrap(Math.nextDown(-Math.PI))).isBetween(-Math.PI, Math.PI);
        assertThat(Angles.wrap(1e300)).isBetween(-Math.PI, Math.PI);
        assertThat(Angles.wrap(Double.NaN)).isNaN();
        assertThat(Angles.wrap(Double.POSITIVE_INFINITY)).isNaN();
    }

    @Test
    void differenceIsTheShortestTurn() {
        assertThat(Angles.difference(3.0, -3.0)).isCloseTo(6 - Angles.TWO_PI, within(1e-15));
        assertThat(Angles.difference(0.5, 0.2)).isCloseTo(0.3, within(1e-15));
    }

    @Test
    void axisDistanceIgnoresHalfTurns() {
        forAll(
                300,
                rnd -> {
                    double a = rnd.nextDouble(-10, 10);
                    double turn = rnd.nextDouble(0, Math.PI / 2);

                    assertThat(Angles.axisDistance(a, a + turn)).isCloseTo(turn, within(1e-12));
                    assertThat(Angles.axisDistance(a + turn + Math.PI, a))
                            .isCloseTo(turn, within(1e-12));
                });
    }
}
