package io.azimuth.connectors.drive;

import io.azimuth.perception.geometry.RigidTransform;
import java.nio.file.Path;

/** Ids that come from names of files and folders. */
final class DriveNames {
    private static final int LONGEST = 64;

    private DriveNames() {}

    /** The last name of a path, other characters than letters, digits, '.', '_', '-' replaced. */
    static String id(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString().replaceAll("[^A-Za-z0-9._-]", "_");
        name = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        return name.isEmpty() ? "drive" : name;
    }

    /** The only sensor of a drive that does not say what it is. */
    static DriveSensor onlySensor(String driveId) {
        return new DriveSensor(driveId, driveId + "/lidar", RigidTransform.IDENTITY);
    }
}
