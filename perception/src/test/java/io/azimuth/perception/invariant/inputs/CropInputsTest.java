package io.azimuth.perception.invariant.inputs;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.SomeCrops;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of section 11 of the study, on the tensors of every option and group. */
class CropInputsTest {
    /** What rounding to float32 does to a sum of some dozen features. */
    private static final double ROUNDING = 1e-6;

    private static final double DEGENERATE_ROUNDING = 1e-5;

    static Stream<InputConfig> all() {
        List<InputConfig> out = new ArrayList<>();
        for (EncoderOption option : EncoderOption.values()) {
            int points = option == EncoderOption.GA_ATTN ? 32 : 64;
            for (SymmetryGroup group : option.groups()) {
                out.add(InputConfig.of(option, group, points, 8));
            }
        }
        InputConfig edge = InputConfig.of(EncoderOption.RI_EDGE, SymmetryGroup.SO3, 64, 8);
        out.add(
                new InputConfig(
                        edge.option(), edge.group(), 64, 8, false, true, true, true, false));
        out.add(edge.withSceneGlobals(true));
        out.add(
                InputConfig.of(EncoderOption.RI_EDGE, SymmetryGroup.YAW, 64, 8)
                        .withSceneGlobals(true));
        return out.stream();
    }

    static Stream<InputConfig> symmetric() {
        return all().filter(c -> c.group() != SymmetryGroup.NONE);
    }

    @ParameterizedTest
    @MethodSource("symmetric")
    void rotationsOfTheGroupChangeNothing(InputConfig config) {
        NaiveNetwork network = new NaiveNetwork(config);
        forAll(
                25,
                random -> {
                    Crop crop = SomeCrops.box(random);
                    double[] still = network.embed(crop);
                    for (int t = 0; t < 2; t++) {
                        Crop turned = crop.in(SomeCrops.turn(config.group(), random));
                        double[] found = network.embed(turned);
                        assertThat(NaiveNetwork.difference(still, found)).isLessThan(ROUNDING);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTranslationChangesNothing(InputConfig config) {
        NaiveNetwork network = new NaiveNetwork(config);
        forAll(
                10,
                random -> {
                    Crop crop = SomeCrops.box(random);
                    double far = random.nextDouble(-1e5, 1e5);
                    Crop moved = crop.in(RigidTransform.translation(far, -far / 3, far / 7));
                    assertThat(NaiveNetwork.difference(network.embed(crop), network.embed(moved)))
                            .isLessThan(ROUNDING);
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void theOrderOfThePointsChangesNoBit(InputConfig config) {
        NaiveNetwork network = new NaiveNetwork(config);
        forAll(
                10,
                random -> {
                    Crop crop =
                            random.nextBoolean()
                                    ? SomeCrops.box(random)
                                    : SomeCrops.grid(random.nextInt(1, 8), random.nextInt(2, 7), 5);
                    float[][] given = copy(network.rows(crop, 0));
                    float[][] found = network.rows(SomeCrops.shuffled(crop, random), 0);
                    for (int t = 0; t < given.length; t++) {
                        assertThat(found[t]).isEqualTo(given[t]);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void moreRoomThanPointsChangesNoBit(InputConfig config) {
        int[] rooms = {40, 64, 128};
        forAll(
                5,
                random -> {
                    Crop crop = SomeCrops.box(random, 32);
                    double[] first = null;
                    for (int room : rooms) {
                        double[] found = new NaiveNetwork(withPoints(config, room)).embed(crop);
                        first = first == null ? found : first;
                        assertThat(found).isEqualTo(first);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void sizeCounts(InputConfig config) {
        NaiveNetwork network = new NaiveNetwork(config);
        forAll(
                5,
                random -> {
                    Crop crop = SomeCrops.box(random);
                    double[] large = network.embed(SomeCrops.scaled(crop, 1.5)).clone();
                    double change = NaiveNetwork.difference(network.embed(crop), large);
                    if (config.unitSphere()) {
                        assertThat(change).isLessThan(ROUNDING);
                    } else {
                        assertThat(change).isGreaterThan(1e-3);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("symmetric")
    void aTurnOutsideTheGroupCounts(InputConfig config) {
        NaiveNetwork network = new NaiveNetwork(config);
        Crop crop = SomeCrops.box(new SplittableRandom(3), 200);
        Crop tilted = crop.in(RigidTransform.ofYawPitchRoll(0, 0.3, 0.2, 0, 0, 0));
        Crop leaning = new Crop(tilted.x(), tilted.y(), tilted.z(), tilted.sensor(), crop.up());

        double change = NaiveNetwork.difference(network.embed(crop), network.embed(leaning));

        if (config.group() == SymmetryGroup.YAW) {
            assertThat(change).isGreaterThan(1e-2);
        } else {
            assertThat(change).isLessThan(ROUNDING);
        }
    }

    @ParameterizedTest
    @MethodSource("symmetric")
    void aMirrorImageIsTheSameForO3Alone(InputConfig config) {
        NaiveNetwork network = new NaiveNetwork(config);
        Crop crop = SomeCrops.box(new SplittableRandom(4), 200);

        double change =
                NaiveNetwork.difference(
                        network.embed(crop), network.embed(SomeCrops.mirrored(crop)));

        if (config.group() == SymmetryGroup.O3) {
            assertThat(change).isLessThan(ROUNDING);
        } else if (config.option() == EncoderOption.RI_EDGE
                || config.option() == EncoderOption.MDS_CANON) {
            assertThat(change).isGreaterThan(1e-4);
        }
    }

    @Test
    void theBaselineDoesNotSurviveARotation() {
        NaiveNetwork network =
                new NaiveNetwork(InputConfig.of(EncoderOption.POINTNET, SymmetryGroup.NONE, 64, 8));
        forAll(
                10,
                random -> {
                    Crop crop = SomeCrops.box(random);
                    Crop turned = crop.in(SomeCrops.turn(random));
                    assertThat(NaiveNetwork.difference(network.embed(crop), network.embed(turned)))
                            .isGreaterThan(1e-3);
                });
    }

    @ParameterizedTest
    @MethodSource("all")
    void whateverTheCropAllNumbersAreFinite(InputConfig config) {
        NaiveNetwork network = new NaiveNetwork(config);
        for (Crop crop : DegenerateCrops.all()) {
            for (float[] tensor : network.rows(crop, 0)) {
                for (float value : tensor) {
                    assertThat(Float.isFinite(value)).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("symmetric")
    void degenerateCropsMayBeTurnedToo(InputConfig config) {
        NaiveNetwork network = new NaiveNetwork(config);
        boolean global =
                config.option() == EncoderOption.MDS_CANON
                        || config.option() == EncoderOption.FRAME_AVG;
        for (Crop crop : global ? DegenerateCrops.withAxes() : DegenerateCrops.turnable()) {
            double[] still = network.embed(crop);
            forAll(
                    5,
                    random -> {
                        Crop turned = crop.in(SomeCrops.turn(config.group(), random));
                        assertThat(NaiveNetwork.difference(still, network.embed(turned)))
                                .isLessThan(DEGENERATE_ROUNDING);
                    });
        }
    }

    @Test
    void theStatusSaysWhatWasWrong() {
        NaiveNetwork network =
                new NaiveNetwork(InputConfig.of(EncoderOption.RI_EDGE, SymmetryGroup.YAW, 64, 8));
        Crop box = SomeCrops.box(new SplittableRandom(1), 50);
        double[] x = box.x().clone();
        x[3] = Double.NaN;
        x[4] = Double.NEGATIVE_INFINITY;

        assertThat(status(network, box)).isEqualTo(CropStatus.OK);
        assertThat(status(network, new Crop(x, box.y(), box.z(), box.sensor(), box.up())))
                .isEqualTo(CropStatus.NON_FINITE_REMOVED);
        assertThat(status(network, SomeCrops.grid(9, 1, 1))).isEqualTo(CropStatus.DEGENERATE);
        assertThat(status(network, SomeCrops.grid(3, 1, 1))).isEqualTo(CropStatus.TOO_FEW);
        assertThat(status(network, SomeCrops.of())).isEqualTo(CropStatus.TOO_FEW);
    }

    @Test
    void pointsWithinAMillimetreAreOne() {
        NaiveNetwork network =
                new NaiveNetwork(InputConfig.of(EncoderOption.POINTNET, SymmetryGroup.NONE, 8, 4));
        double[] a = {5, 0, 0};
        double[] b = {6, 1, 0};
        double[] c = {5, 1, 1};
        double[] d = {6, 0, 2};

        float[] plain = network.rows(SomeCrops.of(a, b, c, d), 0)[0].clone();
        float[] twice = network.rows(SomeCrops.of(a, d, b, a, c, d, d), 0)[0];

        assertThat(twice).isEqualTo(plain);
        assertThat(network.status).isEqualTo(CropStatus.OK);
    }

    @Test
    void configurationsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> InputConfig.of(EncoderOption.EGNN, SymmetryGroup.YAW, 64, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("egnn")
                .hasMessageContaining("SO3");
        assertThatThrownBy(() -> InputConfig.of(EncoderOption.RI_EDGE, SymmetryGroup.YAW, 64, 64))
                .hasMessageContaining("neighbours is 64");
        assertThatThrownBy(() -> EncoderOption.ofLabel("ri-edges"))
                .hasMessageContaining("ri-edge, mds-canon");
    }

    private static CropStatus status(NaiveNetwork network, Crop crop) {
        network.rows(crop, 0);
        return network.status;
    }

    private static InputConfig withPoints(InputConfig c, int points) {
        return new InputConfig(
                c.option(),
                c.group(),
                points,
                c.neighbours(),
                c.viewpoint(),
                c.unitSphere(),
                c.denseNormals(),
                c.wideNeighbours(),
                c.sceneGlobals());
    }

    private static float[][] copy(float[][] tensors) {
        float[][] out = new float[tensors.length][];
        for (int t = 0; t < out.length; t++) {
            out[t] = tensors[t].clone();
        }
        return out;
    }
}
