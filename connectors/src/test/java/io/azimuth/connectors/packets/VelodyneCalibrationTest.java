package io.azimuth.connectors.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VelodyneCalibrationTest {
    private static final String BLOCK =
            """
            # of a unit that is not there
            num_lasers: 2
            distance_resolution: 0.002  # metres
            lasers:
              - laser_id: 1
                rot_correction: -0.5
                vert_correction: 0.1
                vert_offset_correction: 0.2
                dist_correction: 1.5
                dist_correction_x: 1.4
                dist_correction_y: 1.3
                focal_distance: 5.0
                focal_slope: 1.1
              - laser_id: 0
                rot_correction: 0.5
                vert_correction: -0.1
                min_intensity: 40
            status:
              Model: S3
              Current Time: 2000-01-01 00:05:54
            """;

    private static final String FLOW =
            """
            lasers:
            - {laser_id: 1, rot_correction: -0.5, vert_correction: 0.1,
              vert_offset_correction: 0.2, dist_correction: 1.5, dist_correction_x: 1.4,
              dist_correction_y: 1.3, focal_distance: 5.0, focal_slope: 1.1}
            - {rot_correction: 0.5, vert_correction: -0.1, min_intensity: 40, laser_id: 0}
            num_lasers: 2
            distance_resolution: 0.002
            """;

    private static final String XML =
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes" ?>
            <!DOCTYPE boost_serialization>
            <boost_serialization signature="serialization::archive" version="4">
            <DB class_id="0"><distLSB_>0.2</distLSB_><position_><xyz><count>3</count></xyz></position_>
            <enabled_><count>3</count><item>1</item><item>1</item><item>0</item></enabled_>
            <minIntensity_><count>3</count><item>40</item><item>0</item><item>0</item></minIntensity_>
            <maxIntensity_><count>3</count><item>255</item><item>255</item><item>0</item></maxIntensity_>
            <points_><count>3</count>
            <item><px><id_>0</id_><rotCorrection_>28.64788975654116</rotCorrection_>
            <vertCorrection_>-5.729577951308232</vertCorrection_></px></item>
            <item><px><id_>1</id_><rotCorrection_>-28.64788975654116</rotCorrection_>
            <vertCorrection_>5.729577951308232</vertCorrection_><distCorrection_>150</distCorrection_>
            <distCorrectionX_>140</distCorrectionX_><distCorrectionY_>130</distCorrectionY_>
            <vertOffsetCorrection_>20</vertOffsetCorrection_><focalDistance_>500</focalDistance_>
            <focalSlope_>1.1</focalSlope_></px></item>
            <item><px><id_>2</id_></px></item>
            </points_></DB></boost_serialization>
            """;

    @TempDir private Path folder;

    @Test
    void theThreeFormsOfAFileSayTheSame() {
        for (String text : new String[] {BLOCK, FLOW, XML}) {
            VelodyneCalibration read = parse(text);
            assertThat(read.metresPerUnit()).isEqualTo(0.002);
            assertThat(read.lasers()).hasSize(2);
            VelodyneLaser first = read.lasers().get(0);
            VelodyneLaser second = read.lasers().get(1);
            assertThat(first.azimuthRad()).isCloseTo(0.5, within(1e-9));
            assertThat(first.elevationRad()).isCloseTo(-0.1, within(1e-9));
            assertThat(first.leastIntensity()).isEqualTo(40);
            assertThat(first.mostIntensity()).isEqualTo(255);
            assertThat(first.twoPoints()).isFalse();
            assertThat(second.heightM()).isCloseTo(0.2, within(1e-9));
            assertThat(second.distanceM()).isCloseTo(1.5, within(1e-9));
            assertThat(second.distanceXM()).isCloseTo(1.4, within(1e-9));
            assertThat(second.distanceYM()).isCloseTo(1.3, within(1e-9));
            assertThat(second.twoPoints()).isTrue();
            assertThat(second.focalM()).isEqualTo(5);
            assertThat(second.focalSlope()).isEqualTo(1.1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    laser_id: 0       | laser_id: 1          | laser_id is 1.0, accepted are 0, 1, 2 and so on, once
                    laser_id: 0       | laser_id: 7          | but the last of them has the number 7
                    rot_correction: 0.5 | rot_correction: 28.6 | rot_correction is 28.6, accepted from -3.142 to 3.142
                    vert_correction: 0.1 | vert_correction: nan | 'vert_correction' is 'nan'
                    vert_correction: 0.1 | vert: 0.1         | a laser without 'vert_correction'
                    dist_correction: 1.5 | dist_correction: 150 | dist_correction is 150.0, accepted from -10.00 to 10.00
                    distance_resolution: 0.002 | distance_resolution: 2 | accepted up to 0.1 m
                    """)
    void whatCannotBeIsNamedWithItsLine(String what, String by, String message) {
        String text = BLOCK.replaceFirst(what, by);
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("unit.yaml: line ")
                .hasMessageContaining(message);
    }

    @Test
    void filesOfOtherKindsAreRefused() {
        assertThatThrownBy(() -> parse("{\"beam_altitude_angles\": [1, 2]}"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("accepted is a Velodyne calibration");
        assertThatThrownBy(() -> parse("<a><b></a>"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("not XML");
        String bomb =
                "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a><px><id_>&c;</id_></px></a>";
        assertThatThrownBy(() -> parse(bomb)).isInstanceOf(MalformedDataException.class);
    }

    @Test
    void aCalibrationBesideTheCaptureIsFound() throws IOException {
        Path capture = Files.write(folder.resolve("a.pcap"), bytes("hdl64_s3.pcap"));
        assertThatThrownBy(() -> PacketCapture.open(capture, null))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("HDL-64")
                .hasMessageContaining("--metadata");
        Files.write(folder.resolve("a.yaml"), bytes("hdl64.yaml"));
        try (PacketCapture opened = Objects.requireNonNull(PacketCapture.open(capture, null))) {
            assertThat(opened.description()).isEqualTo("pcap of Velodyne HDL-64E");
        }
    }

    @Test
    void aFileOfAnglesOnlyLeavesTheLensWhereItIs() throws IOException {
        Path capture = Files.write(folder.resolve("a.pcap"), bytes("vlp16_last.pcap"));
        StringBuilder angles = new StringBuilder("distance_resolution: 0.002\nlasers:\n");
        List<VelodyneLaser> lasers = VelodyneModel.VLP_16.lasers();
        for (int l = 0; l < lasers.size(); l++) {
            angles.append(
                    "- {laser_id: %d, rot_correction: 0.0, vert_correction: %s}%n"
                            .formatted(l, lasers.get(l).elevationRad()));
        }
        Path file = Files.writeString(folder.resolve("b.yaml"), angles);
        PointCloud plain = new PointCloud();
        PointCloud calibrated = new PointCloud();
        try (PacketCapture a = Objects.requireNonNull(PacketCapture.open(capture, null));
                PacketCapture b = Objects.requireNonNull(PacketCapture.open(capture, file))) {
            a.read(0, plain);
            b.read(0, calibrated);
        }
        assertThat(calibrated.copy().z()).isEqualTo(plain.copy().z());
        assertThat(calibrated.copy().x()).isEqualTo(plain.copy().x());
    }

    @Test
    void aCalibrationOfAnotherSensorIsRefused() throws IOException {
        Path capture = Files.write(folder.resolve("a.pcap"), bytes("vlp16_last.pcap"));
        Path calibration = Files.write(folder.resolve("b.yaml"), bytes("hdl64.yaml"));
        assertThatThrownBy(() -> PacketCapture.open(capture, calibration))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("b.yaml: line 1: 64 lasers")
                .hasMessageContaining("VLP-16");
    }

    private static VelodyneCalibration parse(String text) {
        return VelodyneCalibration.parse("unit.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in =
                VelodyneCalibrationTest.class.getResourceAsStream("/golden/velodyne/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
