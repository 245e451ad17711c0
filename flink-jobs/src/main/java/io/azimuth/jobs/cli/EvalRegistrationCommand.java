package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.tables.PairTable;
import io.azimuth.perception.evaluation.registration.PairEstimate;
import io.azimuth.perception.evaluation.registration.PairTruth;
import io.azimuth.perception.evaluation.registration.RegistrationScores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Registered pairs. */
@Command(
        name = "registration",
        description =
                "Score transforms of pairs of scans (CSV target,source,status,reason,m00..m23; status accepted or refused). Recall counts refusals as failures; precision counts negatives that were accepted. Limits 1.5 degrees and 0.3 m, 1 degree and 0.1 m, 1.5 degrees and 0.6 m, 5 degrees and 2 m.",
        mixinStandardHelpOptions = true)
final class EvalRegistrationCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The estimates.")
    private Path file = Path.of("");

    @Option(
            names = "--truth",
            required = true,
            paramLabel = "FILE",
            description =
                    "pairs.csv: target,source,m00..m23 and perhaps overlap,negative, as 'sim pairs' writes it.")
    private Path truth = Path.of("");

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--require",
            paramLabel = "FIGURE>X",
            description = "Exit 7 unless it holds, e.g. '1.5deg_0.3m.recall>0.95'.")
    private List<String> required = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        required.forEach(Requirement::parse);
        List<PairTruth> pairs = PairTable.readTruth(truth);
        List<PairEstimate> said = PairTable.readEstimates(file);
        RegistrationScores scores;
        try {
            scores = RegistrationScores.of(pairs, said);
        } catch (IllegalArgumentException mismatch) {
            throw new CommandFailure(
                    ExitCode.INPUT_MALFORMED,
                    file + " against " + truth + ": " + mismatch.getMessage());
        }
        SortedMap<String, Double> figures = RegistrationFigures.of(scores);
        new Talk(spec).data(json ? Figures.json(figures) : Figures.table(figures));
        Requirement.check(required, figures);
        return 0;
    }
}
