package io.azimuth.perception.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.EncoderInfo;
import io.azimuth.perception.invariant.Encoding;
import io.azimuth.perception.invariant.SymmetryGroup;
import io.azimuth.perception.testing.MomentEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecogniserTest {
    private static final List<String> CLASSES =
            List.of("car", "large_vehicle", "pedestrian", "cyclist", "pole");
    private static final RecogniserConfig CONFIG =
            new RecogniserConfig("test", 8, 5, 0.5, 0.25, 0, 0, 0.2, 0.9, 0.9);

    /** Says the same of every crop. */
    private record Fixed(List<String> classes, Encoding encoding) implements CropEncoder {
        @Override
        public EncoderInfo info() {
            return new EncoderInfo(
                    "fixed",
                    SymmetryGroup.YAW,
                    true,
                    128,
                    classes,
                    List.of(encoding.embedding().length),
                    "");
        }

        @Override
        public List<Encoding> encode(List<Crop> crops) {
            return crops.stream().map(c -> encoding).toList();
        }

        @Override
        public void close() {}
    }

    private static Encoding says(double yaw, double axis, double front, float... logits) {
        float[] embedding = new float[64];
        embedding[0] = 1;
        return new Encoding(CropStatus.OK, embedding, logits, yaw, axis, front);
    }

    private static Encoding says(float... logits) {
        return says(Double.NaN, 0, 0.5, logits);
    }

    private static Detection box(
            ObjectClass c, double length, double width, double yaw, boolean known) {
        return new Detection(
                new OrientedBox(10, 0, 0, length, width, 1.6, yaw), c, 0.6, known, 50, 7);
    }

    private static Sweep sweep(PointCloud cloud) {
        return new Sweep(
                "v",
                "v/top",
                "d",
                3,
                0,
                100_000_000,
                Sweep.Sector.WHOLE,
                RigidTransform.IDENTITY,
                null,
                cloud);
    }

    private static PointCloud pointsIn(OrientedBox b, int count) {
        SplittableRandom rnd = new SplittableRandom(5);
        PointCloud out = new PointCloud();
        for (int i = 0; i < count; i++) {
            double l = (rnd.nextDouble() - 0.5) * b.length();
            double w = (rnd.nextDouble() - 0.5) * b.width();
            double c = Math.cos(b.yawRad());
            double s = Math.sin(b.yawRad());
            out.add(
                    (float) (b.x() + c * l - s * w),
                    (float) (b.y() + s * l + c * w),
                    (float) (b.z() + (rnd.nextDouble() - 0.5) * b.height()),
                    0);
        }
        return out;
    }

    private static Detection refined(RecogniserConfig config, Encoding encoding, Detection d) {
        try (Recogniser recogniser =
                new Recogniser(config, new Fixed(CLASSES, encoding), e -> -1.5)) {
            return recogniser.recognise(sweep(pointsIn(d.box(), 50)), List.of(d)).get(0);
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void theScoreMovesByTheCropsEvidenceInLogits() {
        Detection car = refined(CONFIG, says(3, 2, 0, -1, 1), box(ObjectClass.CAR, 4, 2, 0, true));

        // own 3 against the mean of pedestrian, cyclist and pole: a large vehicle is no rival
        assertThat(car.score())
                .isCloseTo(sigmoid(Math.log(0.6 / 0.4) + 0.5 * 3 + 0.25), within(1e-12));
        Recognition r = car.recognition();
        assertThat(r).isNotNull();
        assertThat(r.label()).isEqualTo("car");
        assertThat(r.evidence()).isEqualTo(3);
        assertThat(r.unknownScore()).isEqualTo(-1.5f);
        assertThat(r.unknown()).isFalse();
    }

    @Test
    void backgroundLowersTheScoreAndNeverRenames() {
        Detection person = box(ObjectClass.PEDESTRIAN, 0.6, 0.6, 0, true);

        Detection out = refined(CONFIG, says(0, 0, 0, 0, 8), person);

        assertThat(out.objectClass()).isEqualTo(ObjectClass.PEDESTRIAN);
        assertThat(out.score()).isLessThan(0.6);
        assertThat(out.recognition()).isNotNull();
        assertThat(out.recognition().label()).isEqualTo("pole");
        assertThat(out.recognition().chance(ObjectClass.UNKNOWN)).isGreaterThan(0.99);
    }

    @Test
    void aClassChangesOnlyBeyondTheMarginAndIntoABoxThatFits() {
        Detection person = box(ObjectClass.PEDESTRIAN, 0.9, 0.6, 0, true);
        Encoding cyclist = says(-9, -9, 0, 3, -9);
        Encoding hardly = says(-9, -9, 0, 0.3f, -9); // 0.57 against 0.43
        Encoding car = says(9, -9, 0, 0, -9);

        assertThat(refined(CONFIG, cyclist, person).objectClass()).isEqualTo(ObjectClass.CYCLIST);
        assertThat(refined(CONFIG, hardly, person).objectClass()).isEqualTo(ObjectClass.PEDESTRIAN);
        assertThat(refined(CONFIG, car, person).objectClass()).isEqualTo(ObjectClass.PEDESTRIAN);
    }

    @Test
    void aLargeVehicleIsAVanOrATruckByItsLength() {
        Encoding large = says(0, 5, 0, 0, 0);

        assertThat(refined(CONFIG, large, box(ObjectClass.CAR, 5, 2, 0, true)).objectClass())
                .isEqualTo(ObjectClass.VAN);
        assertThat(refined(CONFIG, large, box(ObjectClass.CAR, 7, 2, 0, true)).objectClass())
                .isEqualTo(ObjectClass.TRUCK);
        assertThat(refined(CONFIG, large, box(ObjectClass.BUS, 11, 2.5, 0, true)).objectClass())
                .isEqualTo(ObjectClass.BUS);
    }

    @Test
    void theCropSaysTheFrontWhereTheBoxDoesNotKnowIt() {
        Encoding back = says(Math.PI - 0.1, 0.5, 0.95, 5, 0, 0, 0, 0);

        Detection open = refined(CONFIG, back, box(ObjectClass.CAR, 4, 2, 0, false));
        Detection known = refined(CONFIG, back, box(ObjectClass.CAR, 4, 2, 0, true));

        assertThat(Math.abs(open.box().yawRad())).isCloseTo(Math.PI, within(1e-9));
        assertThat(open.headingKnown()).isTrue();
        assertThat(known.box().yawRad()).isZero();
    }

    @Test
    void theCropTurnsABoxWhoseShapeSaysLessAboutItsAxis() {
        Encoding surely = says(1.2, 0.95, 0.5, 0, 0, 0, 5, 0);

        OrientedBox square =
                refined(CONFIG, surely, box(ObjectClass.CYCLIST, 1.3, 1.1, 0, true)).box();
        OrientedBox slim =
                refined(CONFIG, surely, box(ObjectClass.CYCLIST, 2.2, 0.7, 0, true)).box();

        assertThat(square.yawRad()).isCloseTo(1.2, within(1e-9));
        assertThat(square.length()).isEqualTo(1.1); // it was the side across
        assertThat(slim.yawRad()).isZero();
    }

    @Test
    void aBoxWithTooFewPointsStaysAsItIs() {
        Detection d = box(ObjectClass.CAR, 4, 2, 0, false);
        MomentEncoder encoder = new MomentEncoder();
        Recogniser recogniser = new Recogniser(CONFIG, encoder, e -> -1);

        List<Detection> out = recogniser.recognise(sweep(pointsIn(d.box(), 4)), List.of(d));

        assertThat(out).containsExactly(d);
        assertThat(recogniser.cropsEncoded()).isZero();
        recogniser.close();
        assertThat(encoder.isClosed()).isTrue();
    }

    @Test
    void aSweepsResultDoesNotDependOnThoseBefore() {
        List<Sweep> sweeps = new ArrayList<>();
        List<List<Detection>> found = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Detection d = box(ObjectClass.CAR, 4 + i, 2, 0.3 * i, false);
            sweeps.add(sweep(pointsIn(d.box(), 40 + 30 * i)));
            found.add(List.of(d, box(ObjectClass.PEDESTRIAN, 0.7, 0.7, i, false)));
        }
        Recogniser warm = new Recogniser(CONFIG, new MomentEncoder(), e -> -1);

        for (int i = 0; i < 5; i++) {
            Recogniser cold = new Recogniser(CONFIG, new MomentEncoder(), e -> -1);
            assertThat(warm.recognise(sweeps.get(i), found.get(i)))
                    .isEqualTo(cold.recognise(sweeps.get(i), found.get(i)))
                    .isSortedAccordingTo(Detection.ORDER);
        }
    }

    @Test
    void anEncoderThatKnowsNoObjectIsRefused() {
        Fixed chairs = new Fixed(List.of("chair", "sofa"), says(0, 0));

        assertThatThrownBy(() -> new Recogniser(CONFIG, chairs, e -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[chair, sofa]")
                .hasMessageContaining("pedestrian");
    }

    @Test
    void anEmbeddingAsBytesKeepsItsDirection() {
        SplittableRandom rnd = new SplittableRandom(3);
        double worst = 0;
        for (int i = 0; i < 200; i++) {
            float[] a = new float[128];
            double norm = 0;
            for (int k = 0; k < a.length; k++) {
                a[k] = (float) (rnd.nextDouble() - 0.5);
                norm += k < 32 ? a[k] * a[k] : 0;
            }
            double[] back =
                    new Recognition("car", 1, 0, 0, new byte[0], Recognition.quantised(a))
                            .prefix(32);
            assertThat(back).isNotNull();
            double dot = 0;
            for (int k = 0; k < 32; k++) {
                dot += back[k] * a[k] / Math.sqrt(norm);
            }
            worst = Math.max(worst, 1 - dot);
        }
        assertThat(worst).isLessThan(5e-5);
    }

    @Test
    void configurationsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new RecogniserConfig("none", 0, 5, 1, 0, 0, 0, 0.2, 1, 1))
                .hasMessageContaining("budget is 0.0");
        assertThatThrownBy(() -> new RecogniserConfig(" ", 1, 5, 1, 0, 0, 0, 0.2, 1, 1))
                .hasMessageContaining("encoder");
        assertThatThrownBy(() -> new RecogniserConfig("x", 1, 5, Double.NaN, 0, 0, 0, 0.2, 1, 1))
                .hasMessageContaining("weight");
    }
}
