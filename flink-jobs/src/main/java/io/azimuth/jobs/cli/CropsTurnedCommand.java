package io.azimuth.jobs.cli;

import io.azimuth.connectors.crops.CropReader;
import io.azimuth.connectors.crops.CropTable;
import io.azimuth.jobs.crops.TurnCheck;
import io.azimuth.perception.invariant.CropEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How exact an encoder is. */
@Command(
        name = "turned",
        description = {
            "Tell what turning crops changes of an encoder's answers: largest change of a class's probability, 95 %% and most,",
            "and decisions that change although the best class led by more than 0.001. Points come in another order, too."
        },
        mixinStandardHelpOptions = true)
final class CropsTurnedCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "CROPS",
            description = "A crop set's folder, a .npy, a .npz, or a folder of clouds.")
    private Path crops = Path.of("crops");

    @Option(names = "--model", description = "Name or folder of a bundle (default ri-edge-sim).")
    private String model = "ri-edge-sim";

    @Option(names = "--crops", description = "Crops, evenly spread over the set (default 100).")
    private int count = 100;

    @Option(names = "--turns", description = "Turns of each crop (default 20).")
    private int turns = 20;

    @Option(
            names = "--float32",
            description = "Round coordinates to float32 after the turn; else they are moved, too.")
    private boolean rounded;

    @Option(names = "--seed", description = "Of the turns (default 1).")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        if (count < 1 || turns < 1 || (long) count * turns > MOST) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--crops %d, --turns %d: accepted 1 and more, their product up to %d"
                            .formatted(count, turns, MOST));
        }
        CropTable table = CropReader.read(crops, null);
        if (table.size() == 0) {
            throw new CommandFailure(ExitCode.USAGE, crops + " holds no crops");
        }
        TurnCheck.Result r;
        boolean exact;
        try (CropEncoder encoder = EncoderStation.open(model)) {
            exact = encoder.info().exact();
            r = new TurnCheck(encoder, turns, rounded).check(table, count, seed);
        }
        new Talk(spec)
                .data(
                        "%s%s: %d crops, %d turned%s: change of probability p95 %.2g, most %.2g; %d decisions change"
                                .formatted(
                                        model,
                                        exact ? "" : " (not exact)",
                                        r.crops(),
                                        r.compared(),
                                        rounded ? " and rounded to float32" : " and moved",
                                        r.p95(),
                                        r.max(),
                                        r.flips()));
        return 0;
    }
}
