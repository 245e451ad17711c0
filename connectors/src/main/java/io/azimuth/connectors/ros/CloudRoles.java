package io.azimuth.connectors.ros;

import io.azimuth.perception.geometry.MalformedDataException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which field of a point plays which part; the first name of a list that exists wins. */
record CloudRoles(
        PointField x,
        PointField y,
        PointField z,
        @Nullable PointField intensity,
        @Nullable PointField ring,
        @Nullable PointField time) {

    private static final List<String> INTENSITY =
            List.of("intensity", "reflectivity", "i", "remission");
    private static final List<String> RING =
            List.of("ring", "channel", "line", "laser", "laser_id");
    private static final List<String> TIME =
            List.of("t", "time", "timestamp", "time_stamp", "offset_time", "time_offset", "stamp");

    /**
     * @throws MalformedDataException if x, y or z is missing or a field reaches beyond the point
     */
    static CloudRoles of(PointCloud2 cloud) {
        return new CloudRoles(
                need(cloud, "x"),
                need(cloud, "y"),
                need(cloud, "z"),
                inside(cloud, cloud.find(INTENSITY)),
                inside(cloud, cloud.find(RING)),
                inside(cloud, cloud.find(TIME)));
    }

    private static PointField need(PointCloud2 cloud, String name) {
        PointField f = inside(cloud, cloud.find(List.of(name)));
        if (f == null) {
            throw fault(
                    cloud,
                    "fields are [%s], accepted are x, y, z in any order and others beside them"
                            .formatted(cloud.fieldList()));
        }
        return f;
    }

    private static @Nullable PointField inside(PointCloud2 cloud, @Nullable PointField f) {
        if (f == null) {
            return null;
        }
        if (!f.known()) {
            throw fault(
                    cloud,
                    "field '%s' has datatype %d, accepted are 1 .. 8"
                            .formatted(f.name(), f.datatype()));
        }
        if (cloud.points() > 0 && f.offset() + f.bytes() > cloud.pointBytes()) {
            throw fault(
                    cloud,
                    "field '%s' ends at byte %d of a point of %d; check point_step"
                            .formatted(f.name(), f.offset() + f.bytes(), cloud.pointBytes()));
        }
        return f;
    }

    private static MalformedDataException fault(PointCloud2 cloud, String problem) {
        return MalformedDataException.at(
                cloud.message().file(), cloud.message().offset(), "PointCloud2: " + problem);
    }
}
