package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.FileDrive.PointTime;
import io.azimuth.connectors.drive.FileDrive.SweepFile;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * KITTI raw: {@code velodyne_points/data/*.bin} with {@code timestamps.txt} (sensor facing
 * forward), {@code timestamps_start.txt} and {@code timestamps_end.txt}. Files may be missing in
 * the numbering. Its sweeps are not compensated. Source: KITTI raw devkit readme.
 */
final class KittiRawLayout implements DriveLayout {
    private final CloudFormats formats;

    KittiRawLayout(CloudFormats formats) {
        this.formats = formats;
    }

    @Override
    public String lookedFor() {
        return "KITTI raw: velodyne_points/data/*.bin and velodyne_points/timestamps.txt";
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        Path points = path.resolve("velodyne_points");
        if (path.endsWith("velodyne_points")) {
            points = path;
        } else if (path.endsWith(Path.of("velodyne_points", "data"))) {
            points = path.getParent();
        }
        if (points == null
                || !Files.isDirectory(points.resolve("data"))
                || !Files.isRegularFile(points.resolve("timestamps.txt"))) {
            return null;
        }
        SweepFolder folder = SweepFolder.listSome(points.resolve("data"), formats);
        long[] mid = stamps(points.resolve("timestamps.txt"), folder);
        long period = Stamps.medianPeriod(folder.seqs(), mid);
        Path startFile = points.resolve("timestamps_start.txt");
        Path endFile = points.resolve("timestamps_end.txt");
        boolean exact = Files.isRegularFile(startFile) && Files.isRegularFile(endFile);
        long[] start = exact ? stamps(startFile, folder) : shifted(mid, -period / 2);
        long[] end = exact ? stamps(endFile, folder) : shifted(start, period);
        return drive(points, folder, start, end, period, exact);
    }

    private Drive drive(
            Path points, SweepFolder folder, long[] start, long[] end, long period, boolean exact) {
        List<SweepFile> files = new ArrayList<>();
        for (int i = 0; i < start.length; i++) {
            Path file = folder.files().get(i);
            if (end[i] <= start[i] || end[i] - start[i] > Integer.MAX_VALUE) {
                throw new MalformedDataException(
                        "%s: byte 0: sweep %d lasts %d ns by the time stamps, accepted are 1 .. 2147483647"
                                .formatted(
                                        points.resolve("timestamps_end.txt"),
                                        folder.seqs()[i],
                                        end[i] - start[i]));
            }
            files.add(new SweepFile(file, new SweepKey(0, folder.seqs()[i], start[i], end[i])));
        }
        Path root = points.getParent();
        String id = DriveNames.id(root == null ? points : root);
        DriveInfo info =
                new DriveInfo(
                        "kitti-raw",
                        "velodyne_points/data + timestamps.txt in " + points.getParent(),
                        true,
                        "KITTI raw sweeps are as measured; times from the azimuth, "
                                + (exact
                                        ? "start and end from their files"
                                        : "period is the median of the stamps"),
                        List.of(DriveNames.onlySensor(id)),
                        period / 1e9,
                        files.size());
        return new FileDrive(
                id, info, files, PointTime.FROM_AZIMUTH, () -> DriveTruth.NONE, formats);
    }

    private static long[] shifted(long[] stamps, long by) {
        long[] out = stamps.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += by;
        }
        return out;
    }

    /**
     * The stamp of each file: line n is file number n (a blank line or a missing file is a gap), or
     * the n-th file where there are as many lines as files.
     */
    private static long[] stamps(Path file, SweepFolder folder) throws IOException {
        long[] lines = Stamps.dateTimes(TextRows.load(file));
        long[] seqs = folder.seqs();
        boolean onePerFile = lines.length == seqs.length;
        long[] out = new long[seqs.length];
        for (int i = 0; i < out.length; i++) {
            long line = onePerFile ? i : seqs[i];
            if (line >= lines.length || lines[(int) line] == Stamps.ABSENT) {
                throw new MalformedDataException(
                        "%s: line %d: no time for %s, accepted are as many lines as files (%d) or a line for each number"
                                .formatted(file, line + 1, folder.files().get(i), seqs.length));
            }
            out[i] = lines[(int) line];
            if (i > 0 && out[i] <= out[i - 1]) {
                throw new MalformedDataException(
                        "%s: line %d: the time does not come after that of the sweep before"
                                .formatted(file, line + 1));
            }
        }
        return out;
    }
}
