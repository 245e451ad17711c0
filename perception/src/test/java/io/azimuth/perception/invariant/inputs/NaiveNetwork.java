package io.azimuth.perception.invariant.inputs;

import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;

/**
 * The simplest network over a configuration's tensors, with random weights in double: dense layers
 * of rows, maxima over neighbours and rows, means over frames. What it answers changes exactly if
 * the tensors mean something else; the order of rows and the copies behind the last do not count.
 */
final class NaiveNetwork {
    private static final int WIDTH = 24;
    private static final long SEED = 7;

    final CropInputs inputs;
    CropStatus status = CropStatus.OK;
    private final InputConfig config;
    private final List<TensorSpec> specs;
    private final float[][] tensors;
    private final FloatBuffer[] buffers;

    NaiveNetwork(InputConfig config) {
        this.config = config;
        inputs = CropInputs.of(config);
        specs = inputs.specs();
        tensors = new float[specs.size()][];
        buffers = new FloatBuffer[specs.size()];
        for (int t = 0; t < tensors.length; t++) {
            tensors[t] = new float[specs.get(t).rowElements()];
            buffers[t] = FloatBuffer.wrap(tensors[t]);
        }
    }

    /** All rows of a crop, one tensor after another. */
    float[][] rows(Crop crop, int part) {
        status = inputs.prepare(crop);
        inputs.write(part, buffers, 0);
        return tensors;
    }

    double[] embed(Crop crop) {
        status = inputs.prepare(crop);
        double[] out = new double[4 * WIDTH];
        for (int part = 0; part < inputs.rows(); part++) {
            inputs.write(part, buffers, 0);
            double[] one = answer();
            for (int i = 0; i < out.length; i++) {
                out[i] += one[i] / inputs.rows();
            }
        }
        return out;
    }

    private double[] answer() {
        double[] out = new double[4 * WIDTH];
        switch (config.option()) {
            case FRAME_AVG -> {
                int frames = specs.get(0).shape().get(1);
                int size = tensors[0].length / frames;
                for (int f = 0; f < frames; f++) {
                    double[] pooled = pool(dense(0, tensors[0], f * size, size, 3));
                    for (int i = 0; i < WIDTH; i++) {
                        out[i] += pooled[i] / frames;
                    }
                }
            }
            case LEARNED_CANON, TETRA_VN, EGNN -> put(out, 0, pool(distances()));
            case RI_EDGE, PONITA -> edges(out);
            case CONCENTRIC -> {
                for (int i = 0; i < tensors[0].length; i++) {
                    out[i % out.length] += tensors[0][i] * (1 + i / out.length % 5);
                }
            }
            default -> {
                for (int t = 0; t < tensors.length; t++) {
                    List<Integer> shape = specs.get(t).shape();
                    int width = shape.get(shape.size() - 1);
                    put(out, t, pool(dense(t, tensors[t], 0, tensors[t].length, width)));
                }
            }
        }
        return out;
    }

    private void edges(double[] out) {
        int k = config.neighbours();
        int width = specs.get(0).shape().get(3);
        double[][] rows = dense(0, tensors[0], 0, tensors[0].length, width);
        double[][] points = new double[config.points()][WIDTH];
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < WIDTH; i++) {
                points[r / k][i] = Math.max(points[r / k][i], rows[r][i]);
            }
        }
        put(out, 0, pool(points));
        double[][] around = new double[config.points()][WIDTH];
        for (int r = 0; r < rows.length; r++) {
            double[] other = points[(int) tensors[1][r]];
            for (int i = 0; i < WIDTH; i++) {
                double both = other[i] - 0.5 * points[r / k][(i + 1) % WIDTH];
                around[r / k][i] = Math.max(around[r / k][i], both);
            }
        }
        put(out, 1, pool(around));
        put(out, 2, dense(2, tensors[2], 0, tensors[2].length, tensors[2].length)[0]);
        if (tensors.length > 3) {
            int w = specs.get(3).shape().get(2);
            put(out, 3, pool(dense(3, tensors[3], 0, tensors[3].length, w)));
        }
    }

    private double[][] distances() {
        int k = config.neighbours();
        float[] p = tensors[0];
        float[] squares = new float[k * config.points()];
        for (int r = 0; r < squares.length; r++) {
            int i = r / k;
            int j = (int) tensors[1][r];
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += Math.pow((double) p[3 * i + c] - p[3 * j + c], 2);
            }
            squares[r] = (float) Math.sqrt(sum);
        }
        return dense(0, squares, 0, squares.length, k);
    }

    private static double[][] dense(int seed, float[] from, int start, int size, int width) {
        Random random = new Random(SEED + seed);
        double[][] weights = new double[WIDTH][width + 1];
        for (double[] row : weights) {
            for (int i = 0; i <= width; i++) {
                row[i] = random.nextGaussian() / Math.sqrt(width);
            }
        }
        double[][] out = new double[size / width][WIDTH];
        for (int r = 0; r < out.length; r++) {
            for (int o = 0; o < WIDTH; o++) {
                double sum = weights[o][width];
                for (int i = 0; i < width; i++) {
                    sum += weights[o][i] * from[start + r * width + i];
                }
                out[r][o] = Math.max(0, sum);
            }
        }
        return out;
    }

    private static double[] pool(double[][] rows) {
        double[] out = new double[WIDTH];
        for (double[] row : rows) {
            for (int i = 0; i < WIDTH; i++) {
                out[i] = Math.max(out[i], row[i]);
            }
        }
        return out;
    }

    private static void put(double[] out, int part, double[] values) {
        System.arraycopy(values, 0, out, part * WIDTH, WIDTH);
    }

    /** |a - b| / |a|. */
    static double difference(double[] a, double[] b) {
        double apart = 0;
        double size = 0;
        for (int i = 0; i < a.length; i++) {
            apart += (a[i] - b[i]) * (a[i] - b[i]);
            size += a[i] * a[i];
        }
        return Math.sqrt(apart / Math.max(size, 1e-12));
    }
}
