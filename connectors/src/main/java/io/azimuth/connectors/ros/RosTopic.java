package io.azimuth.connectors.ros;

/**
 * A topic of a recording.
 *
 * @param type as the recording names it, e.g. {@code sensor_msgs/PointCloud2}
 * @param messages in the recording
 */
public record RosTopic(String name, String type, long messages) {
    public boolean isCloud() {
        return PointCloud2.isType(type);
    }

    @Override
    public String toString() {
        return "%s (%s, %d messages)".formatted(name, type, messages);
    }
}
