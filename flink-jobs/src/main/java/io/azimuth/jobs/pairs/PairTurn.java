package io.azimuth.jobs.pairs;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.SplittableRandom;

/** How scans are turned before they are registered, to show that their attitude does not matter. */
public enum PairTurn {
    /** Not at all. */
    NONE,
    /** The source about its sensor's axis, evenly in a full turn. */
    YAW,
    /**
     * Both about their sensors, evenly in SO(3). Source: Shoemake, "Uniform random rotations"
     * (Graphics Gems III, 1992).
     */
    SO3;

    /** Turns of the two scans: new frame from old. */
    public record Drawn(RigidTransform target, RigidTransform source) {
        /**
         * Where the turned source lies in the turned target, from the same of the scans as read.
         */
        public RigidTransform applied(RigidTransform targetFromSource) {
            return target.times(targetFromSource).times(source.inverse());
        }
    }

    /** The turns of a pair: a function of the seed and the scans' numbers alone. */
    public Drawn draw(long seed, long target, long source) {
        SplittableRandom random =
                new SplittableRandom(
                        seed * 0x9E3779B97F4A7C15L + target * 0xC2B2AE3D27D4EB4FL + source);
        random.nextLong(); // neighbouring seeds start alike
        return switch (this) {
            case NONE -> new Drawn(RigidTransform.IDENTITY, RigidTransform.IDENTITY);
            case YAW ->
                    new Drawn(
                            RigidTransform.IDENTITY,
                            RigidTransform.ofYaw(random.nextDouble(-Math.PI, Math.PI), 0, 0, 0));
            case SO3 -> new Drawn(even(random), even(random));
        };
    }

    private static RigidTransform even(SplittableRandom random) {
        double u = random.nextDouble();
        double a = 2 * Math.PI * random.nextDouble();
        double b = 2 * Math.PI * random.nextDouble();
        double p = Math.sqrt(1 - u);
        double q = Math.sqrt(u);
        return RigidTransform.ofQuaternion(
                0, 0, 0, p * Math.sin(a), p * Math.cos(a), q * Math.sin(b), q * Math.cos(b));
    }

    /** A turned copy; intensities stay. */
    public static PointCloud turned(PointCloud in, RigidTransform turn) {
        PointCloud out = new PointCloud(in.size());
        for (int i = 0; i < in.size(); i++) {
            double x = in.x()[i];
            double y = in.y()[i];
            double z = in.z()[i];
            out.add(
                    (float) turn.mapX(x, y, z),
                    (float) turn.mapY(x, y, z),
                    (float) turn.mapZ(x, y, z),
                    in.intensity()[i]);
        }
        return out;
    }
}
