package io.azimuth.jobs.crops;

import io.azimuth.connectors.dataset.tables.CsvRows;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.invariant.Crop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A rotation for every crop of a set, about the origin. Points and sensor turn, the up direction
 * stays: a turn that is not about it shows an encoder the crop as it was never meant to lie.
 * Immutable.
 */
public final class CropTurns {
    private final List<RigidTransform> turns;

    private CropTurns(List<RigidTransform> turns) {
        this.turns = List.copyOf(turns);
    }

    /**
     * Rotations uniform over all, of a seed. Source: Shoemake, "Uniform random rotations" (1992).
     */
    public static CropTurns so3(int crops, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RigidTransform> out = new ArrayList<>();
        for (int i = 0; i < crops; i++) {
            out.add(drawn(random));
        }
        return new CropTurns(out);
    }

    /** The next rotation, uniform over all. */
    static RigidTransform drawn(SplittableRandom random) {
        double u = random.nextDouble();
        double a = 2 * Math.PI * random.nextDouble();
        double b = 2 * Math.PI * random.nextDouble();
        double s = Math.sqrt(1 - u);
        double t = Math.sqrt(u);
        return turn(
                t * StrictMath.cos(b),
                s * StrictMath.sin(a),
                s * StrictMath.cos(a),
                t * StrictMath.sin(b));
    }

    /** Rotations about +z, uniform, of a seed. */
    public static CropTurns yaw(int crops, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RigidTransform> out = new ArrayList<>();
        for (int i = 0; i < crops; i++) {
            double half = Math.PI * random.nextDouble();
            out.add(turn(StrictMath.cos(half), 0, 0, StrictMath.sin(half)));
        }
        return new CropTurns(out);
    }

    /**
     * Rotations from the columns qw, qx, qy, qz of a table, one row a crop in order.
     *
     * @throws io.azimuth.perception.geometry.MalformedDataException if there are too few, too many,
     *     or one is no rotation
     */
    public static CropTurns read(Path file, int crops) throws IOException {
        List<CsvRows.Row> rows = CsvRows.read(file, List.of("qw", "qx", "qy", "qz"));
        if (rows.size() != crops) {
            throw rows.get(rows.size() - 1)
                    .fault(
                            "the table ends after %d rotations, expected %d, one a crop"
                                    .formatted(rows.size(), crops));
        }
        List<RigidTransform> out = new ArrayList<>();
        for (CsvRows.Row row : rows) {
            double w = row.number("qw");
            double x = row.number("qx");
            double y = row.number("qy");
            double z = row.number("qz");
            double length = Math.sqrt(w * w + x * x + y * y + z * z);
            if (!(Math.abs(length - 1) < 1e-3)) {
                throw row.fault(
                        "the quaternion has length %s, expected 1 (a rotation)".formatted(length));
            }
            out.add(turn(w / length, x / length, y / length, z / length));
        }
        return new CropTurns(out);
    }

    /** The rotation of a unit quaternion. */
    private static RigidTransform turn(double w, double x, double y, double z) {
        double[] r = {
            1 - 2 * (y * y + z * z),
            2 * (x * y - w * z),
            2 * (x * z + w * y),
            2 * (x * y + w * z),
            1 - 2 * (x * x + z * z),
            2 * (y * z - w * x),
            2 * (x * z - w * y),
            2 * (y * z + w * x),
            1 - 2 * (x * x + y * y)
        };
        return RigidTransform.of(r, 0, 0, 0);
    }

    /** Crop {@code i} turned. */
    public Crop apply(int i, Crop crop) {
        Crop turned = crop.in(turns.get(i));
        return new Crop(turned.x(), turned.y(), turned.z(), turned.sensor(), crop.up());
    }
}
