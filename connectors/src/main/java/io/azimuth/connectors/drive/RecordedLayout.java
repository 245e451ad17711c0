package io.azimuth.connectors.drive;

import io.azimuth.connectors.drive.FileDrive.PointTime;
import io.azimuth.connectors.drive.FileDrive.SweepFile;
import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recorded drive: {@code velodyne/NNNNNNNNNN.bin} and {@code timestamps.txt} (rows {@code sweep
 * seconds}, the instant at mid-sweep); {@code poses_reference.txt}, {@code boxes.csv} and {@code
 * manifest.json} may be there. Its sweeps are not compensated.
 */
final class RecordedLayout implements DriveLayout {
    private final CloudFormats formats;

    RecordedLayout(CloudFormats formats) {
        this.formats = formats;
    }

    @Override
    public String lookedFor() {
        return "recorded drive: velodyne/*.bin and timestamps.txt ('sweep seconds')";
    }

    static boolean isRoot(Path folder) {
        return Files.isDirectory(folder.resolve("velodyne"))
                && Files.isRegularFile(folder.resolve("timestamps.txt"));
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        Path root = path.endsWith("velodyne") ? path.getParent() : path;
        return root != null && isRoot(root) ? open(root, DriveManifest.read(root)) : null;
    }

    Drive open(Path root, DriveManifest manifest) throws IOException {
        SweepFolder folder = SweepFolder.listSome(root.resolve("velodyne"), formats);
        TextRows text = TextRows.load(root.resolve("timestamps.txt"));
        NavigableMap<Long, Long> stamps = Stamps.numbered(text);
        long[] rowSeqs = stamps.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] rowStamps = stamps.values().stream().mapToLong(Long::longValue).toArray();
        long period =
                manifest.periodNanos() > 0
                        ? manifest.periodNanos()
                        : Stamps.medianPeriod(rowSeqs, rowStamps);
        List<SweepFile> files = sweeps(text.file(), folder, stamps, period);
        String id = manifest.driveId().isEmpty() ? DriveNames.id(root) : manifest.driveId();
        DriveSensor sensor =
                manifest.sensors().isEmpty()
                        ? DriveNames.onlySensor(id)
                        : manifest.sensors().get(0);
        DriveInfo info =
                new DriveInfo(
                        "recorded-drive",
                        "velodyne/ + timestamps.txt in " + root,
                        true,
                        "sweeps are as measured; times from the azimuth, "
                                + (manifest.periodNanos() > 0
                                        ? "period from manifest.json"
                                        : "period is the median of the stamps"),
                        List.of(sensor),
                        period / 1e9,
                        files.size());
        return new FileDrive(
                id,
                info,
                files,
                PointTime.FROM_AZIMUTH,
                () -> truth(root, sensor, rowSeqs, folder.seqs(), manifest),
                formats);
    }

    private static List<SweepFile> sweeps(
            String stampFile, SweepFolder folder, Map<Long, Long> stamps, long period) {
        List<SweepFile> files = new ArrayList<>();
        for (int i = 0; i < folder.seqs().length; i++) {
            long seq = folder.seqs()[i];
            Path file = folder.files().get(i);
            Long mid = stamps.get(seq);
            if (mid == null) {
                throw new MalformedDataException(
                        "%s: byte 0: no row for sweep %d (%s), accepted is one row a sweep; add it"
                                .formatted(stampFile, seq, file));
            }
            long start = mid - period / 2;
            files.add(new SweepFile(file, new SweepKey(0, seq, start, start + period)));
        }
        return files;
    }

    private static DriveTruth truth(
            Path root, DriveSensor sensor, long[] rowSeqs, long[] seqs, DriveManifest manifest)
            throws IOException {
        Path poseFile = root.resolve("poses_reference.txt");
        Path boxFile = root.resolve("boxes.csv");
        SortedMap<Long, RigidTransform> poses = Collections.emptySortedMap();
        if (Files.exists(poseFile)) {
            poses =
                    Poses.firstFromSweep(
                            poseFile.toString(),
                            Poses.parse(TextRows.load(poseFile)),
                            rowSeqs,
                            seqs);
        }
        List<LabelledBox> boxes = List.of();
        TreeSet<Long> there = new TreeSet<>();
        for (long seq : seqs) {
            there.add(seq);
        }
        boolean known = Files.exists(boxFile);
        if (known) {
            boxes =
                    Labels.csv(TextRows.load(boxFile), -1).stream()
                            .filter(b -> there.contains(b.sweep()))
                            .toList();
        }
        boolean front = !manifest.labelsAllAround() && Labels.onlyAhead(boxes);
        SensorTruth truth =
                new SensorTruth(poses, boxes, known ? there : Collections.emptySortedSet(), front);
        return truth.isEmpty() ? DriveTruth.NONE : new DriveTruth(Map.of(sensor.sensorId(), truth));
    }
}
