package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosRecordingTest {
    private static final DriveOptions OUSTER = DriveOptions.ofTopic("/ouster");
    private static final int HEADER_END = 4117;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"one.bag", "one.mcap"})
    void theOnlyTopicWithCloudsNeedsNoName(String name) throws IOException {
        try (Drive drive = Drives.open(GoldenRosTest.file(name))) {
            assertThat(drive.size()).isEqualTo(2);
            assertThat(drive.id()).isEqualTo("one");
            assertThat(drive.info().guess()).contains("topic /velodyne of 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layouts_none.bag", "layouts.mcap"})
    void severalTopicsAreListedWithTheirCounts(String name) {
        Path file = GoldenRosTest.file(name);
        assertThatThrownBy(() -> Drives.open(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 topics have clouds")
                .hasMessageContaining("/ouster (sensor_msgs/")
                .hasMessageContaining("PointCloud2, 2 messages)")
                .hasMessageNotContaining("/chatter");
        assertThatThrownBy(() -> Drives.open(file, DriveOptions.ofTopic("/nope")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic is '/nope'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"layouts_none.bag", "layouts_bz2.bag", "layouts_lz4.bag"})
    void aBagWithoutIndexIsScannedAndNothingIsLost(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(GoldenRosTest.file(name));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("index_pos=") + 10;
        Arrays.fill(bytes, at, at + 8, (byte) 0);
        Path file = Files.write(folder.resolve("unindexed.bag"), bytes);

        try (Drive whole = Drives.open(GoldenRosTest.file(name), OUSTER);
                Drive drive = Drives.open(file, OUSTER)) {
            assertThat(drive.info().guess()).contains("scanned", "no index", "nothing lost");
            assertThat(drive.size()).isEqualTo(2);
            assertSame(whole, drive);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layouts_none.bag", "layouts_bz2.bag", "layouts_lz4.bag"})
    void ofABagThatWasCutAnywhereWhatIsWholeIsKept(String name) throws IOException {
        Path original = GoldenRosTest.file(name);
        byte[] bytes = Files.readAllBytes(original);
        int kept = 0;
        try (Drive whole = Drives.open(original, OUSTER)) {
            for (int length = HEADER_END; length < bytes.length; length += 211) {
                Path file = Files.write(folder.resolve("cut.bag"), Arrays.copyOf(bytes, length));
                try (Drive drive = Drives.open(file, OUSTER)) {
                    assertThat(drive.info().guess()).contains("scanned");
                    assertThat(drive.size()).isGreaterThanOrEqualTo(kept);
                    kept = drive.size();
                    assertSame(whole, drive);
                } catch (MalformedDataException | IllegalArgumentException e) {
                    assertThat(kept).as(e.getMessage()).isZero();
                }
            }
        }
        assertThat(kept).isEqualTo(2);
    }

    private static void assertSame(Drive expected, Drive actual) throws IOException {
        PointCloud a = new PointCloud();
        PointCloud b = new PointCloud();
        for (int i = 0; i < actual.size(); i++) {
            expected.read(i, a);
            actual.read(i, b);
            assertThat(b.size()).isEqualTo(a.size());
            assertThat(Arrays.copyOf(b.x(), b.size())).isEqualTo(Arrays.copyOf(a.x(), a.size()));
            assertThat(Arrays.copyOf(b.timeOffsetNanos(), b.size()))
                    .isEqualTo(Arrays.copyOf(a.timeOffsetNanos(), a.size()));
        }
    }

    @Test
    void aRos2FolderOfSeveralFilesIsOneDrive() throws IOException {
        Path bag = Files.createDirectory(folder.resolve("drive"));
        Files.writeString(bag.resolve("metadata.yaml"), "rosbag2_bagfile_information:\n");
        Files.copy(GoldenRosTest.file("one.mcap"), bag.resolve("drive_0.mcap"));
        Files.copy(GoldenRosTest.file("layouts.mcap"), bag.resolve("drive_1.mcap"));
        try (Drive drive = Drives.open(bag, DriveOptions.ofTopic("/velodyne"))) {
            assertThat(drive.size()).isEqualTo(2);
            assertThat(drive.info().guess())
                    .contains("2 clouds with the stamp of another left out");
            assertThat(drive.read(1, new PointCloud()).points().size()).isEqualTo(12);
        }
    }

    @Test
    void sqliteRecordingsAreRefusedWithARemedy() throws IOException {
        Path bag = Files.createDirectory(folder.resolve("sqlite"));
        Files.writeString(bag.resolve("metadata.yaml"), "rosbag2_bagfile_information:\n");
        Path file = Files.writeString(bag.resolve("sqlite_0.db3"), "SQLite format 3\0");
        for (Path path : new Path[] {bag, file}) {
            assertThatThrownBy(() -> Drives.open(path))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("ros2 bag convert");
        }
    }

    @Test
    void olderBagsAreRefusedWithARemedy() throws IOException {
        Path file = Files.writeString(folder.resolve("old.bag"), "#ROSBAG V1.2\nmore");
        assertThatThrownBy(() -> Drives.open(file))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("'#ROSBAG V1.2")
                .hasMessageContaining("rosbag fix");
    }
}
