package io.azimuth.connectors.drive;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a person knows about a recording and its files do not say.
 *
 * @param topic which topic of a bag or MCAP file holds the sweeps; null where there is only one
 * @param sensorMetadata file that describes the sensor of a packet capture (Ouster's JSON,
 *     Velodyne's calibration as YAML or XML); null to look beside the capture
 * @param scene which scene of a database of many (nuScenes); null where there is only one
 * @param glance whether the drive is only looked at: what would cost reading a large recording
 *     through (the stamp of each MCAP message) may then be told from its index, so that keys have
 *     estimated times. Sweeps that are read have their own times all the same.
 */
public record DriveOptions(
        @Nullable String topic,
        @Nullable Path sensorMetadata,
        @Nullable String scene,
        boolean glance) {
    /** Everything is to be told from the files. */
    public static final DriveOptions NONE = new DriveOptions(null, null, null);

    public DriveOptions(
            @Nullable String topic, @Nullable Path sensorMetadata, @Nullable String scene) {
        this(topic, sensorMetadata, scene, false);
    }

    public static DriveOptions ofTopic(String topic) {
        return new DriveOptions(topic, null, null);
    }

    public static DriveOptions ofSensorMetadata(Path file) {
        return new DriveOptions(null, file, null);
    }

    public static DriveOptions ofScene(String name) {
        return new DriveOptions(null, null, name);
    }

    /** The same for a drive that is only looked at. */
    public DriveOptions atAGlance() {
        return new DriveOptions(topic, sensorMetadata, scene, true);
    }
}
