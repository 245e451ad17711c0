package io.azimuth.jobs.cli;

import io.azimuth.jobs.recovery.RecoveryStudy;
import io.azimuth.jobs.worlds.WorldSensor;
import io.azimuth.perception.simulation.TownFamily;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What breaks odometry, in simulated towns. */
@Command(
        name = "recovery",
        description =
                "Carry a vehicle 20 m back and ahead with a turn of 90 degrees, hide it for 3 s, put it into another town; print what odometry makes of it. Exit code 1 if a bar is missed.",
        mixinStandardHelpOptions = true)
final class BenchRecoveryCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--towns", description = "Of each family (default 10).")
    private int towns = 10;

    @Option(names = "--seed", description = "Of the first town (default 32).")
    private long seed = 32;

    @Option(
            names = "--families",
            split = ",",
            description = "Of the towns: ${COMPLETION-CANDIDATES} (default a,b).")
    private List<TownFamily> families = List.of(TownFamily.A, TownFamily.B);

    @Option(names = "--sensor", description = "By name or beams (default hdl64).")
    private String sensor = "hdl64";

    @Override
    public Integer call() {
        Numbers.requireAtLeast("--towns", towns, 1);
        Talk talk = new Talk(spec);
        RecoveryStudy study = new RecoveryStudy(WorldSensor.of(sensor));
        for (long town = seed; town < seed + towns; town++) {
            for (TownFamily family : families) {
                study.run(family, town, talk::data);
            }
        }
        study.summary().forEach(talk::data);
        return study.barsHold() ? 0 : 1;
    }
}
