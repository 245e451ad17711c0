package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets from the command line. */
class SimDatasetTest {
    @TempDir Path dir;

    private CliRun frames(Path out, int count, int seed) {
        return CliRun.of(
                "sim",
                "frames",
                out,
                "--count",
                count,
                "--seed",
                seed,
                "--sensor",
                "vlp16",
                "--sizes",
                "united-states",
                "--shard-size",
                1,
                "--town-frames",
                2,
                "--workers",
                2);
    }

    @Test
    void framesAreContinuedAndOtherOptionsRefused() throws Exception {
        Path out = dir.resolve("frames");

        assertThat(frames(out, 1, 1).succeeded().out()).contains("1 frames; 1 shards made");
        assertThat(frames(out, 2, 1).succeeded().out()).contains("1 shards made, 1 were there");
        frames(out, 2, 9).failedWith(ExitCode.USAGE, "other options", "name another folder");
        assertThat(Files.readString(out.resolve("manifest.json"))).contains("united_states");
        for (String name : new String[] {"distance", "points", "occlusion", "sweep-points"}) {
            Path picture = out.resolve("histogram-" + name + ".png");
            assertThat(ImageIO.read(picture.toFile()).getWidth()).as(name).isPositive();
            assertThat(Files.readString(out.resolve("histograms.json"))).contains(name);
        }
    }

    @Test
    void thinnedFramesHoldFewerPoints() throws Exception {
        for (String option : new String[] {"--ring-step", "--column-step"}) {
            Path out = dir.resolve(option);
            CliRun.of(
                            "sim",
                            "frames",
                            out,
                            "--count",
                            1,
                            "--sensor",
                            "vlp16",
                            option,
                            2,
                            "--canvas",
                            "cartesian",
                            "--drop")
                    .succeeded();
            assertThat(Files.readString(out.resolve("manifest.json")))
                    .contains("\"chance\" : true");
            assertThat(Files.size(out.resolve("shard-00000/ring.npy"))).isLessThan(18_000L);
        }
        CliRun.of("sim", "frames", dir.resolve("n"), "--count", 1, "--ring-step", 9)
                .failedWith(ExitCode.USAGE, "ringStep is 9, expected 1 .. 8");
    }

    @Test
    void aLabelledDriveBecomesFramesToTrainWith() throws Exception {
        Path drive = dir.resolve("drive");
        CliRun.of("sim", "drive", drive, "--sweeps", 3, "--sensor", "vlp16").succeeded();
        Path out = dir.resolve("frames");

        assertThat(CliRun.of("frames", drive, out, "--sweeps", "1:3").succeeded().out())
                .contains("2 frames; 1 shards made");

        assertThat(out.resolve("shard-00000/canvas.npy")).isNotEmptyFile();
        CliRun.of("frames", drive, out, "--sweeps", "0:3")
                .failedWith(ExitCode.USAGE, "other options");
        Path sides = dir.resolve("sides");
        CliRun.of("frames", drive, sides, "--sector-deg", "-30:45", "--unlabelled").succeeded();
        assertThat(Files.readString(sides.resolve("options.json"))).contains("-30.0, 45.0");
        CliRun.of("frames", drive, dir.resolve("n"), "--sector-deg", "wide")
                .failedWith(ExitCode.USAGE, "--sector-deg is 'wide'");
    }

    @Test
    void pairsAreWrittenWithTheirTable() throws Exception {
        Path out = dir.resolve("pairs");

        CliRun.of("sim", "pairs", out, "--profile", "sim-10m", "--count", 1, "--sensor", "vlp16")
                .succeeded();

        assertThat(Files.readAllLines(out.resolve("pairs.csv"))).hasSize(2);
        assertThat(out.resolve("shard-00000/0000000001.bin")).isNotEmptyFile();
        assertThat(out.resolve("histogram-overlap.png")).isNotEmptyFile();
    }
}
