package io.azimuth.connectors.drive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorded drive of several sensors: {@code manifest.json} and one recorded drive a folder. */
final class SensorFoldersLayout implements DriveLayout {
    private final RecordedLayout recorded;

    SensorFoldersLayout(RecordedLayout recorded) {
        this.recorded = recorded;
    }

    @Override
    public String lookedFor() {
        return "recorded drive of several sensors: manifest.json and a recorded drive a folder";
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        if (!Files.isRegularFile(path.resolve(DriveManifest.FILE)) || RecordedLayout.isRoot(path)) {
            return null;
        }
        DriveManifest manifest = DriveManifest.read(path);
        List<Drive> drives = new ArrayList<>();
        for (int i = 0; i < manifest.sensors().size(); i++) {
            Path folder = path.resolve(manifest.folders().get(i));
            if (!RecordedLayout.isRoot(folder)) {
                throw new NoSuchFileException(
                        folder.toString(),
                        null,
                        "named by " + path.resolve(DriveManifest.FILE) + " but no recorded drive");
            }
            drives.add(
                    recorded.open(
                            folder,
                            new DriveManifest(
                                    manifest.driveId(),
                                    List.of(manifest.sensors().get(i)),
                                    List.of("."),
                                    manifest.periodNanos(),
                                    manifest.labelsAllAround())));
        }
        String id = manifest.driveId().isEmpty() ? DriveNames.id(path) : manifest.driveId();
        return drives.isEmpty()
                ? null
                : new InterleavedDrive(
                        id, "manifest.json with " + drives.size() + " sensors in " + path, drives);
    }
}
