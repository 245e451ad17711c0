package io.azimuth.connectors.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.connectors.drive.Drive;
import io.azimuth.connectors.drive.SensorTruth;
import io.azimuth.connectors.drive.SimulatedDrive;
import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.TownConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriveCropsTest {
    private static final TownConfig TOWN =
            TownConfig.of(5).withSweeps(2).withSensors(SensorModel.vlp16("top"));

    @TempDir private Path folder;

    private static LabelledBox named(LabelledBox b, String track) {
        return new LabelledBox(b.sweep(), track, b.objectClass(), b.box(), b.points());
    }

    private DatasetReport cut(String name, UnaryOperator<LabelledBox> change)
            throws IOException, InterruptedException {
        UnaryOperator<SensorTruth> labels =
                t ->
                        new SensorTruth(
                                t.firstFromSweep(),
                                t.boxes().stream().map(change).toList(),
                                t.labelledSweeps(),
                                false);
        try (Drive drive = new RelabelledDrive(new SimulatedDrive(TOWN), labels)) {
            return CropSet.cut(folder.resolve(name), drive, "test", line -> {});
        }
    }

    @Test
    void aSecondRunKeepsWhatIsThereButNotOverLabelsThatWereCorrected() throws Exception {
        DatasetReport first = cut("out", b -> b);
        assertThat(first.made()).isEqualTo(1);

        assertThat(cut("out", b -> b).made()).isZero();
        assertThatThrownBy(() -> cut("out", b -> named(b, b.track() + "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("labelsSha256")
                .hasMessageContaining("another folder");
    }

    @Test
    void namesOfTracksCannotBreakTheTable() throws Exception {
        cut("plain", b -> b);
        cut("odd", b -> named(b, "a,b\n\"" + b.track()));

        List<String> plain = Files.readAllLines(folder.resolve("plain/crops.csv"));
        List<String> odd = Files.readAllLines(folder.resolve("odd/crops.csv"));
        assertThat(odd).hasSameSizeAs(plain).hasSizeGreaterThan(3);
        assertThat(odd)
                .allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(12))
                .anyMatch(line -> line.contains("a_b__"));
    }
}
