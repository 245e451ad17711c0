package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Inputs of {@code ponita}: each kept point with one orientation o, its normal, so that the
 * attributes of a pair are those of R^3 x S^2: {@code o_i.e}, the rest of e, {@code o_i.o_j}; and
 * of the point itself its place relative to the centroid and how its normal stands to the line of
 * sight. Source: Bekkers et al., "Fast, Expressive SE(n) Equivariant Networks through
 * Weight-Sharing in Position-Orientation Space" (ICLR 2024).
 */
final class OrientedInputs implements CropInputs {
    private final int points;
    private final int neighbours;
    private final boolean viewpoint;
    private final int width;
    private final SampledCrop crop;
    private final LocalFrames frames;
    private final NeighbourLists lists;
    private final float[] edge;
    private final float[] glob = new float[4];
    private final List<TensorSpec> specs;

    OrientedInputs(InputConfig config) {
        points = config.points();
        neighbours = config.neighbours();
        viewpoint = config.viewpoint();
        width = viewpoint ? 6 : 5;
        crop = new SampledCrop(config);
        frames = new LocalFrames(config);
        lists = new NeighbourLists(config);
        edge = new float[points * neighbours * width];
        specs =
                List.of(
                        SampledCrop.spec(
                                "edge",
                                "NPKF",
                                "attributes of oriented pairs",
                                points,
                                neighbours,
                                width),
                        lists.spec(),
                        SampledCrop.spec("glob", "NF", "size of the crop", glob.length));
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
            int k = lists.count(i);
            for (int j = 0; j < neighbours; j++) {
                int q = k == 0 ? i : lists.neighbour(i, j < k ? j : 0);
                edge(i, q, width * (neighbours * i + j));
            }
        }
        SampledCrop.pad(edge, neighbours * width, crop.kept.size, points);
        for (int k = 0; k < 3; k++) {
            glob[k] = (float) Math.sqrt(crop.axes.values()[k]);
        }
        glob[3] = crop.logCount();
        return status;
    }

    private void edge(int i, int q, int start) {
        Cloud kept = crop.kept;
        double[] n = frames.normal;
        double ex = kept.x[q] - kept.x[i];
        double ey = kept.y[q] - kept.y[i];
        double ez = kept.z[q] - kept.z[i];
        double along = EdgeInputs.dot(n, 3 * i, ex, ey, ez);
        double rest = ex * ex + ey * ey + ez * ez - along * along;
        int at = start;
        edge[at++] = (float) along;
        edge[at++] = (float) Math.sqrt(Math.max(0, rest));
        edge[at++] = (float) EdgeInputs.dot(n, 3 * i, n[3 * q], n[3 * q + 1], n[3 * q + 2]);
        edge[at++] = (float) kept.toCentre[i];
        edge[at++] = (float) EdgeInputs.dot(n, 3 * i, kept.x[i], kept.y[i], kept.z[i]);
        if (viewpoint) {
            double[] s = crop.clean.sensor;
            double towards =
                    EdgeInputs.dot(n, 3 * i, s[0] - kept.x[i], s[1] - kept.y[i], s[2] - kept.z[i]);
            edge[at] = kept.toSensor[i] > 0 ? (float) (towards / kept.toSensor[i]) : 0;
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
    }
}
