package io.azimuth.connectors.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.format.CloudOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Pairs of scans with the exact transform between them: {@code pairs.csv} and the scans,
 * compensated to mid-sweep unless they are to be bent, as KITTI's {@code .bin}. Pair {@code i} has
 * the scans {@code 2 i} (target) and {@code 2 i + 1} (source); scan {@code s} is {@code
 * shard-%05d/%010d.bin} of shard {@code s / (2 shardSize)}. Same options, same bytes, whatever the
 * workers; a run continues one that was interrupted or had a smaller count.
 */
public final class PairSet implements DatasetFolder.Maker {
    private final PairSetOptions options;
    private final DatasetFolder folder;

    private PairSet(PairSetOptions options, Path out) {
        this.options = options;
        folder = new DatasetFolder(out, options.count(), options.shardSize());
    }

    /**
     * Writes what is missing.
     *
     * @param out made if missing; empty, or an unfinished or smaller set of the same options
     * @param program name and version that the manifest gives as the writer
     * @param progress told a line a shard
     * @throws IllegalArgumentException if {@code out} holds a set of other options
     * @throws java.nio.file.FileAlreadyExistsException if {@code out} holds something else
     * @throws io.azimuth.perception.geometry.MalformedDataException if the towns have no pair that
     *     meets the profile
     */
    public static DatasetReport write(
            Path out, PairSetOptions options, String program, Consumer<String> progress)
            throws IOException, InterruptedException {
        PairSet set = new PairSet(options, out);
        ObjectNode identity = set.identity();
        set.folder.open(identity);
        int[] made = new int[1];
        List<ObjectNode> sidecars = set.folder.make(set, options.workers(), progress, made);
        set.table(out.resolve("pairs.csv"), sidecars);
        ObjectNode manifest = new ObjectMapper().createObjectNode();
        manifest.put("schemaVersion", 1);
        manifest.put("program", program);
        manifest.set("options", identity);
        manifest.put("count", options.count());
        manifest.put("voxelM", Overlap.VOXEL_M);
        manifest.put("reachM", Overlap.REACH_M);
        manifest.put("pairsSha256", ShardFolder.sha256(out.resolve("pairs.csv")));
        List<Histogram> counts = set.folder.finish(sidecars, set, manifest);
        return new DatasetReport(options.count(), made[0], sidecars.size() - made[0], counts);
    }

    private ObjectNode identity() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("kind", "pairs");
        node.put("generator", Generator.version(options.family()));
        node.put("seed", options.seed());
        node.put("profile", options.profile().label());
        node.put("family", options.family().name().toLowerCase(Locale.ROOT));
        node.put("sensor", options.sensor().label());
        node.put("shardSize", options.shardSize());
        if (options.bent()) { // sets of before know no such option
            node.put("bent", true);
        }
        return node;
    }

    private void table(Path file, List<ObjectNode> sidecars) throws IOException {
        StringBuilder text = new StringBuilder(ScanPair.HEADER).append('\n');
        for (ObjectNode sidecar : sidecars) {
            for (JsonNode row : sidecar.path("rows")) {
                text.append(row.asText()).append('\n');
            }
        }
        Path part = file.resolveSibling("pairs.csv.part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public ObjectNode make(int shard, Path out, List<Histogram> counts) throws IOException {
        ObjectNode notes = new ObjectMapper().createObjectNode();
        ArrayNode rows = notes.putArray("rows");
        PairDraw draw = new PairDraw(options);
        int first = shard * options.shardSize();
        for (int number = first; number < first + folder.items(shard); number++) {
            ScanPair pair = draw.draw(number);
            write(out, 2 * number, pair.target());
            write(out, 2 * number + 1, pair.source());
            rows.add(pair.row(2 * number, 2 * number + 1));
            String group = pair.negative() ? "negative" : "positive";
            if (pair.targetFromSource() != null) {
                counts.get(0).add(group, pair.distanceM());
                counts.get(1).add(group, pair.angleDeg());
            }
            counts.get(2).add(group, pair.overlap());
            counts.get(3).add("target", pair.target().points().size());
            counts.get(3).add("source", pair.source().points().size());
        }
        return notes;
    }

    private static void write(Path out, int id, PairScan scan) throws IOException {
        CloudOutput.BIN.write(out.resolve("%010d.bin".formatted(id)), scan.points());
    }

    @Override
    public List<Histogram> histograms() {
        double most = options.profile().negative() ? 300 : 80;
        return List.of(
                Histogram.even("distance", "m", 0, most, 20),
                Histogram.even("angle", "degrees", 0, 180, 18),
                Histogram.even("overlap", "", 0, 1, 20),
                Histogram.even("scan-points", "", 0, 260_000, 26));
    }
}
