package io.azimuth.jobs.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.mcap.McapCompression;
import io.azimuth.connectors.mcap.McapDamage;
import io.azimuth.connectors.mcap.McapRecovery;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a whole MCAP file of a damaged one. */
@Command(
        name = "recover",
        description =
                "Write what is whole in a damaged MCAP file into a new one, and read that back before saying so.",
        mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "IN", description = "The damaged MCAP file.")
    private Path in = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The new file; must not exist.")
    private Path out = Path.of("");

    @Option(
            names = "--compression",
            paramLabel = "KIND",
            description = "Of the new file: none, lz4 or zstd (default zstd).")
    private McapCompression compression = McapCompression.ZSTD;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (Files.isDirectory(in)) {
            throw new FileSystemException(in.toString(), null, "is a folder, not an MCAP file");
        }
        McapRecovery.Result result = McapRecovery.recover(in, out, compression);
        Talk talk = new Talk(spec);
        McapDamage damage = result.damage();
        long lost = damage == null ? 0 : damage.bytesLost();
        if (json) {
            ObjectNode row = Json.row();
            row.put("out", out.toString()).put("messages", result.messages());
            row.put("chunks", result.chunks()).put("attachments", result.attachments());
            row.put("metadata", result.metadata()).put("bytesLost", lost);
            row.put("faults", damage == null ? 0 : damage.faults());
            row.put("reason", damage == null ? null : damage.reason());
            talk.data(row.toString());
        } else {
            talk.data(
                    String.format(
                            Locale.ROOT,
                            "%s: %d messages from %d chunks, %d attachments, %d metadata records; %d bytes lost",
                            Talk.printable(out.toString()),
                            result.messages(),
                            result.chunks(),
                            result.attachments(),
                            result.metadata(),
                            lost));
            if (damage != null) {
                talk.note(
                        "note: %d faults, the first: %s"
                                .formatted(damage.faults(), damage.reason()));
            }
        }
        return ExitCode.OK.number();
    }
}
