package io.azimuth.jobs.cli;

import io.azimuth.jobs.places.PlaceStudy;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.places.ConcentricPlaces;
import io.azimuth.perception.invariant.places.PatchPlaces;
import io.azimuth.perception.invariant.places.PlaceDescriptor;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Places found again. */
@Command(
        name = "places",
        description = {
            "Recall of places in simulated towns that are visited again among other traffic: the same way, in reverse, 4 m beside.",
            "--fit makes the descriptor's projection from other towns instead."
        },
        mixinStandardHelpOptions = true)
final class BenchPlacesCommand implements Callable<Integer> {
    enum Kind {
        CONCENTRIC,
        POOLED,
        SET
    }

    /** Towns to fit to: far from the seeds that are judged by default. */
    private static final long FIT_SEED = 700_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--families", split = ",", description = "Of the towns (default a,b).")
    private List<TownFamily> families = List.of(TownFamily.A, TownFamily.B);

    @Option(names = "--beams", split = ",", description = "64, 32, 16 (default 64,16).")
    private List<Integer> beams = List.of(64, 16);

    @Option(names = "--towns", description = "Searched together (default 4).")
    private int towns = 4;

    @Option(names = "--seed", description = "Of the first town (default 900000).")
    private long seed = 900_000;

    @Option(
            names = "--descriptor",
            description =
                    "concentric, pooled (mean of the embeddings of what stands around) or set (MUVERA code of them); default concentric.")
    private Kind kind = Kind.CONCENTRIC;

    @Option(
            names = "--model",
            description = "Of pooled and set: name or folder of a bundle (default ri-edge-sim).")
    private String model = "ri-edge-sim";

    @Option(names = "--raw", description = "Without the fitted projection.")
    private boolean raw;

    @Option(names = "--json", description = "JSON rows instead of tables.")
    private boolean json;

    @Option(
            names = "--fit",
            paramLabel = "FILE",
            description = "Fit the projection to --towns of family a for every --beams; write it.")
    private @Nullable Path fit;

    @Option(names = "--length", description = "Numbers of the descriptor to fit (default 128).")
    private int length = 128;

    @Override
    public Integer call() throws IOException {
        Talk talk = new Talk(spec);
        try {
            if (fit != null) {
                List<PlaceStudy.Plan> plans = new ArrayList<>();
                for (int b : beams) {
                    plans.add(new PlaceStudy.Plan(TownFamily.A, b, towns, FIT_SEED + 100L * b));
                }
                Files.write(fit, PlaceStudy.fit(plans, length, talk::note).toBytes());
                return 0;
            }
            if (kind == Kind.CONCENTRIC) {
                var places = raw ? new ConcentricPlaces(null) : ConcentricPlaces.shipped();
                study(talk, plan -> places);
                return 0;
            }
            try (CropEncoder encoder = EncoderStation.open(model)) {
                study(talk, plan -> patches(plan, encoder));
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    /** Centred by a town of family a that is not judged. */
    private PlaceDescriptor patches(PlaceStudy.Plan plan, CropEncoder encoder) {
        var other = new PlaceStudy.Plan(TownFamily.A, plan.beams(), 1, FIT_SEED + 50);
        return new PatchPlaces(encoder, PlaceStudy.centre(other, encoder), kind == Kind.POOLED);
    }

    private void study(Talk talk, Function<PlaceStudy.Plan, PlaceDescriptor> descriptor) {
        for (TownFamily family : families) {
            for (int b : beams) {
                var plan = new PlaceStudy.Plan(family, b, towns, seed);
                var outcome = PlaceStudy.run(plan, descriptor.apply(plan), talk::note);
                if (json) {
                    talk.data(outcome.json().toString());
                    continue;
                }
                talk.data(
                        "%s, family %s, %d beams, %d places of %d towns:"
                                .formatted(
                                        outcome.descriptor(), family, b, outcome.places(), towns));
                outcome.table().forEach(talk::data);
            }
        }
    }
}
