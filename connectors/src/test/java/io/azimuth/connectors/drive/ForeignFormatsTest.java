package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.connectors.format.CloudOutput;
import io.azimuth.connectors.mcap.McapChannel;
import io.azimuth.connectors.mcap.McapCompression;
import io.azimuth.connectors.mcap.McapWriter;
import io.azimuth.connectors.mcap.McapWriterOptions;
import io.azimuth.connectors.ros.PointCloud2Writer;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFormatsTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.las, LASF, pdal translate",
        "a.LAZ, LASF, pdal translate",
        "cloud.bin, LASF, pdal translate",
        "a.e57, ASTM-E57, CloudCompare",
        "a.las, damaged, pdal translate",
        "a.db3, SQLite format 3, ros2 bag convert",
        "bag, SQLite format 3, ros2 bag convert",
        "a.lvx, livox_tech, PointCloud2",
    })
    void filesThatAreNotReadSayWhatToDo(String name, String begin, String remedy)
            throws IOException {
        Path file = Files.writeString(folder.resolve(name), begin + "\0".repeat(100));
        assertThatThrownBy(() -> Drives.open(file))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining(name + ": byte 0: ")
                .hasMessageContaining(remedy);
    }

    @Test
    void aFolderOfSuchFilesSaysItToo() throws IOException {
        Files.writeString(folder.resolve("b.las"), "LASF");
        assertThatThrownBy(() -> Drives.open(folder))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("b.las: byte 0: ")
                .hasMessageContaining("pdal translate");
        PointCloud cloud = new PointCloud();
        cloud.add(1, 2, 3, 0.5f, 0, 0);
        CloudOutput.BIN.write(folder.resolve("0.bin"), cloud);
        try (Drive drive = Drives.open(folder)) {
            assertThat(drive.size()).isEqualTo(1); // what can be read is read
        }
    }

    @Test
    void livoxMessagesSayWhatToRecord() throws IOException {
        Path only = recording("livox_ros_driver2/msg/CustomMsg", false);
        assertThatThrownBy(() -> Drives.open(only))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("only.mcap: byte 0: topic /livox/lidar: ")
                .hasMessageContaining("livox_ros_driver2/msg/CustomMsg")
                .hasMessageContaining("xfer_format 0");
        Path packets = recording("velodyne_msgs/msg/VelodyneScan", false);
        assertThatThrownBy(() -> Drives.open(packets))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("pcap");
    }

    @Test
    void cloudsBesideLivoxMessagesAreRead() throws IOException {
        Path both = recording("livox_ros_driver/CustomMsg", true);
        try (Drive drive = Drives.open(both)) {
            assertThat(drive.size()).isEqualTo(1);
        }
        assertThatThrownBy(() -> Drives.open(both, DriveOptions.ofTopic("/livox/lidar")))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("xfer_format 0");
    }

    private Path recording(String type, boolean withClouds) throws IOException {
        Path file = folder.resolve(withClouds ? "both.mcap" : "only.mcap");
        Files.deleteIfExists(file);
        try (McapWriter out = McapWriter.create(file, McapWriterOptions.of(McapCompression.NONE))) {
            byte[] text = "uint8 x".getBytes(StandardCharsets.UTF_8);
            McapChannel channel =
                    out.addChannel(
                            out.addSchema(type, "ros2msg", text), "/livox/lidar", "cdr", Map.of());
            out.write(channel, 1, new byte[] {0, 1, 0, 0, 7});
            if (withClouds) {
                McapChannel clouds =
                        out.addChannel(
                                out.addSchema(PointCloud2Writer.TYPE, "ros2msg", text),
                                "/points",
                                "cdr",
                                Map.of());
                PointCloud cloud = new PointCloud();
                cloud.add(1, 2, 3, 0.5f, 0, 0);
                out.write(clouds, 2, PointCloud2Writer.cdr(cloud, 5, "lidar"));
            }
        }
        return file;
    }
}
