package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisFitTest {
    private static final double LENGTH_M = 4.3;
    private static final double WIDTH_M = 1.8;
    private final AxisFit fit = new AxisFit();

    @Test
    void findsTheTurnOfTwoSidesAndOfOne() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            double turn = (random.nextDouble() - 0.5) * 0.6;
            double share = round % 3 == 0 ? 1 : 0.6; // of points on the long side
            sides(random, turn, 20 + random.nextInt(45), share, 0.02);
            assertThat(fit.turnRad()).as("round %d", round).isCloseTo(turn, within(0.04));
        }
    }

    @Test
    void isOffByAThirdOfADegreeInTheMedianAmongOutliers() {
        Random random = new Random(8);
        double[] off = new double[200];
        for (int round = 0; round < off.length; round++) {
            double turn = (random.nextDouble() - 0.5) * 0.5;
            sides(random, turn, 62, 0.6, 0.03);
            fit.add(LENGTH_M / 2 + 0.25, -WIDTH_M / 2 - 0.2); // a mirror, a neighbour's bumper
            fit.add(-LENGTH_M / 2 - 0.25, WIDTH_M / 2 + 0.2);
            off[round] = Math.abs(fit.turnRad() - turn);
        }
        Arrays.sort(off);
        assertThat(off[100]).isLessThan(0.006);
        assertThat(off[190]).isLessThan(0.03);
    }

    @Test
    void ofAMirroredOutlineIsTheOpposite() {
        for (int seed = 0; seed < 50; seed++) {
            sides(new Random(seed), 0.17, 40, 0.5, 0.02);
            double turn = fit.turnRad();
            AxisFit mirrored = new AxisFit();
            Random same = new Random(seed);
            outline(same, 0.17, 40, 0.5, 0.02, (u, v) -> mirrored.add(u, -v));
            assertThat(mirrored.turnRad()).isCloseTo(-turn, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, AxisFit.LEAST_POINTS - 1})
    void fewPointsTurnNothing(int points) {
        sides(new Random(1), 0.3, points, 0.5, 0);
        assertThat(fit.turnRad()).isZero();
    }

    @Test
    void pointsAtOnePlaceTurnNothing() {
        fit.clear();
        for (int i = 0; i < CandidatePoints.POINTS; i++) {
            fit.add(0.5, 0.25);
        }
        assertThat(fit.turnRad()).isZero();
    }

    private void sides(Random random, double turn, int points, double longSide, double noiseM) {
        fit.clear();
        outline(random, turn, points, longSide, noiseM, fit::add);
    }

    /** Points of a vehicle's left side and rear, in the frame of a box that is {@code turn} off. */
    private static void outline(
            Random random, double turn, int points, double longSide, double noiseM, Sink out) {
        for (int i = 0; i < points; i++) {
            boolean along = random.nextDouble() < longSide;
            double u = along ? (random.nextDouble() - 0.5) * LENGTH_M : -LENGTH_M / 2;
            double v = along ? WIDTH_M / 2 : (random.nextDouble() - 0.5) * WIDTH_M;
            u += noiseM * random.nextGaussian();
            v += noiseM * random.nextGaussian();
            out.add(
                    u * Math.cos(turn) - v * Math.sin(turn),
                    u * Math.sin(turn) + v * Math.cos(turn));
        }
    }

    private interface Sink {
        void add(double u, double v);
    }
}
