package io.azimuth.jobs.realism;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.connectors.drive.RecordedDriveWriter;
import io.azimuth.connectors.drive.SimulatedDrive;
import io.azimuth.perception.simulation.TownConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealismStudyTest {
    private static final TownConfig TOWN = TownConfig.of(3).withSweeps(1);

    @TempDir Path dir;

    @Test
    void aRecordedTownIsLikeItself() throws IOException {
        Path recorded = dir.resolve("recorded");
        try (SimulatedDrive drive = new SimulatedDrive(TOWN)) {
            RecordedDriveWriter.write(drive, recorded);
        }

        RealismStudy study = RealismStudy.of(List.of(recorded), List.of(TOWN), 1);
        study.write(dir.resolve("out"));
        study.writeSimulatedPictures(dir.resolve("docs"));

        JsonNode json = new ObjectMapper().readTree(dir.resolve("out/simulator.json").toFile());
        JsonNode figures = json.get("figures");
        for (String name : List.of("points_a_sweep", "ground_share", "dropout_below_horizon")) {
            JsonNode f = figures.get(name);
            assertThat(f.get("simulated").asDouble())
                    .as(name)
                    .isCloseTo(
                            f.get("real").asDouble(),
                            org.assertj.core.data.Percentage.withPercentage(0.5));
        }
        assertThat(figures.get("points_a_sweep").get("met").asText()).isEqualTo("yes");
        assertThat(json.get("curves").get("intensity_all").get("real")).hasSize(20);
        assertThat(dir.resolve("out/index.html")).content().contains("real-range.png");
        assertThat(dir.resolve("out/real-birdseye.png")).exists();
        assertThat(dir.resolve("docs/simulator-range.png")).exists();
        assertThat(dir.resolve("docs")).isDirectoryNotContaining("glob:**real-*");
    }
}
