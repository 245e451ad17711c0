package io.azimuth.perception.invariant.inputs;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.eigen.SymmetricEigen3;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.SomeCrops;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

class FramesTest {
    @Test
    void eigenvaluesAreThoseOfEjml() {
        SymmetricEigen3 eigen = new SymmetricEigen3();
        forAll(
                2000,
                random -> {
                    double[] c = covariance(random);
                    eigen.decomposeCovariance(c);
                    double[] expected =
                            eigenvalues(3, c[0], c[1], c[2], c[1], c[3], c[4], c[2], c[4], c[5]);
                    double scale = Math.max(1e-300, expected[2]);
                    for (int k = 0; k < 3; k++) {
                        assertThat(eigen.values()[k] / scale)
                                .isCloseTo(Math.max(0, expected[k]) / scale, within(1e-13));
                        requireEigenvector(c, eigen, k, scale);
                    }
                });
    }

    private static void requireEigenvector(double[] c, SymmetricEigen3 j, int k, double scale) {
        double[] v = Arrays.copyOfRange(j.vectors(), 3 * k, 3 * k + 3);
        double x = c[0] * v[0] + c[1] * v[1] + c[2] * v[2] - j.values()[k] * v[0];
        double y = c[1] * v[0] + c[3] * v[1] + c[4] * v[2] - j.values()[k] * v[1];
        double z = c[2] * v[0] + c[4] * v[1] + c[5] * v[2] - j.values()[k] * v[2];
        assertThat(Math.abs(x) + Math.abs(y) + Math.abs(z)).isLessThan(1e-12 * scale);
        assertThat(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).isCloseTo(1, within(1e-13));
    }

    /** Of full rank, of rank 1 and 2, and with equal eigenvalues. */
    private static double[] covariance(RandomGenerator random) {
        double[] c = new double[6];
        int rank = random.nextInt(1, 4);
        boolean equal = random.nextBoolean();
        RigidTransform turn = SomeCrops.turn(random);
        double[] m = turn.toRows();
        for (int r = 0; r < rank; r++) {
            double l = equal ? 2 : random.nextDouble(0.01, 5);
            double[] v = {m[r], m[4 + r], m[8 + r]};
            c[0] += l * v[0] * v[0];
            c[1] += l * v[0] * v[1];
            c[2] += l * v[0] * v[2];
            c[3] += l * v[1] * v[1];
            c[4] += l * v[1] * v[2];
            c[5] += l * v[2] * v[2];
        }
        return c;
    }

    private static double[] eigenvalues(int n, double... rows) {
        EigenDecomposition_F64<DMatrixRMaj> ejml = DecompositionFactory_DDRM.eig(n, false, true);
        assertThat(ejml.decompose(new DMatrixRMaj(n, n, true, rows))).isTrue();
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = ejml.getEigenvalue(i).getReal();
        }
        Arrays.sort(out);
        return out;
    }

    @Test
    void localFramesAreRightHandedAndFaceTheSensor() {
        for (SymmetryGroup group : List.of(SymmetryGroup.SO3, SymmetryGroup.YAW)) {
            InputConfig config = InputConfig.of(EncoderOption.RI_EDGE, group, 64, 8);
            SampledCrop crop = new SampledCrop(config);
            LocalFrames frames = new LocalFrames(config);
            NeighbourLists lists = new NeighbourLists(config);
            forAll(
                    20,
                    random -> {
                        crop.take(SomeCrops.box(random));
                        lists.find(crop.kept);
                        frames.compute(crop, lists);
                        for (int i = 0; i < crop.kept.size; i++) {
                            requireFrame(Arrays.copyOfRange(frames.axes, 9 * i, 9 * i + 9));
                            requireFacing(crop, frames, i);
                        }
                    });
        }
    }

    private static void requireFrame(double[] a) {
        for (int r = 0; r < 3; r++) {
            for (int s = 0; s < 3; s++) {
                double dot = 0;
                for (int k = 0; k < 3; k++) {
                    dot += a[3 * r + k] * a[3 * s + k];
                }
                assertThat(dot).isCloseTo(r == s ? 1 : 0, within(1e-12));
            }
        }
        double volume =
                a[0] * (a[4] * a[8] - a[5] * a[7])
                        - a[1] * (a[3] * a[8] - a[5] * a[6])
                        + a[2] * (a[3] * a[7] - a[4] * a[6]);
        assertThat(volume).isCloseTo(1, within(1e-12));
    }

    private static void requireFacing(SampledCrop crop, LocalFrames frames, int i) {
        double[] s = crop.clean.sensor;
        double x = s[0] - crop.kept.x[i];
        double y = s[1] - crop.kept.y[i];
        double z = s[2] - crop.kept.z[i];
        assertThat(EdgeInputs.dot(frames.normal, 3 * i, x, y, z)).isGreaterThanOrEqualTo(0);
    }

    @Test
    void canonicalCoordinatesAreThoseOfClassicalScaling() {
        InputConfig config = InputConfig.of(EncoderOption.MDS_CANON, SymmetryGroup.SO3, 64, 8);
        PrincipalAxes principal = new PrincipalAxes(config);
        forAll(
                5,
                random -> {
                    int n = 40;
                    principal.take(SomeCrops.box(random, n));
                    Cloud points = principal.crop.clean.points;
                    double[][] scaled = classicalScaling(points);
                    for (int k = 0; k < 3; k++) {
                        double sign = Math.signum(scaled[k][0] * principal.along(k, points, 0));
                        for (int i = 0; i < points.size; i++) {
                            assertThat(sign * principal.along(k, points, i))
                                    .isCloseTo(scaled[k][i], within(1e-9));
                        }
                    }
                });
    }

    /** The slow way: double centring of squared distances, its K x K eigenproblem. */
    private static double[][] classicalScaling(Cloud points) {
        int n = points.size;
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        double[] mean = new double[n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                mean[i] += points.squaredDistance(i, j) / n;
            }
            total += mean[i] / n;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                gram.set(i, j, -(points.squaredDistance(i, j) - mean[i] - mean[j] + total) / 2);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> ejml = DecompositionFactory_DDRM.eig(n, true, true);
        assertThat(ejml.decompose(gram)).isTrue();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Double.compare(value(ejml, b), value(ejml, a)));
        double[][] out = new double[3][n];
        for (int k = 0; k < 3; k++) {
            DMatrixRMaj v = ejml.getEigenVector(order.get(k));
            for (int i = 0; i < n; i++) {
                out[k][i] = v.get(i) * Math.sqrt(value(ejml, order.get(k)));
            }
        }
        return out;
    }

    private static double value(EigenDecomposition_F64<DMatrixRMaj> ejml, int i) {
        return ejml.getEigenvalue(i).getReal();
    }

    @Test
    void aTurnByTheAxesOnlyExchangesFrames() {
        for (SymmetryGroup group : EncoderOption.FRAME_AVG.groups()) {
            InputConfig config = InputConfig.of(EncoderOption.FRAME_AVG, group, 64, 8);
            NaiveNetwork network = new NaiveNetwork(config);
            Crop crop = SomeCrops.box(new SplittableRandom(6), 150);
            List<String> still = frames(network, crop);
            Crop turned = crop.in(SomeCrops.turn(group, new SplittableRandom(2)));
            int expected = group == SymmetryGroup.YAW ? 2 : group == SymmetryGroup.SO3 ? 4 : 8;

            assertThat(still).hasSize(expected * network.inputs.rows());
            assertThat(frames(network, turned)).containsExactlyInAnyOrderElementsOf(still);
        }
    }

    /** Each frame's coordinates, rounded and sorted. */
    private static List<String> frames(NaiveNetwork network, Crop crop) {
        List<String> out = new ArrayList<>();
        network.inputs.prepare(crop);
        int rows = network.inputs.rows();
        int count = network.inputs.specs().get(0).shape().get(1);
        for (int part = 0; part < rows; part++) {
            float[] tensor = network.rows(crop, part)[0];
            int size = tensor.length / count;
            for (int f = 0; f < count; f++) {
                List<String> points = new ArrayList<>();
                for (int i = f * size; i < (f + 1) * size; i += 3) {
                    points.add(
                            Math.round(tensor[i] * 1e3)
                                    + " "
                                    + Math.round(tensor[i + 1] * 1e3)
                                    + " "
                                    + Math.round(tensor[i + 2] * 1e3));
                }
                points.sort(null);
                out.add(points.toString());
            }
        }
        return out;
    }

    @Test
    void axesThatCrossInLengthDoNotJump() {
        InputConfig config = InputConfig.of(EncoderOption.FRAME_AVG, SymmetryGroup.SO3, 128, 8);
        NaiveNetwork network = new NaiveNetwork(config);

        double crossing =
                NaiveNetwork.difference(
                        network.embed(ellipsoid(0.999)).clone(), network.embed(ellipsoid(1.001)));
        double elsewhere =
                NaiveNetwork.difference(
                        network.embed(ellipsoid(1.499)).clone(), network.embed(ellipsoid(1.501)));
        float[] before = network.rows(ellipsoid(0.999), 0)[0].clone();
        float[] after = network.rows(ellipsoid(1.001), 0)[0];

        assertThat(network.inputs.rows()).isEqualTo(6);
        assertThat(crossing).isLessThan(2 * elsewhere + 1e-4);
        // why the other orders are there: the first one alone exchanges its axes
        assertThat(firstSpread(before, 0)).isCloseTo(firstSpread(after, 1), within(0.01));
        assertThat(Math.abs(firstSpread(before, 0) - firstSpread(after, 0))).isGreaterThan(0.02);
    }

    /**
     * Mean fourth power along an axis of the first frame: tells the axes apart, not their signs.
     */
    private static double firstSpread(float[] frames, int axis) {
        double sum = 0;
        for (int i = axis; i < frames.length / 4; i += 3) {
            sum += Math.pow(frames[i], 4);
        }
        return sum / (frames.length / 12);
    }

    private static Crop ellipsoid(double length) {
        SplittableRandom random = new SplittableRandom(8);
        int half = 60;
        double[][] points = new double[half][];
        for (int i = 0; i < half; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            double z = random.nextGaussian();
            double r = 1 / Math.sqrt(x * x + y * y + z * z);
            points[i] = new double[] {8 + length * x * r, y * r, 0.5 * z * r};
        }
        return whitened(points, length);
    }

    /** Exactly equal mean squares along x and y before the stretch, none mixed. */
    private static Crop whitened(double[][] points, double length) {
        int n = points.length;
        double[] mean = new double[3];
        for (double[] p : points) {
            for (int k = 0; k < 3; k++) {
                mean[k] += p[k] / n;
            }
        }
        DMatrixRMaj c = new DMatrixRMaj(3, 3);
        for (double[] p : points) {
            for (int r = 0; r < 3; r++) {
                for (int s = 0; s < 3; s++) {
                    c.add(r, s, (p[r] - mean[r]) * (p[s] - mean[s]) / n);
                }
            }
        }
        DMatrixRMaj lower = c.copy();
        var cholesky = DecompositionFactory_DDRM.chol(3, true);
        assertThat(cholesky.decompose(lower)).isTrue();
        DMatrixRMaj l = cholesky.getT(null);
        double[] scale = {length, 1, 0.5};
        for (double[] p : points) {
            double x = (p[0] - mean[0]) / l.get(0, 0);
            double y = (p[1] - mean[1] - l.get(1, 0) * x) / l.get(1, 1);
            double z = (p[2] - mean[2] - l.get(2, 0) * x - l.get(2, 1) * y) / l.get(2, 2);
            p[0] = 8 + scale[0] * x;
            p[1] = scale[1] * y;
            p[2] = scale[2] * z;
        }
        return SomeCrops.of(points);
    }
}
