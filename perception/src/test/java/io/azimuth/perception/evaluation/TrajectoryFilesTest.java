package io.azimuth.perception.evaluation;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoryFilesTest {
    private static final String IDENTITY_ROW = "1 0 0 0 0 1 0 0 0 0 1 0\n";

    @TempDir Path folder;

    @Test
    void kittiRowsSurviveTheRoundTrip() {
        forAll(
                50,
                rnd -> {
                    Path file = folder.resolve("poses.txt");
                    List<RigidTransform> poses =
                            Stream.generate(() -> pose(rnd)).limit(20).toList();
                    try {
                        TrajectoryFiles.writeKitti(file, poses);
                        List<RigidTransform> back = TrajectoryFiles.readKitti(file);
                        for (int i = 0; i < poses.size(); i++) {
                            assertThat(back.get(i).toRows())
                                    .containsExactly(poses.get(i).toRows(), within(1e-15));
                            assertThat(back.get(i).tx()).isEqualTo(poses.get(i).tx());
                        }
                        assertThat(back).hasSameSizeAs(poses);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void everyKittiLineIsTwelveNumbersWithSingleSpaces() throws IOException {
        Path file = folder.resolve("poses.txt");

        TrajectoryFiles.writeKitti(
                file, List.of(RigidTransform.IDENTITY, RigidTransform.ofYaw(0.3, 1e-7, -2, 1e6)));

        String text = Files.readString(file);
        assertThat(text).endsWith("\n").doesNotContain("  ").doesNotContain(" \n");
        assertThat(text.lines()).hasSize(2).allMatch(line -> line.split(" ").length == 12);
    }

    @Test
    void malformedKittiLinesAreNamed() throws IOException {
        assertMalformed(IDENTITY_ROW + "1 0 0 0 0 1 0 0 0 0 1\n", "line 2", "11 fields");
        assertMalformed(IDENTITY_ROW + "1 0 0 0 0 1 0 0 0 0 1 0 7\n", "line 2", "13 fields");
        assertMalformed("1 0 0 x 0 1 0 0 0 0 1 0\n", "line 1", "'x' is not a number");
        assertMalformed("2 0 0 0 0 1 0 0 0 0 1 0\n", "line 1", "no rotation");
        assertMalformed("1 0 0 NaN 0 1 0 0 0 0 1 0\n", "line 1", "finite");
        assertMalformed(IDENTITY_ROW + "\n" + IDENTITY_ROW, "line 2", "0 fields");
    }

    @Test
    void tumStampsKeepEveryNanosecond() throws IOException {
        Path file = folder.resolve("poses.tum");
        long[] stamps = {-1_500_000_001L, 0, 1, 999_999_999L, 1_317_384_506_404_000_001L};
        RigidTransform pose = RigidTransform.ofYawPitchRoll(0.4, 0.1, -0.2, 1, 2, 3);

        TrajectoryFiles.writeTum(
                file, new Trajectory(stamps, List.of(pose, pose, pose, pose, pose)));

        assertThat(Files.readAllLines(file).get(4)).startsWith("1317384506.404000001 1.0 2.0 3.0 ");
        assertThat(Files.readAllLines(file).get(0)).startsWith("-1.500000001 ");
        Trajectory back = TrajectoryFiles.readTum(file);
        assertThat(back.keys()).containsExactly(stamps);
        assertThat(back.poses().get(2).toRows()).containsExactly(pose.toRows(), within(1e-15));
    }

    @Test
    void tumQuaternionsEndWithW() throws IOException {
        Path file = folder.resolve("poses.tum");

        TrajectoryFiles.writeTum(
                file, new Trajectory(new long[] {5}, List.of(RigidTransform.IDENTITY)));

        assertThat(Files.readString(file)).isEqualTo("0.000000005 0.0 0.0 0.0 0.0 0.0 0.0 1.0\n");
    }

    @Test
    void tumCommentsAreSkippedAndFaultsNamed() throws IOException {
        Path file = folder.resolve("poses.tum");
        Files.writeString(file, "# seconds tx ty tz qx qy qz qw\n\n1.5 0 0 0 0 0 0 1\n");
        assertThat(TrajectoryFiles.readTum(file).keys()).containsExactly(1_500_000_000L);

        for (String bad :
                List.of(
                        "1.5 0 0 0 0 0 0 1\n1.5 0 0 0 0 0 0 1\n",
                        "1.0 0 0 0 0 0 0 1\n1e9 0 0 0 0 0 0 1\n",
                        "1.0 0 0 0 0 0 0 1\n2.0 0 0 0 0 0 0 0\n",
                        "1.0 0 0 0 0 0 0 1\n9999999999.0 0 0 0 0 0 0 1\n",
                        "1.0 0 0 0 0 0 0 1\n1.5 0 0 0 0 0 1\n")) {
            Files.writeString(file, bad);
            assertThatThrownBy(() -> TrajectoryFiles.readTum(file))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("poses.tum: line 2");
        }
    }

    private void assertMalformed(String text, String... messages) throws IOException {
        Path file = folder.resolve("bad.txt");
        Files.writeString(file, text);

        assertThatThrownBy(() -> TrajectoryFiles.readKitti(file))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("bad.txt")
                .hasMessageContainingAll(messages);
    }

    private static RigidTransform pose(RandomGenerator rnd) {
        return RigidTransform.ofYawPitchRoll(
                rnd.nextDouble(-3, 3),
                rnd.nextDouble(-1, 1),
                rnd.nextDouble(-1, 1),
                rnd.nextDouble(-1e4, 1e4),
                rnd.nextDouble(-1e-9, 1e-9),
                rnd.nextDouble(-10, 10));
    }
}
