package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.FileDrive.PointTime;
import io.azimuth.connectors.drive.FileDrive.SweepFile;
import io.azimuth.connectors.format.CloudBytes;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.connectors.format.ReadReport;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plain folder of cloud files, or one file. */
final class FolderLayout implements DriveLayout {
    private final CloudFormats formats;

    FolderLayout(CloudFormats formats) {
        this.formats = formats;
    }

    @Override
    public String lookedFor() {
        return "plain folder: files of " + formats.all().stream().map(f -> f.extensions()).toList();
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        if (Files.isRegularFile(path)) {
            SweepFolder one = SweepFolder.of(path);
            return drive(path, one, "single-file", "the path is a file");
        }
        SweepFolder folder = SweepFolder.list(path, formats);
        if (folder.files().isEmpty() && Files.isDirectory(path.resolve("velodyne"))) {
            folder = SweepFolder.list(path.resolve("velodyne"), formats);
        }
        return folder.files().isEmpty()
                ? null
                : drive(
                        path,
                        folder,
                        "folder",
                        "cloud files without time stamps in " + folder.folder());
    }

    private Drive drive(Path path, SweepFolder folder, String format, String guess)
            throws IOException {
        ReadReport report = probe(folder.files().get(0), formats);
        boolean timed = report.timeRule().startsWith("field");
        String id = DriveNames.id(path);
        if (format.equals("single-file") && id.indexOf('.', 1) > 0) {
            id = id.substring(0, id.indexOf('.', 1));
        }
        long period = Stamps.DEFAULT_PERIOD_NANOS;
        DriveInfo info =
                new DriveInfo(
                        format,
                        guess + ", files are " + report.format(),
                        timed,
                        (timed
                                        ? "the files have a time column: " + report.timeRule()
                                        : "the files have no time of their own, and nothing says whether they were compensated")
                                + "; 10 Hz assumed",
                        List.of(DriveNames.onlySensor(id)),
                        period / 1e9,
                        folder.files().size());
        return new FileDrive(
                id,
                info,
                spaced(folder, period, period),
                timed ? PointTime.FROM_FILE : PointTime.NONE,
                () -> DriveTruth.NONE,
                formats);
    }

    /** Times for sweeps that have none: position times {@code spacing}. */
    static List<SweepFile> spaced(SweepFolder folder, long spacingNanos, long durationNanos) {
        List<SweepFile> files = new ArrayList<>();
        for (int i = 0; i < folder.seqs().length; i++) {
            long start = i * spacingNanos;
            files.add(
                    new SweepFile(
                            folder.files().get(i),
                            new SweepKey(0, folder.seqs()[i], start, start + durationNanos)));
        }
        return files;
    }

    /** Reads one file to see what it holds. */
    static ReadReport probe(Path file, CloudFormats formats) throws IOException {
        CloudBytes bytes = new CloudBytes();
        ReadReport report = new ReadReport();
        bytes.load(file);
        formats.of(bytes).read(bytes, new PointCloud(), report);
        return report;
    }
}
