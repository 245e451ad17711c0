package io.azimuth.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.azimuth.connectors.format.CloudOutput;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two sweeps of one simulated drive, 2 s apart, and one of another town. */
class RegisterCommandTest {
    @TempDir static Path shared;
    @TempDir Path dir;

    private static RigidTransform truth = RigidTransform.IDENTITY;

    private static Path path(String name) {
        return shared.resolve(name);
    }

    private record Ended(int code, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private Ended run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Azimuth.commandLine(new PrintWriter(out), new PrintWriter(err));
        return new Ended(command.execute(words), out.toString(), err.toString());
    }

    @BeforeAll
    static void writeOnce() throws IOException {
        SensorModel sensor = SensorModel.hdl64("top");
        TownDrive drive = new TownDrive(TownConfig.of(5).withSensors(sensor).withSweeps(60));
        SimulatedSweep a = drive.sweep(0, 0, 30);
        SimulatedSweep b = drive.sweep(0, 0, 50);
        truth = a.worldFromSensor().inverse().times(b.worldFromSensor());
        TownDrive other = new TownDrive(TownConfig.of(6).withSensors(sensor).withSweeps(1));
        write("a.pcd", a.sweep().points());
        write("b.pcd", b.sweep().points());
        write("other.pcd", other.sweep(0, 0, 0).sweep().points());
        StringBuilder rows = new StringBuilder();
        for (double v : truth.times(RigidTransform.ofYaw(0.02, 0.3, -0.2, 0)).toRows()) {
            rows.append(v).append(' ');
        }
        Files.writeString(path("near.txt"), rows.toString());
    }

    private static void write(String name, PointCloud cloud) throws IOException {
        CloudOutput.ofFile(name).write(path(name), cloud);
    }

    private static void assertIsTruth(JsonNode json) {
        double[] m = new double[16];
        for (int i = 0; i < 16; i++) {
            m[i] = json.at("/targetFromSource/" + i).asDouble();
        }
        RigidTransform gap = truth.inverse().times(RigidTransform.ofRows(m));
        assertThat(gap.translationNorm()).isLessThan(0.3);
        assertThat(Math.toDegrees(gap.angleRad())).isLessThan(1.0);
    }

    @Test
    void umeFindsThePlaceWithoutAGuessAndDrawsIt() throws IOException {
        Path picture = dir.resolve("pair.png");
        Ended ended =
                run(
                        "register",
                        path("a.pcd").toString(),
                        path("b.pcd").toString(),
                        "--json",
                        "--picture",
                        picture.toString());

        assertThat(ended.err()).contains("pair.png");
        assertThat(ended.code()).isZero();
        JsonNode json = ended.json();
        assertThat(json.path("verdict").asText()).isEqualTo("accepted");
        assertThat(json.path("targetFromSource")).hasSize(16);
        assertThat(json.path("overlap").asDouble()).isBetween(0.3, 1.0);
        assertThat(json.path("milliseconds").asDouble()).isPositive();
        assertIsTruth(json);
        assertThat(Files.size(picture)).isGreaterThan(10_000);
    }

    @Test
    void gicpRefinesAGuess() throws IOException {
        Ended ended =
                run(
                        "register",
                        path("a.pcd").toString(),
                        path("b.pcd").toString(),
                        "--method=gicp",
                        "--init",
                        path("near.txt").toString(),
                        "--json",
                        "--picture=none");

        assertThat(ended.code()).isZero();
        assertIsTruth(ended.json());
        assertThat(ended.json().path("margin").isNull()).isTrue();
    }

    @Test
    void anotherTownIsRefusedWithExitCode9() {
        Ended ended =
                run(
                        "register",
                        path("a.pcd").toString(),
                        path("other.pcd").toString(),
                        "--picture=none");

        assertThat(ended.code()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(ended.out()).contains("refused: ");
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        String a = path("a.pcd").toString();
        Ended method = run("register", a, a, "--method=icp");
        assertThat(method.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(method.err()).contains("'icp'").contains("vgicp");

        Path bad = Files.writeString(dir.resolve("bad.txt"), "1 2 3");
        Ended init = run("register", a, a, "--method=gicp", "--init", bad.toString());
        assertThat(init.code()).isEqualTo(ExitCode.INPUT_MALFORMED.number());
        assertThat(init.err()).contains("bad.txt").contains("3 numbers").contains("12 or 16");

        Ended missing = run("register", a, dir.resolve("none.pcd").toString());
        assertThat(missing.code()).isEqualTo(ExitCode.INPUT_MISSING.number());
    }
}
