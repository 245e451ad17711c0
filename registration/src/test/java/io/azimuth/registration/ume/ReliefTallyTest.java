package io.azimuth.registration.ume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReliefTallyTest {
    private static final int SQUARES = 25;

    /** Fifty voxels in each of 25 squares of 4 m, off by noise and by what a square adds. */
    private static ReliefTally ground(double noiseM, double[] offM) {
        SplittableRandom r = new SplittableRandom(3);
        ReliefTally tally = new ReliefTally();
        tally.begin();
        for (int k = 0; k < 50 * SQUARES; k++) {
            int square = k % SQUARES;
            double x = 4 * (square % 5 - 2) + r.nextDouble(0, 4);
            double y = 4 * (square / 5 - 2) + r.nextDouble(0, 4);
            tally.met(x, y, offM[square] + r.nextDouble(-noiseM, noiseM));
        }
        return tally;
    }

    @Test
    void noiseVanishesInTheMeanOfASquare() {
        UmeEvidence.Relief relief = ground(0.2, new double[SQUARES]).relief();

        assertThat(relief.squares()).isEqualTo(SQUARES);
        assertThat(relief.offM()).isLessThan(0.02);
    }

    @Test
    void anotherShapeOfGroundShowsWhateverTheSign() {
        double[] off = new double[SQUARES];
        for (int i = 0; i < SQUARES; i++) {
            off[i] = i % 2 == 0 ? 0.1 : -0.1;
        }

        assertThat(ground(0.05, off).relief().offM()).isCloseTo(0.1, within(0.02));
    }

    @Test
    void fewVoxelsMakeNoSquareAndABeginForgets() {
        ReliefTally tally = ground(0.01, new double[SQUARES]);
        tally.begin();
        tally.met(1, 1, 0.3);
        tally.met(1, 2, 0.3);

        assertThat(tally.relief()).isEqualTo(UmeEvidence.Relief.NONE);

        tally.met(2, 2, 0.3);

        assertThat(tally.relief().squares()).isEqualTo(1);
    }
}
