package io.azimuth.connectors.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.connectors.drive.Drive;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.polar.Canvas;
import io.azimuth.perception.simulation.SimulatedSweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The labelled sweeps of a drive as frames to train a detector with: the files of {@link FrameSet},
 * with a canvas. All points are drawn; the canvas' index says in which sector labels can be
 * trusted. In {@code label}, what lies within no box is -1, whatever surface it is. Town, sensor
 * and sizes are -1 in {@code index}. A box of class unknown is neither to be found nor to be
 * missed: so are parked vehicles in sweeps that lack their label. Not thread-safe.
 */
public final class DriveFrames implements DatasetFolder.Maker {
    private static final int SHARD_SIZE = 64;
    private static final int VERSION = 1;

    /**
     * What to write.
     *
     * @param from position in the drive of the first sweep
     * @param to position after the last
     * @param canvas not {@link CanvasChoice#NONE}
     * @param sectorFromDeg azimuth at which labels begin, -180 .. 180
     * @param sectorToDeg azimuth at which they end, after {@code sectorFromDeg}
     * @param unlabelled whether sweeps without labels are taken too; their sector is empty
     */
    public record Options(
            int from,
            int to,
            CanvasChoice canvas,
            double sectorFromDeg,
            double sectorToDeg,
            boolean unlabelled) {
        /** Half the labelled field of KITTI's camera, degrees. */
        private static final double FRONT_DEG = 40;

        public Options {
            FrameSetOptions.require("from", from, 0, Integer.MAX_VALUE);
            FrameSetOptions.require("to", to, from + 1, Integer.MAX_VALUE);
            if (canvas == CanvasChoice.NONE) {
                throw new IllegalArgumentException(
                        "canvas is none, expected one that a network reads");
            }
            if (!(sectorFromDeg >= -180 && sectorToDeg <= 180 && sectorFromDeg < sectorToDeg)) {
                throw new IllegalArgumentException(
                        "labelled sector is %s .. %s degrees, expected ascending within -180 .. 180"
                                .formatted(sectorFromDeg, sectorToDeg));
            }
        }

        /** Labels all round, or 40 degrees to each side where only the front view has any. */
        public static Options of(int from, int to, CanvasChoice canvas, boolean frontViewOnly) {
            double half = frontViewOnly ? FRONT_DEG : 180;
            return new Options(from, to, canvas, -half, half, false);
        }

        /** The same with the sweeps that have no labels. */
        public Options withUnlabelled() {
            return new Options(from, to, canvas, sectorFromDeg, sectorToDeg, true);
        }
    }

    private final Drive drive;
    private final Options options;
    private final LabelledSweeps labelled;
    private final DatasetFolder folder;

    private DriveFrames(Drive drive, Options options, Path out) throws IOException {
        this.drive = drive;
        this.options = options;
        labelled = new LabelledSweeps(drive, options.from(), options.to(), options.unlabelled());
        folder = new DatasetFolder(out, labelled.count(), SHARD_SIZE);
    }

    /**
     * Writes what is missing.
     *
     * @param out made if missing; empty, or an unfinished set of the same drive and options
     * @param drive stays the caller's to close
     * @param program name and version that the manifest gives as the writer
     * @param progress told a line a shard
     * @throws IllegalArgumentException if no sweep of the range was labelled, the range leaves the
     *     drive, or {@code out} holds another set
     * @throws java.nio.file.FileAlreadyExistsException if {@code out} holds something else
     */
    public static DatasetReport write(
            Path out, Drive drive, Options options, String program, Consumer<String> progress)
            throws IOException, InterruptedException {
        DriveFrames set = new DriveFrames(drive, options, out);
        if (drive.info().deskew() && !set.labelled.hasMotion()) {
            progress.accept("note: the drive has no poses; its sweeps are drawn as measured");
        }
        ObjectNode identity = set.identity();
        set.folder.open(identity);
        int[] made = new int[1];
        List<ObjectNode> sidecars =
                set.folder.make(set, 1, progress, made); // a drive has one reader
        List<Histogram> counts = set.folder.finish(sidecars, set, set.manifest(identity, program));
        return new DatasetReport(set.labelled.count(), made[0], sidecars.size() - made[0], counts);
    }

    private ObjectNode identity() {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("kind", "drive-frames");
        node.put("generator", "drive-" + VERSION);
        node.put("drive", drive.id());
        node.put("format", drive.info().format());
        node.put("from", options.from());
        node.put("to", options.to());
        node.put("frames", labelled.count());
        node.put("periodSeconds", drive.info().periodSeconds());
        node.put("shardSize", SHARD_SIZE);
        node.put("canvas", options.canvas().label());
        node.put("unlabelled", options.unlabelled());
        node.putArray("sectorDeg").add(options.sectorFromDeg()).add(options.sectorToDeg());
        return node;
    }

    private ObjectNode manifest(ObjectNode identity, String program) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("schemaVersion", 1);
        node.put("program", program);
        node.set("options", identity);
        node.put("count", labelled.count());
        node.put("pointStepM", FrameFiles.STEP_M);
        node.put("intensityStep", 1.0 / Short.MAX_VALUE);
        ArrayNode classes = node.putArray("classes");
        for (ObjectClass c : ObjectClass.values()) {
            classes.add(c.label());
        }
        options.canvas().describe(node);
        return node;
    }

    @Override
    public ObjectNode make(int shard, Path out, List<Histogram> counts) throws IOException {
        int first = shard * SHARD_SIZE;
        ObjectNode notes = new ObjectMapper().createObjectNode();
        Canvas canvas = options.canvas().canvas();
        if (canvas == null) {
            throw new IllegalStateException("options refuse frames without a canvas");
        }
        Treatment nowhere = Treatment.sector(0, 0);
        Treatment everywhere =
                Treatment.sector(
                        Math.toRadians(options.sectorFromDeg()),
                        Math.toRadians(options.sectorToDeg()));
        PointCloud reuse = new PointCloud();
        try (FrameFiles files = new FrameFiles(out);
                CanvasFiles canvases = new CanvasFiles(out, canvas, true)) {
            for (int frame = first; frame < first + folder.items(shard); frame++) {
                SimulatedSweep sweep = labelled.read(frame, reuse);
                double[] twist = labelled.twist(frame);
                files.add(frame, labelled.header(frame, sweep.sweep()), sweep, twist, counts);
                canvases.add(sweep, twist, labelled.isLabelled(frame) ? everywhere : nowhere);
            }
            notes.put("points", files.pointCount());
            notes.put("boxes", files.boxCount());
        }
        return notes;
    }

    @Override
    public List<Histogram> histograms() {
        return FrameSet.newHistograms();
    }
}
