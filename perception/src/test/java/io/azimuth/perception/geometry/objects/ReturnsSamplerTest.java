package io.azimuth.perception.geometry.objects;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Returns;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReturnsSamplerTest {
    @Test
    void theSampleIsSmallLiesOnTheObjectAndLeavesTheGroundOut() {
        ReturnsSampler sampler = new ReturnsSampler(); // one for all: its buffers are reused
        forAll(
                60,
                rnd -> {
                    OrientedBox box = box(rnd);
                    PointCloud cloud = around(box, rnd, rnd.nextInt(5, 3000));

                    Detection got = sampler.attach(cloud, List.of(car(box))).get(0);

                    Returns returns = got.returns();
                    if (returns == null) {
                        return; // too few lie inside
                    }
                    assertThat(returns.size())
                            .isBetween(ReturnsSampler.MIN_POINTS, Returns.MAX_POINTS);
                    short[] cm = returns.offsetsCm();
                    for (int i = 0; i < cm.length; i += 3) {
                        double x = box.x() + 0.01 * cm[i];
                        double y = box.y() + 0.01 * cm[i + 1];
                        double z = box.z() + 0.01 * cm[i + 2];
                        assertThat(box.contains(x, y, z, 0.11)).isTrue();
                        assertThat(z).isGreaterThan(box.bottomZ() + 0.19);
                    }
                    assertThat(got.with(null)).isEqualTo(car(box));
                });
    }

    @Test
    void fewPointsFarApartTravelAsTheyAre() {
        PointCloud cloud = new PointCloud();
        float[][] at = {{9, 1, 0}, {9.5f, 1, 0}, {10, 1, 0.5f}, {10.5f, 0, 0}, {11, 0, 0.25f}};
        for (float[] p : at) {
            cloud.add(p[0], p[1], p[2], 0);
        }
        OrientedBox box = new OrientedBox(10, 0.5, 0, 4, 2, 1.6, 0.1);

        Returns returns = new ReturnsSampler().attach(cloud, List.of(car(box))).get(0).returns();

        assertThat(returns)
                .isEqualTo(
                        new Returns(
                                new short[] {
                                    -100, 50, 0, -50, 50, 0, 0, 50, 50, 50, -50, 0, 100, -50, 25
                                }));
    }

    @Test
    void whatIsNoNumberOrTooLittleOrOneOfACrowdGetsNone() {
        OrientedBox box = new OrientedBox(10, 0, 0, 4, 2, 1.6, 0);
        PointCloud four = new PointCloud();
        for (int i = 0; i < 4; i++) {
            four.add(9 + 0.5f * i, 0, 0, 0);
            four.add(Float.NaN, 0, 0, 0);
        }
        ReturnsSampler sampler = new ReturnsSampler();
        assertThat(sampler.attach(four, List.of(car(box))).get(0).returns()).isNull();

        four.add(11, 0, 0, 0);
        OrientedBox tower = new OrientedBox(10, 0, 0, 4, 2, 900, 0); // no offset of it is a short
        assertThat(sampler.attach(four, List.of(car(tower))).get(0).returns()).isNull();
        List<Detection> crowd = new ArrayList<>();
        int enough = ReturnsSampler.MAX_SWEEP_POINTS / 5;
        for (int i = 0; i < enough + 2; i++) {
            crowd.add(car(box));
        }
        List<Detection> got = sampler.attach(four, crowd);
        assertThat(got).hasSameSizeAs(crowd);
        assertThat(got.stream().filter(d -> d.returns() != null)).hasSize(enough);
        assertThat(got.get(enough).returns()).isNull();
    }

    @Test
    void returnsAreThreeNumbersAPointAndFew() {
        assertThatThrownBy(() -> new Returns(new short[4])).hasMessageContaining("4 numbers");
        assertThatThrownBy(() -> new Returns(new short[3 * Returns.MAX_POINTS + 3]))
                .hasMessageContaining("at most 64");
        assertThat(car(new OrientedBox(1, 2, 3, 4, 2, 1, 0)).with(new Returns(new short[3])))
                .isEqualTo(
                        car(new OrientedBox(1, 2, 3, 4, 2, 1, 0)).with(new Returns(new short[3])))
                .isNotEqualTo(car(new OrientedBox(1, 2, 3, 4, 2, 1, 0)));
    }

    private static PointCloud around(OrientedBox box, RandomGenerator rnd, int points) {
        PointCloud out = new PointCloud();
        for (int i = 0; i < points; i++) {
            out.add(
                    (float) (box.x() + rnd.nextDouble(-3, 3)),
                    (float) (box.y() + rnd.nextDouble(-3, 3)),
                    (float) (box.z() + rnd.nextDouble(-1.5, 1.5)),
                    0);
        }
        return out;
    }

    private static OrientedBox box(RandomGenerator rnd) {
        return new OrientedBox(
                rnd.nextDouble(-40, 40),
                rnd.nextDouble(-40, 40),
                rnd.nextDouble(-1, 1),
                rnd.nextDouble(0.6, 6),
                rnd.nextDouble(0.5, 3),
                rnd.nextDouble(1, 3),
                rnd.nextDouble(-3, 3));
    }

    private static Detection car(OrientedBox box) {
        return new Detection(box, ObjectClass.CAR, 0.8, true, 40, 50_000_000L);
    }
}
