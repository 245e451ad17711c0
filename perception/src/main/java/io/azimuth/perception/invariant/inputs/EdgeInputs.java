package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Inputs of {@code ri-edge}: for each kept point and each of its neighbours, the neighbour's place
 * and normal in the point's frame; for each point its {@link PointContext}; for the crop its size.
 * Source: study of crop encoders, sections 4.2 and 13.
 */
final class EdgeInputs implements CropInputs {
    private static final int TILTED_FEATURES = 16;
    private static final int UPRIGHT_FEATURES = 19;
    private static final double DISTANCE_SCALE = 0.4;

    private final int points;
    private final int neighbours;
    private final int features;
    private final boolean upright;
    private final boolean mirrored;
    private final boolean scene;
    private final SampledCrop crop;
    private final LocalFrames frames;
    private final NeighbourLists lists;
    private final PointContext context;
    private final List<TensorSpec> specs;
    private final float[] edge;
    private final float[] glob;
    private final float[] contextRows;

    EdgeInputs(InputConfig config) {
        points = config.points();
        neighbours = config.neighbours();
        upright = config.group() == SymmetryGroup.YAW;
        mirrored = config.group() == SymmetryGroup.O3;
        scene = config.sceneGlobals();
        features = upright ? UPRIGHT_FEATURES : TILTED_FEATURES;
        crop = new SampledCrop(config);
        frames = new LocalFrames(config);
        lists = new NeighbourLists(config);
        context = new PointContext(config);
        edge = new float[points * neighbours * features];
        glob = new float[(upright ? 6 : 4) + (scene ? (upright ? 2 : 1) : 0)];
        contextRows = new float[points * context.width()];
        specs =
                List.of(
                        SampledCrop.spec(
                                "edge",
                                "NPKF",
                                "neighbours in the frame of each point",
                                points,
                                neighbours,
                                features),
                        lists.spec(),
                        SampledCrop.spec("glob", "NF", "size of the crop", glob.length),
                        SampledCrop.spec(
                                "context",
                                "NPF",
                                "the crop seen from each point",
                                points,
                                context.width()));
    }

    @Override
    public List<TensorSpec> specs() {
        return specs;
    }

    @Override
    public CropStatus prepare(Crop given) {
        CropStatus status = crop.take(given);
        lists.find(crop.kept);
        frames.compute(crop, lists);
        for (int i = 0; i < crop.kept.size; i++) {
            edgesOf(i);
        }
        SampledCrop.pad(edge, neighbours * features, crop.kept.size, points);
        context.compute(crop, frames, contextRows);
        globals();
        return status;
    }

    private void edgesOf(int i) {
        int k = lists.count(i);
        double mean = 0;
        for (int j = 0; j < k; j++) {
            mean += Math.sqrt(lists.squared(i, j)) / k;
        }
        for (int j = 0; j < neighbours; j++) {
            // a small cloud has too few: the nearest again, or the point itself
            int q = k == 0 ? i : lists.neighbour(i, j < k ? j : 0);
            edge(i, q, mean, features * (neighbours * i + j));
        }
    }

    private void edge(int i, int q, double mean, int start) {
        Cloud kept = crop.kept;
        double ex = kept.x[q] - kept.x[i];
        double ey = kept.y[q] - kept.y[i];
        double ez = kept.z[q] - kept.z[i];
        double d = Math.sqrt(ex * ex + ey * ey + ez * ez);
        double[] n = frames.normal;
        double[] a = frames.axes;
        int at = start;
        edge[at++] = (float) (2 * dot(a, 9 * i, ex, ey, ez));
        edge[at++] = (float) (2 * dot(a, 9 * i + 3, ex, ey, ez));
        edge[at++] = aside(2 * dot(a, 9 * i + 6, ex, ey, ez));
        edge[at++] = (float) (2 * d);
        at = inFrame(i, n[3 * q], n[3 * q + 1], n[3 * q + 2], at);
        edge[at++] = d > 0 ? (float) (dot(n, 3 * i, ex, ey, ez) / d) : 0;
        edge[at++] = d > 0 ? (float) (dot(n, 3 * q, ex, ey, ez) / d) : 0;
        edge[at++] = (float) kept.toCentre[q];
        if (upright) {
            edge[at++] = (float) dot(a, 9 * i + 3, kept.x[i], kept.y[i], kept.z[i]);
            edge[at++] = (float) dot(a, 9 * i, kept.x[i], kept.y[i], kept.z[i]);
            at = inFrame(i, n[3 * i], n[3 * i + 1], n[3 * i + 2], at);
        } else {
            edge[at++] = (float) kept.toCentre[i];
            edge[at++] = (float) dot(a, 9 * i, kept.x[i], kept.y[i], kept.z[i]);
        }
        for (int c = 0; c < 3; c++) {
            edge[at++] = (float) frames.shape[3 * i + c];
        }
        edge[at] = (float) (2 * mean);
    }

    private int inFrame(int i, double x, double y, double z, int at) {
        edge[at] = (float) dot(frames.axes, 9 * i, x, y, z);
        edge[at + 1] = (float) dot(frames.axes, 9 * i + 3, x, y, z);
        edge[at + 2] = aside(dot(frames.axes, 9 * i + 6, x, y, z));
        return at + 3;
    }

    /** Along the third axis, the only one that a mirror turns round. */
    private float aside(double value) {
        return (float) (mirrored ? Math.abs(value) : value);
    }

    private void globals() {
        double[] values = crop.axes.values();
        for (int k = 0; k < 3; k++) {
            glob[k] = (float) Math.sqrt(values[k]);
        }
        glob[3] = crop.logCount();
        if (upright) {
            double low = 0;
            double high = 0;
            Cloud all = crop.clean.points;
            for (int i = 0; i < all.size; i++) {
                double h = dot(crop.clean.up, 0, all.x[i], all.y[i], all.z[i]);
                low = Math.min(low, h);
                high = Math.max(high, h);
            }
            glob[4] = (float) low;
            glob[5] = (float) high;
        }
        if (scene) {
            sceneGlobals(upright ? 6 : 4);
        }
    }

    /**
     * The logarithm of the distance, so that with those of size and count a sum tells how densely
     * the crop fills its cone of view; for YAW of the horizontal one, and the sensor's height,
     * which with the lowest point stands for height over the ground.
     */
    private void sceneGlobals(int at) {
        double[] s = crop.clean.sensor;
        double height = dot(crop.clean.up, 0, s[0], s[1], s[2]);
        double squared = s[0] * s[0] + s[1] * s[1] + s[2] * s[2];
        double flat = upright ? Math.max(0, squared - height * height) : squared;
        glob[at] = (float) (DISTANCE_SCALE * StrictMath.log(1 + Math.sqrt(flat)));
        if (upright) {
            glob[at + 1] = (float) height;
        }
    }

    @Override
    public void sightLine(double[] out) {
        crop.sightLine(out);
    }

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public void write(int part, FloatBuffer[] tensors, int row) {
        SampledCrop.put(tensors[0], row, edge);
        SampledCrop.put(tensors[1], row, lists.ranked());
        SampledCrop.put(tensors[2], row, glob);
        SampledCrop.put(tensors[3], row, contextRows);
    }

    static double dot(double[] v, int at, double x, double y, double z) {
        return v[at] * x + v[at + 1] * y + v[at + 2] * z;
    }
}
