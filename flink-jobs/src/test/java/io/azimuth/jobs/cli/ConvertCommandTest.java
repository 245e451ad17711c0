package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.Drives;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
    @TempDir Path dir;

    private Path in = Path.of("");

    @BeforeEach
    void makeADrive() {
        in = dir.resolve("in");
        CliRun.of("sim", "drive", in, "--sweeps", 3, "--sensor", "vlp16", "--seed", 5);
    }

    private static PointCloud read(Path path, int index) throws IOException {
        PointCloud cloud = new PointCloud();
        try (Drive drive = Drives.open(path)) {
            drive.read(index, cloud);
        }
        return cloud;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pcd",
                "pcd-ascii",
                "pcd-compressed",
                "ply",
                "ply-ascii",
                "ply-big-endian",
                "npy"
            })
    void aFolderOfEveryFormHoldsTheSamePoints(String form) throws IOException {
        Path out = dir.resolve(form);

        CliRun.of("convert", in, out, "--to", form).succeeded();

        try (Drive drive = Drives.open(out)) {
            assertThat(drive.size()).isEqualTo(3);
        }
        for (int i = 0; i < 3; i++) {
            PointCloud want = read(in, i);
            PointCloud have = read(out, i);
            assertThat(have.size()).isEqualTo(want.size());
            assertThat(Arrays.copyOf(have.x(), have.size()))
                    .isEqualTo(Arrays.copyOf(want.x(), want.size()));
            assertThat(Arrays.copyOf(have.ring(), have.size()))
                    .isEqualTo(Arrays.copyOf(want.ring(), want.size()));
            assertThat(Arrays.copyOf(have.timeOffsetNanos(), have.size()))
                    .isEqualTo(Arrays.copyOf(want.timeOffsetNanos(), want.size()));
        }
    }

    @Test
    void oneSweepGoesIntoAFileWhoseEndingNamesTheForm() throws IOException {
        Path out = dir.resolve("one.ply");

        CliRun.of("convert", in, out, "--sweeps", "1").succeeded();

        assertThat(read(out, 0).size()).isEqualTo(read(in, 1).size());
        assertThat(Files.readAllBytes(out))
                .startsWith("ply\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "lz4", "zstd"})
    void anMcapFileHoldsTheSameSweepsAtTheSameTimes(String compression) throws IOException {
        Path out = dir.resolve("all.mcap");

        CliRun.of("convert", in, out, "--compression", compression).succeeded();

        try (Drive have = Drives.open(out);
                Drive want = Drives.open(in)) {
            assertThat(have.size()).isEqualTo(3);
            assertThat(have.info().deskew()).isTrue();
            PointCloud a = new PointCloud();
            PointCloud b = new PointCloud();
            for (int i = 0; i < 3; i++) {
                long start = have.read(i, a).startNanos();
                long wanted = want.read(i, b).startNanos();
                assertThat(a.size()).isEqualTo(b.size());
                assertThat(start + a.timeOffsetNanos()[7])
                        .isEqualTo(wanted + b.timeOffsetNanos()[7]);
                assertThat(Arrays.copyOf(a.z(), a.size()))
                        .isEqualTo(Arrays.copyOf(b.z(), b.size()));
                assertThat(Arrays.copyOf(a.ring(), a.size()))
                        .isEqualTo(Arrays.copyOf(b.ring(), b.size()));
            }
        }
    }

    @Test
    void aDriveIsWrittenInTheLayoutOfRecordedDrives() throws IOException {
        Path out = dir.resolve("again");

        CliRun.of("convert", in, out, "--to", "drive").succeeded();

        assertThat(read(out, 2).size()).isEqualTo(read(in, 2).size());
    }

    @ParameterizedTest
    @CsvSource({
        "OUT.pcd, '', 3 sweeps do not go into one file",
        "OUT, '', names no form",
        "OUT, --to las, form 'las' is not one of",
        "OUT, --to pcd --sweeps 2:9, expected A:B",
        "OUT, --to drive --sweeps 0:1, writes all sweeps",
    })
    void whatCannotBeWrittenIsAUsageError(String out, String options, String says) {
        String line = "convert %s %s %s".formatted(in, dir.resolve(out), options).strip();

        CliRun.of((Object[]) line.split(" ")).failedWith(ExitCode.USAGE, says);
    }
}
