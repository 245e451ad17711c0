package io.azimuth.jobs.cli;

import io.azimuth.connectors.arrays.NpyRows;
import io.azimuth.connectors.crops.CropReader;
import io.azimuth.connectors.crops.CropTable;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.SymmetryGroup;
import io.azimuth.perception.invariant.inputs.CropInputs;
import io.azimuth.perception.invariant.inputs.EncoderOption;
import io.azimuth.perception.invariant.inputs.InputConfig;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tensors to train a crop encoder with, made by the code that will serve it. */
@Command(
        name = "prepare",
        description = {
            "Write the input tensors of a crop encoder for all crops, in order: one .npy a tensor,",
            "and prepared.json with the shapes and the 'preprocessing' of the bundle to be."
        },
        mixinStandardHelpOptions = true)
final class CropsPrepareCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "CROPS",
            description =
                    "A crop set's folder, a .npy [N,K,3] or [N,3,K], a .npz, or a folder of clouds.")
    private Path crops = Path.of("");

    @Option(names = "--encoder", required = true, description = "The encoder, e.g. ri-edge.")
    private String encoder = "";

    @Option(names = "--group", description = "none, yaw, so3 or o3 (default the usual one).")
    private @Nullable SymmetryGroup group;

    @Option(names = "--points", description = "Points kept of a crop (default 128).")
    private int points = 128;

    @Option(names = "--neighbours", description = "Neighbours of a point (default 10).")
    private int neighbours = 10;

    @Option(
            names = "--no-viewpoint",
            description = "Leave the sensor out: normals point away from the centroid.")
    private boolean noViewpoint;

    @Option(names = "--normalise", description = "none (metres) or unit-sphere (default none).")
    private String normalise = "none";

    @Option(names = "--dense-normals", description = "Normals from all points, not the kept ones.")
    private boolean denseNormals;

    @Option(
            names = "--wide-neighbours",
            description = "The neighbour tensor holds ranks k + 3, k + 6, ... 4 k.")
    private boolean wideNeighbours;

    @Option(
            names = "--scene-globals",
            description = "Tell ri-edge's globals how far the sensor is (and for yaw how high).")
    private boolean sceneGlobals;

    @Option(names = "--half", description = "Write float16 (indices up to 2048 stay exact).")
    private boolean half;

    @Option(names = "--from", description = "First crop (default 0).")
    private int from;

    @Option(names = "--to", description = "Crop to stop before (default all).")
    private int to = Integer.MAX_VALUE;

    @Option(
            names = "--part",
            description =
                    "Of crops that fill several rows (frame-avg, axes alike), which one (default 0; counted round).")
    private int part;

    @Option(names = "--out", required = true, description = "Folder; made if need be.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        InputConfig config = config();
        CropInputs inputs = CropInputs.of(config);
        CropTable set = CropReader.read(crops, null);
        int end = Math.min(to, set.size());
        if (from < 0 || from > end) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--from is %d, accepted 0 to %d".formatted(from, end));
        }
        Files.createDirectories(out);
        Map<CropStatus, Integer> statuses = write(inputs, set, end);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("crops", end - from);
        told.put("from", from);
        told.put("part", part);
        told.put("preprocessing", config.manifest());
        Map<String, Object> tensors = new LinkedHashMap<>();
        for (TensorSpec tensor : inputs.specs()) {
            tensors.put(tensor.name(), tensor.shape().subList(1, tensor.shape().size()));
        }
        told.put("tensors", tensors);
        Map<String, Object> counts = new LinkedHashMap<>();
        statuses.forEach((status, count) -> counts.put(status.name(), count));
        told.put("status", counts);
        Files.writeString(out.resolve("prepared.json"), Json.text(told) + "\n");
        new Talk(spec).data("%s: %d crops, %d tensors".formatted(out, end - from, tensors.size()));
        return 0;
    }

    private Map<CropStatus, Integer> write(CropInputs inputs, CropTable set, int end)
            throws IOException {
        Map<CropStatus, Integer> statuses = new EnumMap<>(CropStatus.class);
        List<NpyRows> files = new ArrayList<>();
        List<TensorSpec> specs = inputs.specs();
        float[][] rows = new float[specs.size()][];
        FloatBuffer[] buffers = new FloatBuffer[specs.size()];
        try {
            for (int t = 0; t < rows.length; t++) {
                TensorSpec tensor = specs.get(t);
                rows[t] = new float[tensor.rowElements()];
                buffers[t] = FloatBuffer.wrap(rows[t]);
                List<Integer> shape = new ArrayList<>(tensor.shape());
                shape.set(0, end - from);
                files.add(new NpyRows(out.resolve(tensor.name() + ".npy"), shape, half));
            }
            for (int i = from; i < end; i++) {
                statuses.merge(inputs.prepare(set.crop(i)), 1, Integer::sum);
                inputs.write(Math.floorMod(part, inputs.rows()), buffers, 0);
                for (int t = 0; t < rows.length; t++) {
                    files.get(t).put(rows[t], rows[t].length);
                }
            }
        } finally {
            for (NpyRows file : files) {
                file.close();
            }
        }
        return statuses;
    }

    private InputConfig config() {
        if (!normalise.equals("none") && !normalise.equals("unit-sphere")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--normalise is '%s', accepted none, unit-sphere".formatted(normalise));
        }
        try {
            EncoderOption option = EncoderOption.ofLabel(encoder);
            return new InputConfig(
                    option,
                    group == null ? option.groups().get(0) : group,
                    points,
                    neighbours,
                    !noViewpoint,
                    normalise.equals("unit-sphere"),
                    denseNormals,
                    wideNeighbours,
                    sceneGlobals);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
