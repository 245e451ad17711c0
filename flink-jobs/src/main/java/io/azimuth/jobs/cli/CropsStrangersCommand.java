package io.azimuth.jobs.cli;

import io.azimuth.connectors.crops.CropReader;
import io.azimuth.jobs.crops.StrangerCheck;
import io.azimuth.perception.invariant.network.NetworkCropEncoder;
import io.azimuth.perception.invariant.network.UnknownScore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How well an encoder tells what it was never taught. */
@Command(
        name = "strangers",
        description = {
            "Tell how well an encoder knows that a crop is like nothing it was taught: area under the curve (AUROC) of its score,",
            "share of strangers and of known crops that the bundle's own threshold calls unknown, and of known crops where 95 %% of strangers are."
        },
        mixinStandardHelpOptions = true)
final class CropsStrangersCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "KNOWN",
            description = "Crops of taught classes, as 'classify' takes them.")
    private Path known = Path.of("known");

    @Parameters(index = "1", paramLabel = "STRANGERS", description = "Crops of other things.")
    private Path strangers = Path.of("strangers");

    @Option(names = "--model", description = "Name or folder of a bundle (default ri-edge-sim).")
    private String model = "ri-edge-sim";

    @Override
    public Integer call() throws IOException {
        StrangerCheck.Result r;
        try (NetworkCropEncoder encoder = EncoderStation.open(model)) {
            UnknownScore score = encoder.unknownScore();
            r =
                    StrangerCheck.compare(
                            StrangerCheck.scores(encoder, score, CropReader.read(known, null)),
                            StrangerCheck.scores(encoder, score, CropReader.read(strangers, null)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.INPUT_MALFORMED, String.valueOf(e.getMessage()));
        }
        new Talk(spec)
                .data(
                        String.format(
                                Locale.ROOT,
                                "%s: %d known, %d strangers: AUROC %.3f; at the threshold %.3f of strangers and %.3f of known are called unknown; %.3f of known where 95 %% of strangers are",
                                model,
                                r.known(),
                                r.strangers(),
                                r.auroc(),
                                r.told(),
                                r.refused(),
                                r.refusedAt95()));
        return 0;
    }
}
