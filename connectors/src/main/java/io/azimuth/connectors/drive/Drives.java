package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.CloudFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Opens drives from paths. */
public final class Drives {
    private Drives() {}

    /**
     * The drive at a path: the folder of a drive, the folder of its clouds, or one cloud file. The
     * layout is guessed; {@link DriveInfo#guess()} says from what.
     *
     * @throws NoSuchFileException if the path is missing, or nothing there looks like a drive (the
     *     reason lists what was looked for)
     * @throws io.azimuth.perception.geometry.MalformedDataException if the layout is known but a
     *     file of it is bad
     */
    public static Drive open(Path path) throws IOException {
        return open(path, DriveOptions.NONE);
    }

    /**
     * The drive at a path, with what its files do not say.
     *
     * @throws NoSuchFileException as {@link #open(Path)}
     * @throws io.azimuth.perception.geometry.MalformedDataException as {@link #open(Path)}
     */
    public static Drive open(Path path, DriveOptions options) throws IOException {
        Path there = path.toAbsolutePath().normalize();
        if (!Files.exists(there)) {
            throw new NoSuchFileException(
                    path.toString(), null, "no such file or folder; expected a drive");
        }
        ForeignFormats.refuseFile(there);
        List<DriveLayout> layouts = layouts(CloudFormats.installed());
        for (DriveLayout layout : layouts) {
            Drive drive = layout.open(there, options);
            if (drive != null) {
                return drive;
            }
        }
        ForeignFormats.refuseFolder(there);
        throw new NoSuchFileException(
                path.toString(),
                null,
                "no drive found here; looked for "
                        + String.join("; ", layouts.stream().map(DriveLayout::lookedFor).toList()));
    }

    /** The most telling layouts first. */
    private static List<DriveLayout> layouts(CloudFormats formats) {
        RecordedLayout recorded = new RecordedLayout(formats);
        return List.of(
                new RosBagLayout(),
                new McapLayout(),
                recorded,
                new SensorFoldersLayout(recorded),
                new NuScenesLayout(formats),
                new KittiRawLayout(formats),
                new KittiOdometryLayout(formats),
                new FramesLayout(formats),
                new CaptureLayout(),
                new FolderLayout(formats));
    }
}
