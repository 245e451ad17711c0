package io.azimuth.connectors.crops;

import io.azimuth.perception.invariant.Crop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Crops in order, with what is known of them. Immutable but for {@link #labelled}, which makes
 * another.
 */
public final class CropTable {
    private static final double[] UP = {0, 0, 1};

    private final List<String> names;
    private final double[] points;
    private final int[] offset;
    private final double @Nullable [] sensor;
    private final double @Nullable [] headingRad;
    private final long @Nullable [] group;
    private final CropLabels labels;

    /**
     * @param names one a crop: its file, or its number
     * @param points x, y, z one point after the other
     * @param offset first point of each crop, and the end of the last
     * @param sensor x, y, z one crop after the other; null: the origin
     */
    CropTable(
            List<String> names,
            double[] points,
            int[] offset,
            double @Nullable [] sensor,
            double @Nullable [] headingRad,
            long @Nullable [] group,
            CropLabels labels) {
        this.names = List.copyOf(names);
        this.points = points;
        this.offset = offset;
        this.sensor = sensor;
        this.headingRad = headingRad;
        this.group = group;
        this.labels = labels;
    }

    /** Number of crops. */
    public int size() {
        return offset.length - 1;
    }

    /** Name of a crop: its file's, or its number. */
    public String name(int i) {
        return names.get(i);
    }

    /** Number of points of a crop, those that are no numbers included. */
    public int points(int i) {
        return offset[i + 1] - offset[i];
    }

    /** A crop, as a copy; up is +z. */
    public Crop crop(int i) {
        int n = points(i);
        double[] x = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        for (int k = 0; k < n; k++) {
            int at = 3 * (offset[i] + k);
            x[k] = points[at];
            y[k] = points[at + 1];
            z[k] = points[at + 2];
        }
        double[] from = new double[3];
        for (int k = 0; k < 3 && sensor != null; k++) {
            from[k] = sensor[3 * i + k];
        }
        return new Crop(x, y, z, from, UP.clone());
    }

    /** What the crops are labelled as, if they are. */
    public CropLabels labels() {
        return labels;
    }

    /** Where the object's front points, radians about +z; NaN if unknown. */
    public double headingRad(int i) {
        return headingRad == null ? Double.NaN : headingRad[i];
    }

    /** Crops of one group (a town, a track) belong together; without groups each is its own. */
    public long group(int i) {
        return group == null ? i : group[i];
    }

    /** The same crops with other labels. */
    public CropTable labelled(CropLabels newLabels) {
        return new CropTable(names, points, offset, sensor, headingRad, group, newLabels);
    }

    @Override
    public String toString() {
        return "%d crops, %d points, classes %s"
                .formatted(size(), offset[size()], labels.classes());
    }
}
