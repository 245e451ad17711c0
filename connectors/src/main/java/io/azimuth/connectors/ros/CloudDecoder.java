package io.azimuth.connectors.ros;

import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code PointCloud2} messages of one recording into clouds: any order, type, count and
 * offset of fields, padding, either byte order. Points of which a number is not finite are dropped
 * and counted. Allocates nothing once it has seen the largest sweep. Made by {@link CloudSurvey};
 * not thread-safe.
 */
public final class CloudDecoder {
    private static final String FORMAT = "PointCloud2";

    /** Longer than any sweep, shorter than an int of nanoseconds. */
    private static final long LONGEST_NANOS = 2_000_000_000L;

    /** Points are not measured farther than this from the stamp that they refer to. */
    private static final double FARTHEST_NANOS = 10e9;

    private static final int MOST_RING = 65535;

    private final PointTime time;
    private final IntensityRule intensity;
    private double[] times = new double[0];
    private double low;
    private double high;
    private long startNanos;
    private long endNanos;

    CloudDecoder(PointTime time, IntensityRule intensity) {
        this.time = time;
        this.intensity = intensity;
    }

    /** Whether the points come with times. */
    public boolean timed() {
        return time.field() != null;
    }

    /**
     * Which field the times are from, in which unit and what the stamp is; or why there are none.
     */
    public String timeReason() {
        return time.reason();
    }

    /** First point from the stamp, as in the survey: nanoseconds, 0 without times. */
    public long usualFirstNanos() {
        return time.firstNanos();
    }

    /** From the first point to the last, as in the survey: nanoseconds, 0 without times. */
    public long usualSpanNanos() {
        return time.spanNanos();
    }

    /** When the first point of the cloud read last was measured; the stamp without times. */
    public long startNanos() {
        return startNanos;
    }

    /** When its last point was measured, after the start; the start itself without times. */
    public long endNanos() {
        return endNanos;
    }

    /**
     * Fills a cloud.
     *
     * @throws MalformedDataException if x, y, z is missing, a field lies outside the point, or the
     *     times are not what the first sweeps had
     */
    public void decode(PointCloud2 cloud, PointCloud out, ReadReport report) {
        CloudRoles roles = CloudRoles.of(cloud);
        report.begin(FORMAT, cloud.points());
        report.intensity(intensity.text());
        out.clear();
        PointField timeField = timed() ? checkedTime(cloud, roles.time()) : null;
        String badRing = fill(cloud, roles, timeField, out);
        report.dropped(cloud.points() - out.size());
        if (badRing != null) {
            report.note(badRing);
        }
        startNanos = cloud.stampNanos() + time.firstNanos();
        endNanos = startNanos + time.spanNanos();
        if (timeField != null && low <= high) {
            setTimes(cloud, out);
        }
        report.time(time.reason(), timed() ? startNanos : ReadReport.NO_START);
        out.declare(roles.ring() != null && badRing == null, timed());
    }

    private PointField checkedTime(PointCloud2 cloud, @Nullable PointField field) {
        if (field == null || !time.fits(field)) {
            throw fault(
                    cloud,
                    "fields are [%s], without the times of the first sweeps: %s"
                            .formatted(cloud.fieldList(), time.reason()));
        }
        return field;
    }

    /** Returns why the rings are none, null if they are fine. */
    private @Nullable String fill(
            PointCloud2 cloud, CloudRoles roles, @Nullable PointField timeField, PointCloud out) {
        out.ensureCapacity(cloud.points());
        if (timeField != null && times.length < cloud.points()) {
            times = new double[cloud.points() + (cloud.points() >> 3)];
        }
        byte[] b = cloud.message().array();
        boolean big = cloud.bigEndian();
        PointField light = roles.intensity();
        PointField ringField = roles.ring();
        int width = cloud.width();
        double worstRing = 0;
        int n = 0;
        low = Double.POSITIVE_INFINITY;
        high = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < cloud.rows(); row++) {
            for (int column = 0; column < width; column++) {
                int at = cloud.pointAt(row, column);
                float x = (float) roles.x().value(b, at, big);
                float y = (float) roles.y().value(b, at, big);
                float z = (float) roles.z().value(b, at, big);
                double w = light == null ? 0 : light.value(b, at, big);
                double t = timeField == null ? 0 : timeField.value(b, at, big);
                double r = ringField == null ? 0 : ringField.value(b, at, big);
                if (x * 0f + y * 0f + z * 0f != 0f || (w + t + r) * 0 != 0) {
                    continue;
                }
                out.x()[n] = x;
                out.y()[n] = y;
                out.z()[n] = z;
                out.intensity()[n] = intensity.apply(w);
                out.ring()[n] = (short) (int) r;
                if (!(r >= 0 && r <= MOST_RING)) {
                    worstRing = r;
                }
                if (timeField != null) {
                    times[n] = t;
                    if (Math.abs(x) + Math.abs(y) + Math.abs(z) > 0) {
                        low = Math.min(low, t);
                        high = Math.max(high, t);
                    }
                }
                n++;
            }
        }
        out.resize(n);
        return worstRing == 0
                ? null
                : "ring field dismissed: a value is " + worstRing + ", not 0 .. " + MOST_RING;
    }

    /** Offsets from the first point that was measured; beams without return are kept inside. */
    private void setTimes(PointCloud2 cloud, PointCloud out) {
        double unit = time.nanosPerUnit();
        if (!((high - low) * unit <= LONGEST_NANOS)) {
            throw fault(
                    cloud,
                    "the times of the points span %.6g s, accepted are at most 2 s; %s"
                            .formatted((high - low) * unit * 1e-9, time.reason()));
        }
        double first = low * unit - (time.base() == PointTime.Base.EPOCH ? cloud.stampNanos() : 0);
        if (time.base() != PointTime.Base.UNKNOWN && !(Math.abs(first) <= FARTHEST_NANOS)) {
            throw fault(
                    cloud,
                    "the first point is %.6g s off the stamp, accepted are at most 10 s; %s"
                            .formatted(first * 1e-9, time.reason()));
        }
        startNanos =
                switch (time.base()) {
                    case STAMP -> cloud.stampNanos() + PointTime.wholeNanos(low, unit);
                    case EPOCH -> PointTime.wholeNanos(low, unit);
                    case UNKNOWN -> cloud.stampNanos();
                };
        int span = (int) Math.rint((high - low) * unit);
        endNanos = startNanos + Math.max(1, span);
        int[] offsets = out.timeOffsetNanos();
        for (int i = 0; i < out.size(); i++) {
            double offset = Math.rint((times[i] - low) * unit);
            offsets[i] = (int) Math.min(span, Math.max(0, offset));
        }
    }

    private static MalformedDataException fault(PointCloud2 cloud, String problem) {
        return MalformedDataException.at(
                cloud.message().file(), cloud.message().offset(), "PointCloud2: " + problem);
    }
}
