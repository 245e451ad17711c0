package io.azimuth.perception.geometry;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

class BoxOverlapTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void agreesWithJtsOnRandomPairs() {
        forAll(
                400,
                rnd -> {
                    OrientedBox a = random(rnd, 0, 0);
                    OrientedBox b = random(rnd, 0, 0);

                    assertThat(BoxOverlap.footprintIntersection(a, b))
                            .isCloseTo(jtsIntersection(a, b), within(TOLERANCE));
                    assertThat(BoxOverlap.bev(a, b)).isCloseTo(jtsIou(a, b), within(TOLERANCE));
                });
    }

    @Test
    void farFromTheOriginNothingIsLost() {
        forAll(
                200,
                rnd -> {
                    OrientedBox a = random(rnd, 0, 0);
                    OrientedBox b = random(rnd, 0, 0);

                    double near = BoxOverlap.bev(a, b);
                    double far = BoxOverlap.bev(shifted(a, 1e5), shifted(b, 1e5));

                    assertThat(far).isCloseTo(near, within(1e-8)); // ulp of 1e5 m is 1.5e-11 m
                });
    }

    @Test
    void isSymmetricAndWithinZeroAndOne() {
        forAll(
                300,
                rnd -> {
                    OrientedBox a = random(rnd, 0, 0);
                    OrientedBox b = random(rnd, 0, 0);

                    assertThat(BoxOverlap.bev(a, b)).isBetween(0.0, 1.0);
                    assertThat(BoxOverlap.bev(b, a))
                            .isCloseTo(BoxOverlap.bev(a, b), within(TOLERANCE));
                    assertThat(BoxOverlap.volume(b, a))
                            .isCloseTo(BoxOverlap.volume(a, b), within(TOLERANCE));
                });
    }

    @Test
    void identicalBoxesOverlapFully() {
        forAll(
                200,
                rnd -> {
                    OrientedBox a = random(rnd, 300, -200);

                    assertThat(BoxOverlap.bev(a, a)).isCloseTo(1, within(TOLERANCE));
                    assertThat(BoxOverlap.volume(a, a)).isCloseTo(1, within(TOLERANCE));
                });
    }

    @Test
    void turningByHalfATurnChangesNothing() {
        forAll(
                200,
                rnd -> {
                    OrientedBox a = random(rnd, 0, 0);
                    OrientedBox b =
                            new OrientedBox(
                                    a.x(),
                                    a.y(),
                                    a.z(),
                                    a.length(),
                                    a.width(),
                                    a.height(),
                                    a.yawRad() + Math.PI);

                    assertThat(BoxOverlap.bev(a, b)).isCloseTo(1, within(TOLERANCE));
                });
    }

    @Test
    void containedBoxGivesTheRatioOfAreas() {
        forAll(
                200,
                rnd -> {
                    OrientedBox outer = new OrientedBox(9, 9, 0, 8, 6, 2, rnd.nextDouble(-3, 3));
                    OrientedBox inner = new OrientedBox(9, 9, 0, 2, 1, 2, rnd.nextDouble(-3, 3));

                    assertThat(BoxOverlap.bev(outer, inner)).isCloseTo(2 / 48.0, within(TOLERANCE));
                });
    }

    @Test
    void touchingBoxesDoNotOverlap() {
        forAll(
                200,
                rnd -> {
                    double yaw = rnd.nextDouble(-3, 3);
                    OrientedBox a = new OrientedBox(0, 0, 0, 4, 2, 1, yaw);
                    OrientedBox ahead =
                            new OrientedBox(4 * Math.cos(yaw), 4 * Math.sin(yaw), 0, 4, 2, 1, yaw);

                    assertThat(BoxOverlap.bev(a, ahead)).isCloseTo(0, within(TOLERANCE));
                });
    }

    @Test
    void halfShiftedEqualBoxesOverlapByAThird() {
        OrientedBox a = new OrientedBox(100, 100, 0, 4, 2, 2, 0.7);
        OrientedBox b =
                new OrientedBox(100 + 2 * Math.cos(0.7), 100 + 2 * Math.sin(0.7), 0, 4, 2, 2, 0.7);
        OrientedBox raised = new OrientedBox(100, 100, 1, 4, 2, 2, 0.7);
        OrientedBox above = new OrientedBox(100, 100, 2, 4, 2, 2, 0.7);

        assertThat(BoxOverlap.bev(a, b)).isCloseTo(1 / 3.0, within(TOLERANCE));
        assertThat(BoxOverlap.volume(a, raised)).isCloseTo(1 / 3.0, within(TOLERANCE));
        assertThat(BoxOverlap.volume(a, above)).isZero();
    }

    private static OrientedBox random(RandomGenerator rnd, double x, double y) {
        return new OrientedBox(
                x + rnd.nextDouble(-2.5, 2.5),
                y + rnd.nextDouble(-2.5, 2.5),
                rnd.nextDouble(-1, 1),
                rnd.nextDouble(0.3, 8),
                rnd.nextDouble(0.3, 3),
                rnd.nextDouble(0.5, 3),
                rnd.nextDouble(-4, 4));
    }

    private static OrientedBox shifted(OrientedBox b, double metres) {
        return new OrientedBox(
                b.x() + metres,
                b.y() - metres,
                b.z(),
                b.length(),
                b.width(),
                b.height(),
                b.yawRad());
    }

    private static double jtsIntersection(OrientedBox a, OrientedBox b) {
        return polygon(a).intersection(polygon(b)).getArea();
    }

    private static double jtsIou(OrientedBox a, OrientedBox b) {
        double shared = jtsIntersection(a, b);
        return shared / (polygon(a).getArea() + polygon(b).getArea() - shared);
    }

    private static Polygon polygon(OrientedBox box) {
        double[] f = box.footprint();
        Coordinate[] ring = new Coordinate[5];
        for (int i = 0; i < 5; i++) {
            ring[i] = new Coordinate(f[2 * i % 8], f[(2 * i + 1) % 8]);
        }
        return new GeometryFactory().createPolygon(ring);
    }
}
