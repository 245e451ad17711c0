package io.azimuth.connectors.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Crops to train recognition with: the points of single objects and of background, cut from
 * simulated sweeps as a detector's boxes would cut them, classes about equally often (see the
 * package's description for the files). Same options, same bytes, whatever the workers; a run
 * continues one that was interrupted or had a smaller count.
 */
public final class CropSet implements DatasetFolder.Maker {
    private static final int VERSION = 1;

    /**
     * What to write.
     *
     * @param count of crops, 1 .. 10 million
     * @param seed of the set; the towns' seeds are drawn from it
     * @param family of the towns; B is held out
     * @param sensor of the sweeps
     * @param jitter whether boxes are misplaced and crops lose parts, beams and points, as those of
     *     detections do; with {@link SensorChoice#MIXED} half of the sweeps lose beams and returns
     *     too
     * @param lone whether each crop shows one object on empty ground instead of a part of a town
     *     (see {@link LoneShard})
     * @param shardSize crops a shard, 8 .. 4096
     * @param workers shards made at once, 1 .. 64
     */
    public record Options(
            int count,
            long seed,
            TownFamily family,
            SensorChoice sensor,
            boolean jitter,
            boolean lone,
            int shardSize,
            int workers) {
        public Options {
            FrameSetOptions.require("count", count, 1, 10_000_000);
            FrameSetOptions.require("shardSize", shardSize, 8, 4096);
            FrameSetOptions.require("workers", workers, 1, 64);
        }

        /** Family A, all sensors, spoiled, 500 crops a shard. */
        public static Options of(int count, long seed) {
            return new Options(count, seed, TownFamily.A, SensorChoice.MIXED, true, false, 500, 1);
        }
    }

    private final Options options;
    private final DatasetFolder folder;

    private CropSet(Options options, Path out) {
        this.options = options;
        folder = new DatasetFolder(out, options.count(), options.shardSize());
    }

    /**
     * Writes what is missing of a simulated set.
     *
     * @param out made if missing; empty, or an unfinished or smaller set of the same options
     * @param program name and version that the manifest gives as the writer
     * @param progress told a line a shard
     * @throws IllegalArgumentException if {@code out} holds a set of other options
     * @throws java.nio.file.FileAlreadyExistsException if {@code out} holds something else
     */
    public static DatasetReport write(
            Path out, Options options, String program, Consumer<String> progress)
            throws IOException, InterruptedException {
        CropSet set = new CropSet(options, out);
        ObjectNode identity = set.identity();
        set.folder.open(identity);
        int[] made = new int[1];
        List<ObjectNode> sidecars = set.folder.make(set, options.workers(), progress, made);
        CropMerge.write(out, set.folder.shards());
        List<Histogram> counts =
                set.folder.finish(sidecars, set, manifest(identity, options.count(), program));
        return new DatasetReport(options.count(), made[0], sidecars.size() - made[0], counts);
    }

    /**
     * Cuts the labelled objects of a drive: boxes of a known class with 5 points or more, exactly
     * as labelled (grown as every crop's box is). Groups are tracks.
     *
     * @param out made if missing; empty, or a set of the same drive
     * @param drive stays the caller's to close
     * @return how many crops there are
     * @throws IllegalArgumentException if the drive has no labels, or {@code out} holds another set
     */
    public static DatasetReport cut(
            Path out, Drive drive, String program, Consumer<String> progress)
            throws IOException, InterruptedException {
        return DriveCrops.write(out, drive, program, progress);
    }

    private ObjectNode identity() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("kind", "crops");
        node.put("generator", VERSION + "/" + Generator.version(options.family()));
        node.put("seed", options.seed());
        node.put("family", options.family().name().toLowerCase(Locale.ROOT));
        node.put("sensor", options.sensor().label());
        node.put("jitter", options.jitter());
        if (options.lone()) {
            node.put("lone", LoneShard.VERSION);
        } else if (options.family() == TownFamily.A) { // its towns stand among decoys
            node.put("decoysGenerator", Generator.decoysVersion());
        }
        node.put("shardSize", options.shardSize());
        return node;
    }

    static ObjectNode manifest(ObjectNode identity, int count, String program) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("schemaVersion", 1);
        node.put("program", program);
        node.set("options", identity);
        node.put("count", count);
        ArrayNode classes = node.putArray("classes");
        for (CropClass c : CropClass.ALL) {
            classes.add(c.label());
        }
        return node;
    }

    @Override
    public ObjectNode make(int shard, Path out, List<Histogram> counts) throws IOException {
        try (CropFiles files = new CropFiles(out, false)) {
            int first = shard * options.shardSize();
            CropShard.Sink sink =
                    crop -> {
                        files.add(first + files.crops(), crop);
                        count(crop, counts);
                    };
            if (options.lone()) {
                new LoneShard(options, shard, folder.items(shard)).draw(sink);
            } else {
                new CropShard(options, shard, folder.items(shard)).draw(sink);
            }
            ObjectNode notes = new ObjectMapper().createObjectNode();
            notes.put("points", files.points());
            return notes;
        }
    }

    static void count(CropDraft crop, List<Histogram> counts) {
        String c = crop.cropClass().label();
        counts.get(0).add(c, crop.rangeM());
        counts.get(1).add(c, crop.size());
        counts.get(2).add(c, crop.kept());
    }

    @Override
    public List<Histogram> histograms() {
        return newHistograms();
    }

    static List<Histogram> newHistograms() {
        return List.of(
                Histogram.even("distance", "m", 0, 60, 12),
                Histogram.of("points", "", 0, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096),
                Histogram.even("kept", "", 0, 1, 10));
    }
}
