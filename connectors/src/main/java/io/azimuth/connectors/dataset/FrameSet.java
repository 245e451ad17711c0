package io.azimuth.connectors.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.polar.Canvas;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.SizeRegion;
import io.azimuth.perception.simulation.Surface;
import io.azimuth.perception.simulation.TownDrive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames to train a detector with, written as shards of plain {@code .npy} files (see the package's
 * description for the columns). Same options, same bytes, whatever the workers; a run continues one
 * that was interrupted or had a smaller count. Needs memory for one town and one sweep a worker.
 */
public final class FrameSet implements DatasetFolder.Maker {
    private static final int CANDIDATES_VERSION = 2; // 2: vehicles are turned along their sides

    private final FrameSetOptions options;
    private final DatasetFolder folder;

    private FrameSet(FrameSetOptions options, Path out) {
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
     */
    public static DatasetReport write(
            Path out, FrameSetOptions options, String program, Consumer<String> progress)
            throws IOException, InterruptedException {
        FrameSet set = new FrameSet(options, out);
        ObjectNode identity = set.identity();
        set.folder.open(identity);
        int[] made = new int[1];
        List<ObjectNode> sidecars = set.folder.make(set, options.workers(), progress, made);
        List<Histogram> counts = set.folder.finish(sidecars, set, set.manifest(identity, program));
        return new DatasetReport(options.count(), made[0], sidecars.size() - made[0], counts);
    }

    private ObjectNode identity() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("kind", "frames");
        node.put("generator", Generator.version(options.family()));
        node.put("seed", options.seed());
        node.put("family", options.family().name().toLowerCase(Locale.ROOT));
        node.put("sizes", options.sizes().name().toLowerCase(Locale.ROOT));
        node.put("sensor", options.sensor().label());
        node.put("shardSize", options.shardSize());
        node.put("stride", options.stride());
        node.put("townFrames", options.townFrames());
        if (options.canvas() != CanvasChoice.NONE) { // older sets do not say
            node.put("canvas", options.canvas().label());
        }
        if (!options.thinning().equals(FrameSetOptions.Thinning.NONE)) {
            options.thinning().describe(node);
        }
        if (options.decoys() > 0) {
            node.put("decoys", options.decoys());
            node.put("decoysGenerator", Generator.decoysVersion());
        }
        if (hasCandidates()) {
            node.put("candidates", options.candidates());
            node.put("candidatesVersion", CANDIDATES_VERSION);
        }
        return node;
    }

    private ObjectNode manifest(ObjectNode identity, String program) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("schemaVersion", 1);
        node.put("program", program);
        node.set("options", identity);
        node.put("count", options.count());
        node.put("pointStepM", FrameFiles.STEP_M);
        node.put("intensityStep", 1.0 / Short.MAX_VALUE);
        ArrayNode classes = node.putArray("classes");
        for (ObjectClass c : ObjectClass.values()) {
            classes.add(c.label());
        }
        ArrayNode surfaces = node.putArray("surfaces");
        for (Surface s : Surface.values()) {
            surfaces.add(s.name().toLowerCase(Locale.ROOT));
        }
        ArrayNode sensors = node.putArray("sensors");
        for (SensorChoice s : SensorChoice.KINDS) {
            sensors.add(s.label());
        }
        ArrayNode sizes = node.putArray("sizes");
        for (SizeRegion s : SizeRegion.values()) {
            sizes.add(s.name().toLowerCase(Locale.ROOT));
        }
        options.canvas().describe(node);
        return node;
    }

    @Override
    public ObjectNode make(int shard, Path out, List<Histogram> counts) throws IOException {
        int first = shard * options.shardSize();
        ObjectNode notes = new ObjectMapper().createObjectNode();
        try (FrameFiles files = new FrameFiles(out);
                CanvasFiles canvases = canvases(out);
                CandidateFiles candidates =
                        hasCandidates() ? new CandidateFiles(out, options.candidates()) : null) {
            FramePlan plan = null;
            TownDrive drive = null;
            for (int frame = first; frame < first + folder.items(shard); frame++) {
                int slot = frame % options.townFrames();
                if (plan == null || drive == null || slot == 0) {
                    plan = FramePlan.of(options, frame / options.townFrames());
                    drive = new TownDrive(plan.town());
                }
                SimulatedSweep whole = drive.sweep(0, slot, slot * options.stride());
                double[] twist = twist(drive, slot, whole);
                SensorModel model = plan.town().sensors().get(slot);
                Draws draws = new Draws(options.seed(), FrameSetOptions.Thinning.PURPOSE, frame);
                Treatment treatment = options.thinning().drawn(model.rings(), draws);
                SimulatedSweep sweep = treatment.thinned(whole, model.columns(), draws);
                files.add(frame, FrameHeader.of(plan, slot), sweep, twist, counts);
                if (canvases != null) {
                    canvases.add(sweep, twist, treatment);
                }
                if (candidates != null) {
                    candidates.add(frame, sweep, twist);
                }
            }
            notes.put("points", files.pointCount());
            notes.put("boxes", files.boxCount());
        }
        return notes;
    }

    private boolean hasCandidates() {
        return !options.candidates().equals(FrameSetOptions.NO_CANDIDATES);
    }

    private @Nullable CanvasFiles canvases(Path out) throws IOException {
        Canvas canvas = options.canvas().canvas();
        boolean treated = !options.thinning().equals(FrameSetOptions.Thinning.NONE);
        return canvas == null ? null : new CanvasFiles(out, canvas, treated);
    }

    /** Motion of the sensor from a sweep's first to its last instant. */
    private static double[] twist(TownDrive drive, int sensor, SimulatedSweep made) {
        RigidTransform start = drive.worldFromSensor(0, sensor, made.sweep().startNanos());
        RigidTransform end = drive.worldFromSensor(0, sensor, made.sweep().endNanos());
        return start.inverse().times(end).log();
    }

    @Override
    public List<Histogram> histograms() {
        return newHistograms();
    }

    static List<Histogram> newHistograms() {
        return List.of(
                Histogram.even("distance", "m", 0, 120, 24),
                Histogram.of(
                        "points", "", 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000,
                        100_000),
                Histogram.even("occlusion", "", 0, 1, 20),
                Histogram.even("sweep-points", "", 0, 260_000, 26));
    }
}
