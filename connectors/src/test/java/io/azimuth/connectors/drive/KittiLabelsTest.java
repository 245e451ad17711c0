package io.azimuth.connectors.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.evaluation.kitti.KittiLabel;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.OrientedBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KittiLabelsTest {
    /** The camera's axes: x right, y down, z ahead; 1.65 m above ground, no offset. */
    private static final String CALIB =
            """
            P2: 700 0 600 0 0 700 180 0 0 0 1 0
            R0_rect: 1 0 0 0 1 0 0 0 1
            Tr_velo_to_cam: 0 -1 0 0 0 0 -1 0 1 0 0 0
            """;

    private static final String CAR =
            "Car 0.1 1 0 500 160 700 240 1.5 1.8 4 1 1.65 20 -1.5707963267948966";
    private static final String DONT_CARE =
            "DontCare -1 -1 -10 10 20 30 40 -1 -1 -1 -1000 -1000 -1000 -10";

    @TempDir private Path dir;

    @Test
    void theBottomOfTheCamerasBoxBecomesTheCentreInTheLidarsFrame() throws IOException {
        object("000007", CAR + "\n" + DONT_CARE + "\n");

        KittiLabels labels = KittiLabels.read(dir, Set.of(7L));

        KittiLabel car = labels.labels().get(0);
        OrientedBox box = Objects.requireNonNull(car.box());
        assertThat(car.frame()).isEqualTo(7);
        assertThat(car.truncated()).isEqualTo(0.1);
        assertThat(car.occluded()).isEqualTo(1);
        assertThat(car.image().height()).isEqualTo(80);
        assertThat(box.x()).isCloseTo(20, within(1e-12));
        assertThat(box.y()).isCloseTo(-1, within(1e-12));
        assertThat(box.z()).isCloseTo(-1.65 + 0.75, within(1e-12));
        assertThat(box.yawRad()).isCloseTo(0, within(1e-12)); // -ry - pi/2
        assertThat(labels.labels().get(1).box()).isNull();
        assertThat(labels.cameras().get(7L).projection()[0]).isEqualTo(700);
    }

    @Test
    void theTrackingLayoutHasAllFramesInOneFile() throws IOException {
        Files.writeString(dir.resolve("calib.txt"), CALIB);
        Files.writeString(
                dir.resolve("label_02.txt"), "0 3 " + CAR + "\n2 3 " + CAR + "\n9 3 " + CAR + "\n");

        KittiLabels labels = KittiLabels.read(dir, Set.of(0L, 1L, 2L));

        assertThat(KittiLabels.isIn(dir)).isTrue();
        assertThat(labels.labels()).extracting(KittiLabel::frame).containsExactly(0L, 2L);
        assertThat(labels.cameras()).containsOnlyKeys(0L, 1L, 2L); // 1 has nothing to label
    }

    @Test
    void aLabelledBoxIsProjectedOntoItsRectangle() throws IOException {
        object("000007", CAR);

        KittiLabels labels = KittiLabels.read(dir, Set.of(7L));

        OrientedBox box = Objects.requireNonNull(labels.labels().get(0).box());
        var seen = Objects.requireNonNull(labels.cameras().get(7L).project(box));
        // the far left corner is the leftmost
        assertThat(seen.left()).isCloseTo(600 + 700 * 0.1 / 22, within(1e-9));
        assertThat(seen.bottom()).isCloseTo(180 + 700 * 1.65 / 18, within(1e-9));
    }

    @Test
    void badFilesAreNamedByFileAndLine() throws IOException {
        object("000007", CAR + "\nCar 0 0 0 700 160 500 240 1.5 1.8 4 1 1.65 20 0\n");
        assertMalformed("line 2", "left <= right");
        object("000007", "Car 0 0 0\n");
        assertMalformed("4 columns", "15");
        object("000007", CAR.replace(" 20 ", " x ") + "\n");
        assertMalformed("line 1", "'x'");
        object("000007", CAR);
        Files.writeString(dir.resolve("calib/000007.txt"), CALIB.replace("P2", "P3"));
        assertMalformed("P2", "calib");
        Files.delete(dir.resolve("calib/000007.txt"));
        assertThatThrownBy(() -> KittiLabels.read(dir, Set.of(7L)))
                .isInstanceOf(NoSuchFileException.class);
    }

    private void assertMalformed(String... parts) {
        assertThatThrownBy(() -> KittiLabels.read(dir, Set.of(7L)))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContainingAll(parts);
    }

    private void object(String frame, String text) throws IOException {
        Files.createDirectories(dir.resolve("label_2"));
        Files.createDirectories(dir.resolve("calib"));
        Files.writeString(dir.resolve("label_2/" + frame + ".txt"), text);
        Files.writeString(dir.resolve("calib/" + frame + ".txt"), CALIB);
    }
}
