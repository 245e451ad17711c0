package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;

/** Rotations drawn evenly from SO(3). Source: Shoemake, "Uniform random rotations" (1992). */
final class RandomTurns {
    static RigidTransform so3(SplittableRandom random) {
        double u = random.nextDouble();
        double a = 2 * Math.PI * random.nextDouble();
        double b = 2 * Math.PI * random.nextDouble();
        double p = Math.sqrt(1 - u);
        double q = Math.sqrt(u);
        return RigidTransform.ofQuaternion(
                0, 0, 0, p * Math.sin(a), p * Math.cos(a), q * Math.sin(b), q * Math.cos(b));
    }

    private RandomTurns() {}
}
