package io.azimuth.registration.ume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SensorInformationTest {
    @Test
    void aSmallMotionCostsTheSameInBothFrames() {
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < 200; trial++) {
            RigidTransform turn = RandomTurns.so3(random);
            RigidTransform levelFromSensor =
                    RigidTransform.of(
                            turn.rotation(),
                            random.nextDouble(-2, 2),
                            random.nextDouble(-2, 2),
                            1.7);
            double[] level = positiveDefinite(random);
            double[] motion = new double[6];
            for (int i = 0; i < 6; i++) {
                motion[i] = 1e-3 * random.nextDouble(-1, 1);
            }
            double[] seen =
                    levelFromSensor
                            .times(RigidTransform.exp(motion))
                            .times(levelFromSensor.inverse())
                            .log();

            double wanted = cost(level, seen);
            assertThat(cost(SensorInformation.of(level, levelFromSensor), motion))
                    .isCloseTo(wanted, within(1e-9 * wanted));
        }
    }

    @Test
    void whatIsUnknownAlongAStreetIsUnknownAlongItInTheSensorsFrameToo() {
        double[] level = new double[36];
        for (int i = 0; i < 6; i++) {
            level[7 * i] = i == 3 ? 1 : 1000; // little is known along the level frame's x
        }
        // the sensor's y axis lies along the level frame's x, both through one origin
        RigidTransform levelFromSensor = RigidTransform.ofYaw(-Math.PI / 2, 0, 0, 0);

        double[] sensor = SensorInformation.of(level, levelFromSensor);

        assertThat(sensor[7 * 3]).isCloseTo(1000, within(1e-9));
        assertThat(sensor[7 * 4]).isCloseTo(1, within(1e-9));
    }

    private static double[] positiveDefinite(SplittableRandom random) {
        double[] a = new double[36];
        for (int i = 0; i < 36; i++) {
            a[i] = random.nextDouble(-1, 1);
        }
        double[] out = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 6; k++) {
                    out[6 * i + j] += a[6 * i + k] * a[6 * j + k];
                }
            }
            out[7 * i] += 0.1;
        }
        return out;
    }

    private static double cost(double[] h, double[] v) {
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                sum += v[i] * h[6 * i + j] * v[j];
            }
        }
        return sum;
    }
}
