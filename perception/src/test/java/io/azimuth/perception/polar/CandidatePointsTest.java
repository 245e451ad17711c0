package io.azimuth.perception.polar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.ground.PolarCoordinates;
import io.azimuth.perception.testing.Property;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CandidatePointsTest {
    private static final float GROUND_Z = -1.7f;
    private static final int POINT_NUMBERS = CandidatePoints.POINTS * CandidatePoints.POINT_FIELDS;
    private static final int BOX_NUMBERS = CandidatePoints.BOX_FIELDS.size();

    private final CandidatePoints points = new CandidatePoints();

    @Test
    void neitherTheOrderOfThePointsNorATurnOfTheSceneChangesWhatIsSaid() {
        Property.forAll(
                30,
                random -> {
                    List<double[]> scene = scene(random);
                    OrientedBox box = new OrientedBox(14, 3, 0.8, 4.3, 1.8, 1.5, 0.4);
                    float[] plain = rows(cloud(scene, 0), box);
                    Collections.shuffle(scene, new Random(random.nextLong()));
                    assertThat(rows(cloud(scene, 0), box)).isEqualTo(plain);

                    double turn = random.nextDouble(-Math.PI, Math.PI);
                    float[] turned = rows(cloud(scene, turn), turned(box, turn));
                    int other = 0;
                    for (int p = 0; p < CandidatePoints.POINTS; p++) {
                        other += differs(plain, turned, p) ? 1 : 0;
                    }
                    // a range on the border of a step of 4 mm may choose another point
                    assertThat(other).isLessThanOrEqualTo(12);
                    for (int i = POINT_NUMBERS; i < plain.length; i++) {
                        assertThat(turned[i])
                                .as(CandidatePoints.BOX_FIELDS.get(i - POINT_NUMBERS))
                                .isEqualTo(plain[i], within(2e-3f));
                    }
                });
    }

    @Test
    void tellsHowFarThePointsOfABoxReachAndHowManyLieAboutIt() {
        OrientedBox box = new OrientedBox(10, 0, 0.75, 4, 2, 1.5, 0);
        List<double[]> scene = new ArrayList<>();
        scene.add(new double[] {8.1, -0.9, 0.5}); // back right
        scene.add(new double[] {11.5, 0.7, 1.4}); // front left, top
        scene.add(new double[] {12.6, 0, 0.5}); // about it
        scene.add(new double[] {13, 0, 0.5}); // too far
        scene.add(new double[] {10, 0, 0.05}); // ground
        scene.add(new double[] {10, 0, 3.5}); // a branch
        float[] rows = rows(cloud(scene, 0), box);

        assertThat(points.size(0)).isEqualTo(3);
        assertThat(field(rows, "about")).isEqualTo(3);
        assertThat(field(rows, "within")).isEqualTo(2);
        assertThat(field(rows, "back")).isEqualTo(-1.9f, within(1e-4f));
        assertThat(field(rows, "front")).isEqualTo(1.5f, within(1e-4f));
        assertThat(field(rows, "right")).isEqualTo(-0.9f, within(1e-4f));
        assertThat(field(rows, "left")).isEqualTo(0.7f, within(1e-4f));
        assertThat(field(rows, "top")).isEqualTo(1.4f, within(1e-4f));
        for (int p = 3; p < CandidatePoints.POINTS; p++) {
            assertThat(rows[p * CandidatePoints.POINT_FIELDS + 4]).as("padding").isZero();
        }
    }

    @Test
    void aCandidateWithoutPointsIsAllZeroButItsBox() {
        float[] rows =
                rows(
                        cloud(List.of(new double[] {50, 0, 1}), 0),
                        new OrientedBox(10, 0, 0.75, 4, 2, 1.5, 0));
        for (int i = 0; i < POINT_NUMBERS; i++) {
            assertThat(rows[i]).isZero();
        }
        assertThat(field(rows, "length")).isEqualTo(4);
        assertThat(field(rows, "top")).isZero();
    }

    private static boolean differs(float[] a, float[] b, int p) {
        for (int f = 0; f < CandidatePoints.POINT_FIELDS; f++) {
            int i = p * CandidatePoints.POINT_FIELDS + f;
            if (Math.abs(a[i] - b[i]) > 1e-3) {
                return true;
            }
        }
        return false;
    }

    private static float field(float[] rows, String name) {
        return rows[POINT_NUMBERS + CandidatePoints.BOX_FIELDS.indexOf(name)];
    }

    /** Rows of x, y, height. */
    private static List<double[]> scene(RandomGenerator random) {
        List<double[]> out = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            out.add(
                    new double[] {
                        14 + random.nextDouble(-3, 3),
                        3 + random.nextDouble(-2, 2),
                        random.nextDouble(0.2, 2)
                    });
        }
        return out;
    }

    private static PointCloud cloud(List<double[]> scene, double turn) {
        PointCloud out = new PointCloud();
        double c = Math.cos(turn);
        double s = Math.sin(turn);
        for (double[] p : scene) {
            out.add(
                    (float) (c * p[0] - s * p[1]),
                    (float) (s * p[0] + c * p[1]),
                    (float) p[2] + GROUND_Z,
                    0.2f);
        }
        return out;
    }

    private static OrientedBox turned(OrientedBox b, double turn) {
        double c = Math.cos(turn);
        double s = Math.sin(turn);
        return new OrientedBox(
                c * b.x() - s * b.y(),
                s * b.x() + c * b.y(),
                b.z(),
                b.length(),
                b.width(),
                b.height(),
                b.yawRad() + turn);
    }

    /** The points' numbers, then the box's. */
    private float[] rows(PointCloud cloud, OrientedBox box) {
        PolarCoordinates polar = new PolarCoordinates();
        polar.compute(cloud);
        float[] heights = new float[cloud.size()];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = cloud.z()[i] - GROUND_Z;
        }
        points.gather(
                List.of(new PolarPeaks.Peak(0, 0, 0, 0.5, 0.6, 0.7, box, true)),
                cloud,
                polar,
                heights);
        FloatBuffer out = FloatBuffer.allocate(POINT_NUMBERS + BOX_NUMBERS);
        points.writePoints(0, out, 0);
        points.writeBox(0, out, POINT_NUMBERS);
        return out.array();
    }
}
