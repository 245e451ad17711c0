package io.azimuth.perception.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import org.junit.jupiter.api.Test;

class VehicleCompletionTest {
    private final VehicleCompletion completion = new VehicleCompletion(FittedTrees.load());

    /** A car's rear, 1.7 m wide, across the line of sight at 15 m; nothing hides its sides. */
    private static Shape rear() {
        Shape s = new Shape();
        s.points = 220;
        s.rangeM = 15;
        s.yaw = Math.PI / 2;
        s.low1 = -0.85;
        s.high1 = 0.85;
        s.low2 = -15.25;
        s.high2 = -15;
        s.fullLow1 = -0.85;
        s.fullHigh1 = 0.85;
        s.fullLow2 = -15.6;
        s.fullHigh2 = -15;
        s.bottomM = 0.2;
        s.topM = 1.45;
        s.topBoundM = 1.6;
        s.meanHeightM = 0.75;
        s.lowShare = 0.4;
        s.upperShare = 0.2;
        s.upperLongM = 1.2;
        s.upperShortM = 0.3;
        s.setbackM = 0.4;
        s.depth90M = 0.4;
        s.roughnessM = 0.02;
        s.onEdges = 1;
        s.fill = 0.7;
        s.density = 1.6;
        s.aspectRad = Math.PI / 2;
        s.groundZ = -1.7;
        return s;
    }

    @Test
    void lengthOfACarSeenFromBehindLiesAlongTheLineOfSight() {
        OrientedBox box = completion.complete(rear(), ObjectClass.CAR);

        assertThat(Math.abs(Math.sin(box.yawRad()))).isLessThan(1e-6);
        assertThat(box.length()).isCloseTo(4.2, within(1e-9));
        assertThat(box.width()).isCloseTo(1.75, within(1e-9));
        assertThat(box.x()).isCloseTo(17.1, within(0.4));
        assertThat(box.y()).isCloseTo(0, within(0.3));
    }

    @Test
    void mirroredShapeGivesTheMirroredBox() {
        Shape left = rear();
        left.low1 = 0.1;
        left.high1 = 1.8;
        left.hiddenLeft = true;
        Shape right = rear();
        right.low1 = -1.8;
        right.high1 = -0.1;
        right.hiddenRight = true;

        OrientedBox a = completion.complete(left, ObjectClass.CAR);
        OrientedBox b = completion.complete(right, ObjectClass.CAR);

        assertThat(a.x()).isCloseTo(b.x(), within(1e-9));
        assertThat(a.y()).isCloseTo(-b.y(), within(1e-9));
    }

    @Test
    void shapeThatShowsItsLengthAndEveryOtherClassStayWithTheRule() {
        Shape side = rear();
        side.low1 = -2;
        side.high1 = 2.1;

        assertThat(completion.complete(side, ObjectClass.CAR))
                .isEqualTo(BoxCompletion.complete(side, ObjectClass.CAR));
        assertThat(completion.complete(rear(), ObjectClass.PEDESTRIAN))
                .isEqualTo(BoxCompletion.complete(rear(), ObjectClass.PEDESTRIAN));
    }
}
