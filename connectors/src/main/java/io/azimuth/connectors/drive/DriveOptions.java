package io.azimuth.connectors.drive;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a person knows about a recording and its files do not say.
 *
 * @param topic which topic of a bag or MCAP file holds the sweeps; null where there is only one
 * @param sensorMetadata file that describes the sensor of a packet capture (Ouster's JSON); null to
 *     look beside the capture
 */
public record DriveOptions(@Nullable String topic, @Nullable Path sensorMetadata) {
    /** Everything is to be told from the files. */
    public static final DriveOptions NONE = new DriveOptions(null, null);
}
