package io.azimuth.jobs.worlds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.jobs.worlds.WorldsStudy.Cell;
import io.azimuth.jobs.worlds.WorldsStudy.Plan;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny study: both families, one 16-beam sensor, one town, four sweeps. */
class WorldsStudyTest {
    private static final Plan PLAN =
            new Plan(
                    List.of(TownFamily.B, TownFamily.A),
                    List.of(WorldSensor.SPINNING16),
                    List.of(8L),
                    4,
                    2);

    private static WorldsStudy study = new WorldsStudy(PLAN, List.of());

    @BeforeAll
    static void drive() throws InterruptedException {
        study = WorldsStudy.of(PLAN, 1);
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws InterruptedException {
        WorldsStudy parallel = WorldsStudy.of(PLAN, 3);

        assertThat(parallel).isEqualTo(study);
        assertThat(parallel.json()).isEqualTo(study.json());
        assertThat(parallel.table()).isEqualTo(study.table());
    }

    @Test
    void cellsStandInTheOrderOfThePlanAndHoldFigures() {
        assertThat(study.cells())
                .extracting(Cell::family)
                .containsExactly(TownFamily.B, TownFamily.A);
        for (Cell c : study.cells()) {
            assertThat(c.figure("sweeps_scored")).isEqualTo(2);
            assertThat(c.figure("ground.f1")).isBetween(0.5, 1.0);
            assertThat(c.figure("vehicle.boxes")).isPositive();
            assertThat(c.figure("odometry.path_m")).isBetween(0.5, 10.0);
            assertThat(c.figure("no.such.figure")).isNaN();
        }
        assertThat(study.cells().get(0).figures()).isNotEqualTo(study.cells().get(1).figures());
    }

    @Test
    void theStudyIsWrittenAsJsonAndAsTables(@TempDir Path dir) throws IOException {
        Path out = dir.resolve("deep/worlds");

        study.write(out);

        JsonNode json = new ObjectMapper().readTree(out.resolve("worlds.json").toFile());
        assertThat(json.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(json.path("cells")).hasSize(2);
        assertThat(json.at("/cells/0/figures/ground.f1").asDouble())
                .isEqualTo(study.cells().get(0).figure("ground.f1"));
        assertThat(Files.readString(out.resolve("worlds.md")))
                .contains("| B | 16 |", "| A | 16 |", "Towns of seeds 8, 4 sweeps each");
    }

    @Test
    void plansOfSeenTownsAndOfNothingAreRefused() {
        List<TownFamily> families = PLAN.families();
        List<WorldSensor> sensors = PLAN.sensors();
        List<Long> seeds = PLAN.seeds();

        refused("seed is 7", () -> new Plan(families, sensors, List.of(8L, 7L), 4, 2));
        refused("families is []", () -> new Plan(List.of(), sensors, seeds, 4, 2));
        refused("sensors is []", () -> new Plan(families, List.of(), seeds, 4, 2));
        refused("seeds is []", () -> new Plan(families, sensors, List.of(), 4, 2));
        refused("sweeps is 1", () -> new Plan(families, sensors, seeds, 1, 2));
        refused("every is 0", () -> new Plan(families, sensors, seeds, 4, 0));
    }

    @Test
    void sensorsAreNamedByLabelOrByBeams() {
        assertThat(WorldSensor.of("HDL64")).isEqualTo(WorldSensor.HDL64);
        assertThat(WorldSensor.of("128")).isEqualTo(WorldSensor.OS1_128);
        refused("sensor is 48", () -> WorldSensor.of("48"));
    }

    private static void refused(String said, Runnable made) {
        assertThatIllegalArgumentException().isThrownBy(made::run).withMessageContaining(said);
    }
}
