package io.azimuth.jobs.cli;

import io.azimuth.jobs.realism.RealismStudy;
import io.azimuth.perception.simulation.SizeRegion;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How far simulated sweeps are from recorded ones. */
@Command(
        name = "simulator",
        description =
                "Compare simulated 64-beam sweeps with recorded ones: figures, bars, and a page of pictures.",
        mixinStandardHelpOptions = true)
final class BenchSimulatorCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--real",
            required = true,
            arity = "1..*",
            paramLabel = "FOLDER",
            description = "Recordings of a 64-beam sensor.")
    private List<Path> real = new ArrayList<>();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "For simulator.json, index.html and pictures.")
    private Path out = Path.of("");

    @Option(
            names = "--docs",
            paramLabel = "DIR",
            description = "Write pictures of the simulated side alone here too.")
    private @Nullable Path docs;

    @Option(names = "--seeds", split = ",", description = "Of the towns (default 1,2,3,4,5,6,7,8).")
    private List<Long> seeds = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);

    @Option(names = "--sweeps", description = "Of a town's drive (default 300).")
    private int sweeps = 300;

    @Option(names = "--every", description = "Measure one sweep in so many (default 30).")
    private int every = 30;

    @Option(names = "--family", description = "Of the towns: ${COMPLETION-CANDIDATES} (default a).")
    private TownFamily family = TownFamily.A;

    @Option(names = "--sizes", description = "${COMPLETION-CANDIDATES} (default europe).")
    private SizeRegion sizes = SizeRegion.EUROPE;

    @Option(names = "--json", description = "Print the JSON instead of the table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Numbers.requireAtLeast("--sweeps", sweeps, 1);
        Numbers.requireAtLeast("--every", every, 1);
        List<TownConfig> towns =
                seeds.stream()
                        .map(TownConfig::of)
                        .map(t -> t.withSweeps(sweeps).withFamily(family).withSizes(sizes))
                        .toList();
        RealismStudy study = RealismStudy.of(real, towns, every);
        study.write(out);
        if (docs != null) {
            study.writeSimulatedPictures(docs);
        }
        new Talk(spec).data(json ? study.json() : study.table());
        return 0;
    }
}
