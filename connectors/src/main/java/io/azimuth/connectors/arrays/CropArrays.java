package io.azimuth.connectors.arrays;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.invariant.Crop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Crops in arrays: a folder with {@code points.npy} [total,3], {@code offsets.npy} [N+1] and
 * perhaps {@code sensor.npy} [N,3]; or one {@code .npy} [N,K,3] or [N,3,K] of metres, or of
 * thousandths in int16. Up is +z; a sensor that is not told stands at the origin. Thread-safe.
 */
public final class CropArrays {
    private static final double THOUSANDTHS = 1e-3;

    private final NpyArray points;
    private final @Nullable NpyArray offsets;
    private final @Nullable NpyArray sensor;
    private final double scale;

    private CropArrays(NpyArray points, @Nullable NpyArray offsets, @Nullable NpyArray sensor) {
        this.points = points;
        this.offsets = offsets;
        this.sensor = sensor;
        scale = points.isWhole() ? THOUSANDTHS : 1;
    }

    /**
     * Opens a file or folder.
     *
     * @throws MalformedDataException if the arrays do not fit each other
     */
    public static CropArrays open(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            NpyArray points = NpyArray.open(path);
            List<Integer> s = points.shape();
            if (s.size() != 3 || (s.get(1) != 3 && s.get(2) != 3)) {
                throw wrong(points, "[N,K,3] or [N,3,K]");
            }
            return new CropArrays(points, null, null);
        }
        NpyArray points = NpyArray.open(path.resolve("points.npy"));
        NpyArray offsets = NpyArray.open(path.resolve("offsets.npy"));
        if (points.shape().size() != 2 || points.shape().get(1) != 3) {
            throw wrong(points, "[total,3]");
        }
        if (offsets.shape().size() != 1 || offsets.shape().get(0) < 1 || !offsets.isWhole()) {
            throw wrong(offsets, "[N+1] whole numbers");
        }
        int count = offsets.shape().get(0) - 1;
        Path sensors = path.resolve("sensor.npy");
        NpyArray sensor = Files.exists(sensors) ? NpyArray.open(sensors) : null;
        if (sensor != null && !sensor.shape().equals(List.of(count, 3))) {
            throw wrong(sensor, "[" + count + ",3]");
        }
        CropArrays crops = new CropArrays(points, offsets, sensor);
        for (int i = 0; i < count; i++) {
            crops.size(i, offsets);
        }
        return crops;
    }

    /** Number of crops. */
    public int count() {
        return offsets == null ? points.shape().get(0) : offsets.shape().get(0) - 1;
    }

    /** The crop at a place. */
    public Crop crop(int i) {
        if (offsets == null) {
            boolean byAxis = points.shape().get(2) != 3;
            int n = points.shape().get(byAxis ? 2 : 1);
            long start = 3L * n * i;
            return byAxis ? crop(start, n, 1, n, i) : crop(start, n, 3, 1, i);
        }
        return crop(3 * (long) offsets.get(i), size(i, offsets), 3, 1, i);
    }

    private int size(int i, NpyArray from) {
        double first = from.get(i);
        double last = from.get(i + 1);
        if (first < 0 || last < first || last > points.shape().get(0)) {
            throw new MalformedDataException(
                    "%s: crop %d is points %.0f to %.0f, accepted rising, up to %d"
                            .formatted(from.name(), i, first, last, points.shape().get(0)));
        }
        return (int) (last - first);
    }

    private Crop crop(long start, int n, int pointStep, int axisStep, int i) {
        double[][] xyz = new double[3][n];
        for (int k = 0; k < 3; k++) {
            for (int p = 0; p < n; p++) {
                xyz[k][p] = scale * points.get(start + (long) p * pointStep + (long) k * axisStep);
            }
        }
        double[] from = new double[3];
        for (int k = 0; k < 3 && sensor != null; k++) {
            from[k] = sensor.get(3L * i + k);
        }
        return new Crop(xyz[0], xyz[1], xyz[2], from, new double[] {0, 0, 1});
    }

    private static MalformedDataException wrong(NpyArray array, String expected) {
        return new MalformedDataException(
                "%s: shape %s, expected %s".formatted(array.name(), array.shape(), expected));
    }
}
