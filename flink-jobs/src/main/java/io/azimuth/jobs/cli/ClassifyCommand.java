package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.crops.CropLabels;
import io.azimuth.connectors.crops.CropReader;
import io.azimuth.connectors.crops.CropTable;
import io.azimuth.jobs.crops.ClassTally;
import io.azimuth.jobs.crops.CropClassifier;
import io.azimuth.jobs.crops.CropResult;
import io.azimuth.jobs.crops.CropTurns;
import io.azimuth.jobs.report.CropConfusionPicture;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.EncoderInfo;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What crops show. */
@Command(
        name = "classify",
        description = {
            "Tell what each crop shows: index,class,score, one row a crop in order. A crop without points has class 'none'.",
            "CROPS is a crop set, a .npy of shape [N,K,3] or [N,3,K] (2-byte whole numbers are thousandths), a .npz with 'points', or a folder of clouds.",
            "Where labels are known, accuracy and a table by class follow."
        },
        mixinStandardHelpOptions = true)
final class ClassifyCommand implements Callable<Integer> {
    enum Turn {
        NONE,
        YAW,
        SO3
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CROPS", description = "See above.")
    private Path crops = Path.of("");

    @Option(names = "--model", description = "Name or folder of a bundle (default ri-edge-sim).")
    private String model = "ri-edge-sim";

    @Option(names = "--out", paramLabel = "FILE", description = "Rows go here (default: output).")
    private @Nullable Path out;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description =
                    "Labels: .csv (index and label or class), .npy, or text with one a line (default: those of the set, or a .csv beside CROPS).")
    private @Nullable Path labels;

    @Option(
            names = "--among",
            split = ",",
            paramLabel = "CLASS",
            description = "Allow only these classes as answers.")
    private List<String> among = new ArrayList<>();

    @Option(names = "--turn", description = "Turn crops first: none, yaw, so3 (default none).")
    private Turn turn = Turn.NONE;

    @Option(names = "--seed", description = "Of --turn (default 1).")
    private long seed = 1;

    @Option(
            names = "--rotations",
            paramLabel = "CSV",
            description = "Turn crops by the columns qw,qx,qy,qz of a table first.")
    private @Nullable Path rotations;

    @Option(names = "--confusion", paramLabel = "FILE", description = "Picture (PNG) of the table.")
    private @Nullable Path confusion;

    @Option(names = "--json", description = "JSON rows, and the table as one object.")
    private boolean json;

    @Option(names = "--keep-going", description = "Clouds that cannot be read become rows 'none'.")
    private boolean keepGoing;

    @Option(names = "--require", description = "E.g. 'accuracy>0.9'; exit code 7 if it fails.")
    private List<String> require = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        require.forEach(Requirement::parse);
        if (turn != Turn.NONE && rotations != null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--turn and --rotations: expected one of them");
        }
        Talk talk = new Talk(spec);
        List<String> broken = new ArrayList<>();
        CropTable table = CropReader.read(crops, keepGoing ? broken::add : null);
        if (labels != null) {
            table = table.labelled(CropLabels.read(labels, table.size()));
        }
        boolean judged = !table.labels().isEmpty();
        if (!judged && (confusion != null || !require.isEmpty())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--confusion and --require need labels: expected --labels FILE");
        }
        broken.forEach(talk::note);
        CropTurns turns = turns(table.size());
        List<CropResult> results;
        EncoderInfo info;
        try (CropEncoder encoder = EncoderStation.open(model)) {
            info = encoder.info();
            results = classifier(encoder).classify(table, turns);
        }
        List<String> rows = rows(results, info.classes());
        if (out != null) {
            write(out, rows);
        } else {
            print(rows, talk);
        }
        noteStatus(results, talk);
        if (judged) {
            judge(ClassTally.of(results, table.labels(), info.classes()), info, talk);
        }
        return broken.isEmpty() ? 0 : ExitCode.PARTIAL.number();
    }

    /** A reader that has enough ends the rows, not the checks. */
    private static void print(List<String> rows, Talk talk) {
        for (String row : rows) {
            if (!talk.data(row)) {
                return;
            }
        }
    }

    private CropClassifier classifier(CropEncoder encoder) {
        try {
            return new CropClassifier(encoder, among);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, "--among: " + e.getMessage());
        }
    }

    private @Nullable CropTurns turns(int n) throws IOException {
        if (rotations != null) {
            return CropTurns.read(rotations, n);
        }
        return switch (turn) {
            case NONE -> null;
            case YAW -> CropTurns.yaw(n, seed);
            case SO3 -> CropTurns.so3(n, seed);
        };
    }

    private List<String> rows(List<CropResult> results, List<String> classes) {
        List<String> rows = new ArrayList<>();
        if (!json) {
            rows.add("index,class,score");
        }
        for (int i = 0; i < results.size(); i++) {
            CropResult r = results.get(i);
            String name = r.best() < 0 ? "none" : classes.get(r.best());
            if (json) {
                ObjectNode row = Json.row().put("index", i).put("class", name);
                row.put("score", r.score());
                rows.add(row.put("status", r.status().name().toLowerCase(Locale.ROOT)).toString());
            } else {
                rows.add(String.format(Locale.ROOT, "%d,%s,%.6f", i, name, r.score()));
            }
        }
        return rows;
    }

    private static void write(Path file, List<String> rows) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (String row : rows) {
                writer.write(row);
                writer.write('\n');
            }
        }
    }

    private static void noteStatus(List<CropResult> results, Talk talk) {
        for (CropStatus status : CropStatus.values()) {
            long n = results.stream().filter(r -> r.status() == status).count();
            if (n > 0 && status != CropStatus.OK) {
                String word = status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
                talk.note("%d of %d crops: %s".formatted(n, results.size(), word));
            }
        }
    }

    /** The table goes where the rows do not. */
    private void judge(ClassTally tally, EncoderInfo info, Talk talk) throws IOException {
        List<String> lines = json ? List.of(summary(tally, info)) : text(tally, info);
        for (String line : lines) {
            if (out == null && !json) {
                talk.note(line);
            } else if (!talk.data(line)) {
                return;
            }
        }
        if (confusion != null) {
            String title = "%s on %s".formatted(shortName(model), crops.getFileName());
            if (!CropConfusionPicture.write(title, tally, confusion)) {
                talk.note("note: this Java runtime has no fonts, so the picture has no text");
            }
        }
        Requirement.check(require, tally.figures());
    }

    private static String shortName(String nameOrFolder) {
        return String.valueOf(Path.of(nameOrFolder).getFileName());
    }

    private String summary(ClassTally tally, EncoderInfo info) {
        ObjectNode node = Json.row().put("model", model).put("group", info.group().name());
        node.put("crops", tally.total());
        tally.figures().forEach((name, value) -> node.set(name, Json.number(value)));
        return node.toString();
    }

    private List<String> text(ClassTally tally, EncoderInfo info) {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%s (%s, %s): %d labelled crops, accuracy %.4f, class mean %.4f",
                        shortName(model),
                        info.id(),
                        info.group(),
                        tally.total(),
                        tally.accuracy(),
                        tally.classMean()));
        lines.add("%-16s %6s %8s %10s".formatted("class", "crops", "recall", "precision"));
        for (int c = 0; c < tally.labels().size(); c++) {
            if (tally.total(c) > 0 || c < tally.answers().size()) {
                double precision = c < tally.answers().size() ? tally.precision(c) : Double.NaN;
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "%-16s %6d %8.4f %10.4f",
                                tally.labels().get(c),
                                tally.total(c),
                                tally.recall(c),
                                precision));
            }
        }
        return lines;
    }
}
