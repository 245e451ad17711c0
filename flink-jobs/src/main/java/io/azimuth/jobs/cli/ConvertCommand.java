package io.azimuth.jobs.cli;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.McapDriveWriter;
import io.azimuth.connectors.drive.RecordedDriveWriter;
import io.azimuth.connectors.format.CloudOutput;
import io.azimuth.connectors.mcap.McapCompression;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sweeps of any drive in another form, one sweep in memory at a time. */
@Command(
        name = "convert",
        description = {
            "Write sweeps in another form: one cloud file, a folder of cloud files, an MCAP file, or a drive.",
            "The form is told by OUT's ending (.bin, .pcd.bin, .pcd, .ply, .npy; .mcap for all sweeps) or by --to."
        },
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    private static final String DRIVE = "drive";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DriveArgument argument = new DriveArgument();

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "File for one sweep, else a folder; made, must be empty.")
    private Path out = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "FORM",
            description =
                    "bin, nuscenes, pcd, pcd-ascii, pcd-compressed, ply, ply-ascii, ply-big-endian, npy; or drive: the layout of recorded drives.")
    private @Nullable String form;

    @Option(
            names = "--sweeps",
            paramLabel = "A:B",
            description = "Positions from A to before B (default all).")
    private @Nullable String range;

    @Option(
            names = "--compression",
            description = "Of an MCAP file: ${COMPLETION-CANDIDATES} (default zstd).")
    private McapCompression compression = McapCompression.ZSTD;

    @Override
    public Integer call() throws IOException {
        Talk talk = new Talk(spec);
        CloudOutput output = form == null || form.equals(DRIVE) ? null : named(form);
        try (Drive drive = argument.open(talk)) {
            SweepRange sweeps = SweepRange.parse(range, drive.size());
            if (out.toString().endsWith(".mcap") && form == null) {
                long points =
                        McapDriveWriter.write(drive, sweeps.from(), sweeps.to(), out, compression);
                talk.data("%s: %d sweeps, %d points".formatted(out, sweeps.size(), points));
            } else if (DRIVE.equals(form)) {
                wholeDrive(drive, talk);
            } else if (output != null && isFolder()) {
                folder(drive, sweeps, output, talk);
            } else {
                oneFile(drive, sweeps, output, talk);
            }
        }
        return 0;
    }

    private static CloudOutput named(String form) {
        try {
            return CloudOutput.ofLabel(form);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--to: " + e.getMessage() + ", drive");
        }
    }

    private void wholeDrive(Drive drive, Talk talk) throws IOException {
        if (range != null || !drive.info().deskew()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--to drive writes all sweeps of a drive, as measured"
                            + (range == null ? "; these are compensated already" : ""));
        }
        int files = RecordedDriveWriter.write(drive, out);
        talk.data("%s: %d sweeps, %d files".formatted(out, drive.size(), files));
    }

    /** Whether OUT is no file name of a cloud. */
    private boolean isFolder() {
        try {
            CloudOutput.ofFile(out.toString());
            return Files.isDirectory(out);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private void oneFile(Drive drive, SweepRange sweeps, @Nullable CloudOutput asked, Talk talk)
            throws IOException {
        if (isFolder()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s names no form: expected an ending or --to with one of %s, drive"
                            .formatted(out, String.join(", ", CloudOutput.labels())));
        }
        CloudOutput output = asked == null ? CloudOutput.ofFile(out.toString()) : asked;
        if (sweeps.size() != 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%d sweeps do not go into one file %s; choose one with --sweeps, or name a folder and --to"
                            .formatted(sweeps.size(), out));
        }
        Sweep sweep = drive.read(sweeps.from(), new PointCloud());
        output.write(out, sweep.points());
        talk.data("%s: 1 sweep, %d points".formatted(out, sweep.points().size()));
    }

    private void folder(Drive drive, SweepRange sweeps, CloudOutput output, Talk talk)
            throws IOException {
        Files.createDirectories(out);
        try (Stream<Path> entries = Files.list(out)) {
            if (entries.findAny().isPresent()) {
                throw new FileAlreadyExistsException(
                        out.toString(), null, "the folder is not empty; name a new one");
            }
        }
        PointCloud cloud = new PointCloud();
        long points = 0;
        for (int i = sweeps.from(); i < sweeps.to(); i++) {
            Sweep sweep = drive.read(i, cloud);
            Path folder = out;
            if (drive.info().sensors().size() > 1) {
                folder = out.resolve(sweep.sensorId().replaceAll("[^A-Za-z0-9._-]", "_"));
                Files.createDirectories(folder);
            }
            output.write(
                    folder.resolve("%010d%s".formatted(sweep.seq(), output.extension())), cloud);
            points += cloud.size();
        }
        talk.data("%s: %d sweeps, %d points".formatted(out, sweeps.size(), points));
    }
}
