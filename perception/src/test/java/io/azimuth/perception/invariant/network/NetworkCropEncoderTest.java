package io.azimuth.perception.invariant.network;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.inference.bundle.BundleReader;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.onnxruntime.OrtBackend;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.Encoding;
import io.azimuth.perception.invariant.SomeCrops;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encoders on the engine: one of random weights, and those that are shipped. */
class NetworkCropEncoderTest {
    private static final String TINY = "tiny";
    private static final double P95 = 1e-5;
    private static final double MAX = 1e-3;

    /** Those of random weights, those that are shipped, and a checkout's benchmark models. */
    static Stream<String> models() throws IOException {
        List<String> out = new ArrayList<>(List.of(TINY));
        out.addAll(CropEncoders.shipped());
        Path benchmarks = Path.of("benchmark-models");
        if (Files.isDirectory(benchmarks)) {
            try (Stream<Path> folders = Files.list(benchmarks)) {
                folders.filter(Files::isDirectory).map(Path::toString).sorted().forEach(out::add);
            }
        }
        return out.stream();
    }

    private static NetworkCropEncoder open(String model, int batch) {
        return new NetworkCropEncoder(bundle(model), new OrtBackend(), batch);
    }

    private static ModelBundle bundle(String model) {
        try {
            return model.equals(TINY)
                    ? BundleReader.readResource(CropEncoder.class, TINY)
                    : CropEncoders.read(model);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The bar, 100 crops of 20 turns; fewer of models that are not used by default. */
    @ParameterizedTest
    @MethodSource("models")
    void rotationsLeaveProbabilitiesAndDecisions(String model) {
        try (NetworkCropEncoder encoder = open(model, 1)) {
            if (!encoder.info().exact()) {
                return;
            }
            List<Double> changes = new ArrayList<>();
            boolean all = model.equals(TINY) || model.equals(CropEncoders.DEFAULT);
            int turns = all ? 20 : 4;
            forAll(
                    all ? 100 : 25,
                    random -> {
                        Crop crop = SomeCrops.box(random, random.nextInt(8, 300));
                        double[] still = encoder.encode(List.of(crop)).get(0).probabilities();
                        for (int t = 0; t < turns; t++) {
                            Crop turned =
                                    crop.in(SomeCrops.turn(encoder.info().group(), random))
                                            .in(RigidTransform.translation(30, -7, 2));
                            Crop moved = SomeCrops.shuffled(turned, random);
                            double[] found = encoder.encode(List.of(moved)).get(0).probabilities();
                            changes.add(largestChange(still, found));
                            if (margin(still) > 1e-3) {
                                assertThat(top(found)).isEqualTo(top(still));
                            }
                        }
                    });
            changes.sort(null);
            assertThat(changes.get((int) (0.95 * changes.size()))).isLessThanOrEqualTo(P95);
            assertThat(changes.get(changes.size() - 1)).isLessThanOrEqualTo(MAX);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theOrderOfThePointsChangesNoBit(String model) {
        try (NetworkCropEncoder encoder = open(model, 1)) {
            forAll(
                    10,
                    random -> {
                        Crop crop = SomeCrops.box(random);
                        Encoding given = encoder.encode(List.of(crop)).get(0);
                        Crop shuffled = SomeCrops.shuffled(crop, random);
                        Encoding found = encoder.encode(List.of(shuffled)).get(0);
                        assertSame(found, given);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void theCompanyOfACropChangesNoBit(String model) {
        List<Crop> crops = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 7; i++) {
            crops.add(SomeCrops.box(random, 5 + 30 * i));
        }
        try (NetworkCropEncoder one = open(model, 1);
                NetworkCropEncoder three = open(model, 3)) {
            List<Encoding> together = three.encode(crops);
            List<Encoding> alone = one.encode(crops);

            assertThat(together).hasSize(7);
            for (int i = 0; i < 7; i++) {
                assertSame(three.encode(List.of(crops.get(i))).get(0), together.get(i));
                for (int d = 0; d < 128; d++) {
                    assertThat(together.get(i).embedding()[d])
                            .isCloseTo(alone.get(i).embedding()[d], within(1e-6f));
                }
            }
            assertThat(three.encode(List.of())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void faultyCropsAreEncodedAndNamed(String model) {
        try (NetworkCropEncoder encoder = open(model, 1)) {
            double[] point = {4, 1, 0};
            double[] bad = {Double.NaN, 1, 0};
            List<Encoding> found =
                    encoder.encode(
                            List.of(
                                    SomeCrops.of(),
                                    SomeCrops.of(point),
                                    SomeCrops.of(point, point, point, bad),
                                    SomeCrops.grid(20, 1, 1)));

            for (Encoding encoding : found) {
                double sum = 0;
                for (float value : encoding.embedding()) {
                    sum += value * value;
                }
                assertThat(sum).isCloseTo(1, within(1e-5));
                assertThat(Double.isFinite(encoder.unknownScore().applyAsDouble(encoding)))
                        .isTrue();
                for (float logit : encoding.logits()) {
                    assertThat(Float.isFinite(logit)).isTrue();
                }
            }
            assertThat(found.stream().map(Encoding::status))
                    .containsExactly(
                            CropStatus.TOO_FEW,
                            CropStatus.TOO_FEW,
                            CropStatus.TOO_FEW,
                            CropStatus.DEGENERATE);
        }
    }

    @Test
    void headingTurnsWithTheScene() {
        try (NetworkCropEncoder encoder = open(TINY, 1)) {
            forAll(
                    20,
                    random -> {
                        Crop crop = SomeCrops.box(random);
                        double by = random.nextDouble(-3, 3);
                        Crop turned = crop.in(RigidTransform.ofYaw(by, 4, 5, 6));
                        Encoding still = encoder.encode(List.of(crop)).get(0);
                        Encoding found = encoder.encode(List.of(turned)).get(0);
                        double change = found.headingYawRad() - still.headingYawRad() - by;
                        assertThat(Math.cos(change)).isCloseTo(1, within(1e-9));
                        assertThat(found.headingCertainty())
                                .isCloseTo(still.headingCertainty(), within(1e-5));
                        assertThat(found.frontCertainty()).isBetween(0.5, 1.0);
                    });
        }
    }

    @Test
    void aHeadingIsReadFromTheLineOfSight() {
        double[] up = {0, 0, 1};
        double azimuth = HeadingReader.azimuth(new double[] {0, 5, 1}, up);

        assertThat(azimuth).isCloseTo(Math.PI / 2, within(1e-12));
        // the object's axis 30 degrees left of the line of sight, front away from the sensor
        double cos2 = Math.cos(Math.PI / 3);
        double sin2 = Math.sin(Math.PI / 3);
        assertThat(HeadingReader.yaw(azimuth, cos2, sin2, 2))
                .isCloseTo(Math.toRadians(120), within(1e-12));
        assertThat(HeadingReader.yaw(azimuth, cos2, sin2, -2))
                .isCloseTo(Math.toRadians(-60), within(1e-12));
        assertThat(HeadingReader.azimuth(new double[] {0, 0, 3}, up)).isNaN();
    }

    @Test
    void logitsAreDividedByTheTemperature() {
        try (NetworkCropEncoder encoder = open(TINY, 1)) {
            assertThat(encoder.info().classes()).containsExactly("car", "pole", "wall");
            assertThat(encoder.info().group()).isEqualTo(SymmetryGroup.YAW);
            assertThat(encoder.info().dimensions()).containsExactly(16, 32, 64, 128);
            Encoding found = encoder.encode(List.of(SomeCrops.box(new SplittableRandom(2)))).get(0);
            // exp(-energy) is the sum of the exponentials; the bundle's threshold is 0.5
            double sum = 0;
            for (float logit : found.logits()) {
                sum += Math.exp(logit);
            }
            assertThat(encoder.unknownScore().applyAsDouble(found))
                    .isCloseTo(-Math.log(sum) - 0.5, within(1e-6));
        }
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> CropEncoders.read("ri-edge-smi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ri-edge-smi")
                .hasMessageContaining("bundle's folder");
    }

    private static void assertSame(Encoding found, Encoding expected) {
        assertThat(found.embedding()).isEqualTo(expected.embedding());
        assertThat(found.logits()).isEqualTo(expected.logits());
        assertThat(Double.doubleToLongBits(found.headingYawRad())) // NaN is what it should be, too
                .isEqualTo(Double.doubleToLongBits(expected.headingYawRad()));
    }

    private static double largestChange(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    private static double margin(double[] p) {
        double[] sorted = p.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }

    private static int top(double[] p) {
        int best = 0;
        for (int i = 1; i < p.length; i++) {
            best = p[i] > p[best] ? i : best;
        }
        return best;
    }
}
