package io.azimuth.connectors.ros;

import io.azimuth.connectors.ros.PointTime.Span;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first sweeps of a recording and decides what holds for all of them: the unit and
 * base of the points' times and the scale of intensity. So no sweep is read by another rule than
 * its neighbour. Not thread-safe.
 */
public final class CloudSurvey {
    private int sweeps;
    private @Nullable PointField time;
    private @Nullable Span longest;
    private boolean anyTime;
    private boolean mixed;
    private @Nullable PointField intensity;
    private double highIntensity;
    private String fields = "";

    /**
     * Looks at a sweep.
     *
     * @throws io.azimuth.perception.geometry.MalformedDataException if it has no x, y, z or a field
     *     lies outside the point
     */
    public void add(PointCloud2 cloud) {
        CloudRoles roles = CloudRoles.of(cloud);
        fields = sweeps == 0 ? cloud.fieldList() : fields;
        sweeps++;
        if (intensity == null) {
            intensity = roles.intensity();
        }
        PointField field = roles.time();
        if (field != null) {
            mixed |= time != null && !time.name().equals(field.name());
            time = time == null ? field : time;
            anyTime = true;
        }
        scan(cloud, roles);
    }

    private void scan(PointCloud2 cloud, CloudRoles roles) {
        byte[] b = cloud.message().array();
        boolean big = cloud.bigEndian();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < cloud.rows(); row++) {
            for (int column = 0; column < cloud.width(); column++) {
                int at = cloud.pointAt(row, column);
                double x = roles.x().value(b, at, big);
                double y = roles.y().value(b, at, big);
                double z = roles.z().value(b, at, big);
                // Beams without return are not finite or zero and often carry no time either.
                double size = Math.abs(x) + Math.abs(y) + Math.abs(z);
                if (!(size > 0 && size <= Float.MAX_VALUE)) {
                    continue;
                }
                if (roles.intensity() != null) {
                    double v = roles.intensity().value(b, at, big);
                    highIntensity = v > highIntensity ? v : highIntensity;
                }
                double t = roles.time() == null ? Double.NaN : roles.time().value(b, at, big);
                low = t < low ? t : low;
                high = t > high ? t : high;
            }
        }
        Span span = new Span(low, high, cloud.stampNanos());
        if (low <= high && (longest == null || span.length() > longest.length())) {
            longest = span;
        }
    }

    /** The decoder for all sweeps of the recording. */
    public CloudDecoder decoder() {
        return new CloudDecoder(pointTime(), intensityScale());
    }

    private PointTime pointTime() {
        if (!anyTime || time == null) {
            return PointTime.none("the points have no time field, only " + fields);
        }
        if (mixed || longest == null) {
            return PointTime.none(
                    mixed
                            ? "the time field changes its name between sweeps"
                            : "no point of the first %d sweeps has a time".formatted(sweeps));
        }
        return PointTime.of(time, longest, sweeps);
    }

    private IntensityRule intensityScale() {
        return IntensityRule.of(intensity, highIntensity, sweeps);
    }
}
