package io.azimuth.perception.cluster;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whole boxes of parts that were measured by hand; the sensor is at (0, 0). */
class BoxCompletionTest {
    private static final double EXACT = 1e-9;

    /** Of a car, as completed. */
    private static final double LENGTH = 4.2;

    private static final double WIDTH = 1.75;

    @Test
    void theVisibleEndOfALoneFaceAtTheLeftStays() {
        Shape face = face(-1.5, 1, 8); // looking at it, low x is at the left hand
        face.hiddenLeft = true;
        assertSpans(complete(face), 1 - LENGTH, 1, 8, 8 + WIDTH);

        face.hiddenLeft = false;
        face.hiddenRight = true;
        assertSpans(complete(face), -1.5, -1.5 + LENGTH, 8, 8 + WIDTH);
    }

    @Test
    void theVisibleEndOfALoneFaceAtTheRightStays() {
        Shape face = face(-1.5, 1, -8); // looking at it, low x is at the right hand
        face.hiddenLeft = true;
        assertSpans(complete(face), -1.5, -1.5 + LENGTH, -8 - WIDTH, -8);

        face.hiddenLeft = false;
        face.hiddenRight = true;
        assertSpans(complete(face), 1 - LENGTH, 1, -8 - WIDTH, -8);
    }

    @Test
    void aHiddenNearEndMovesEvenTowardsTheSensor() {
        Shape face = face(6, 8.5, 4);
        face.hiddenLeft = true;

        assertSpans(complete(face), 8.5 - LENGTH, 8.5, 4, 4 + WIDTH);
    }

    @Test
    void withBothEndsHiddenTheMiddleStays() {
        Shape face = face(6, 8.5, 4);
        face.hiddenLeft = true;
        face.hiddenRight = true;

        assertThat(complete(face).x()).isCloseTo(7.25, within(EXACT));
    }

    @Test
    void withBothEndsVisibleTheFarEndMovesOut() {
        assertSpans(complete(face(6, 8.5, 4)), 6, 6 + LENGTH, 4, 4 + WIDTH);
        assertSpans(complete(face(-8.5, -6, 4)), -6 - LENGTH, -6, 4, 4 + WIDTH);
        assertThat(complete(face(-1.5, 1, 4)).x()).isCloseTo(-0.25, within(EXACT));
    }

    @Test
    void aSecondFaceFixesTheCornerWhateverIsHidden() {
        Shape corner = face(6, 8.5, 4);
        corner.high2 = 4.7;
        corner.hiddenLeft = true;

        assertSpans(complete(corner), 6, 6 + LENGTH, 4, 4 + WIDTH);
    }

    @Test
    void aShortFaceAcrossTheSightIsFrontOrRear() {
        OrientedBox box = complete(face(-0.9, 0.9, 10));

        assertThat(box.y()).isCloseTo(10 + LENGTH / 2, within(EXACT));
        assertThat(box.x()).isCloseTo(0, within(EXACT));
        assertThat(box.width()).isCloseTo(1.8, within(EXACT));
        assertThat(Math.abs(Math.sin(box.yawRad()))).isCloseTo(1, within(EXACT));
    }

    @Test
    void peopleAreNoFaces() {
        Shape person = face(5, 5.4, 0.2);
        person.hiddenLeft = true;

        OrientedBox box = BoxCompletion.complete(person, ObjectClass.PEDESTRIAN);

        assertThat(box.x() - box.length() / 2).isCloseTo(5, within(EXACT));
        assertThat(box.yawRad()).isZero();
    }

    @Test
    void whatIsLargerThanItsClassKeepsItsSizeAndPlace() {
        Shape large = face(5, 10.5, 3);
        large.high2 = 5.5;
        large.topM = 2;

        OrientedBox box = complete(large);

        assertSpans(box, 5, 10.5, 3, 5.5);
        assertThat(box.height()).isEqualTo(2);
        assertThat(box.bottomZ()).isCloseTo(large.groundZ, within(EXACT));
    }

    @Test
    void theBoxHoldsTheFaceAndItsVisibleEnd() {
        forAll(
                200,
                random -> {
                    Shape s = anyFace(random);
                    s.hiddenLeft = random.nextBoolean();
                    s.hiddenRight = !s.hiddenLeft;
                    boolean lowHidden = s.low2 < 0 ? s.hiddenRight : s.hiddenLeft;
                    OrientedBox box = complete(s);

                    double along = box.x() * Math.cos(s.yaw) + box.y() * Math.sin(s.yaw);
                    double end = along + (lowHidden ? 1 : -1) * box.length() / 2;
                    assertThat(end).isCloseTo(lowHidden ? s.high1 : s.low1, within(EXACT));
                    assertThat(box.length()).isEqualTo(Math.max(LENGTH, s.longM()));
                });
    }

    @Test
    void mirroringTheSceneMirrorsTheBox() {
        forAll(
                200,
                random -> {
                    Shape s = anyFace(random);
                    s.hiddenLeft = random.nextBoolean();
                    s.hiddenRight = random.nextBoolean();
                    Shape mirrored = new Shape();
                    mirrored.yaw = -s.yaw;
                    mirrored.low1 = s.low1;
                    mirrored.high1 = s.high1;
                    mirrored.low2 = -s.high2;
                    mirrored.high2 = -s.low2;
                    mirrored.hiddenLeft = s.hiddenRight;
                    mirrored.hiddenRight = s.hiddenLeft;

                    OrientedBox box = complete(s);
                    OrientedBox other = complete(mirrored);

                    assertThat(other.x()).isCloseTo(box.x(), within(EXACT));
                    assertThat(other.y()).isCloseTo(-box.y(), within(EXACT));
                    assertThat(Math.sin(other.yawRad() + box.yawRad())).isCloseTo(0, within(EXACT));
                });
    }

    private static Shape anyFace(RandomGenerator random) {
        Shape s = new Shape();
        s.yaw = random.nextDouble(-Math.PI / 2, Math.PI / 2);
        s.low1 = random.nextDouble(-20, 20);
        s.high1 = s.low1 + random.nextDouble(2.3, 6);
        s.low2 = random.nextDouble(2, 20) * (random.nextBoolean() ? 1 : -1);
        s.high2 = s.low2 + random.nextDouble(0, 0.5);
        return s;
    }

    /** A thin face along x at this y. */
    private static Shape face(double lowX, double highX, double y) {
        Shape s = new Shape();
        s.low1 = lowX;
        s.high1 = highX;
        s.low2 = y;
        s.high2 = y;
        s.groundZ = -1.7;
        return s;
    }

    private static OrientedBox complete(Shape s) {
        return BoxCompletion.complete(s, ObjectClass.CAR);
    }

    private static void assertSpans(
            OrientedBox box, double lowX, double highX, double lowY, double highY) {
        assertThat(box.x() - box.length() / 2).as("low x").isCloseTo(lowX, within(EXACT));
        assertThat(box.x() + box.length() / 2).as("high x").isCloseTo(highX, within(EXACT));
        assertThat(box.y() - box.width() / 2).as("low y").isCloseTo(lowY, within(EXACT));
        assertThat(box.y() + box.width() / 2).as("high y").isCloseTo(highY, within(EXACT));
        assertThat(box.yawRad()).isZero();
    }
}
