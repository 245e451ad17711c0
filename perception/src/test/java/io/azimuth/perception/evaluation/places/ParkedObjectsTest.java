package io.azimuth.perception.evaluation.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.evaluation.LabelledBox;
import io.azimuth.perception.evaluation.ScoredBox;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The sensor drives 1 m a sweep along x and turns by 0.1 rad a sweep. */
class ParkedObjectsTest {
    private static final OrientedBox CAR = new OrientedBox(30, 5, -0.8, 4.2, 1.8, 1.6, 0.4);
    private final TreeMap<Long, RigidTransform> poses = poses();
    private final List<LabelledBox> labels = new ArrayList<>();

    @Test
    void aParkedCarIsNeutralInSweepsThatDoNotLabelItYet() {
        for (long sweep = 5; sweep < 10; sweep++) {
            label(sweep, "p", ObjectClass.CAR, CAR);
        }
        ParkedObjects parked = ParkedObjects.of(labels, poses);
        ScoredBox before = found(2, 30.3, 5.2);
        ScoredBox elsewhere = found(2, 30.3, 9);
        ScoredBox labelled = found(7, 30.3, 5.2);

        assertThat(parked.objects()).extracting(ParkedObjects.Parked::track).containsExactly("p");
        assertThat(parked.judged(List.of(before, elsewhere, labelled)))
                .containsExactly(elsewhere, labelled);
    }

    @Test
    void aPersonDetectedOnAParkedCarStaysFalse() {
        for (long sweep = 5; sweep < 10; sweep++) {
            label(sweep, "p", ObjectClass.CAR, CAR);
        }
        OrientedBox there = inSweep(2, new OrientedBox(30, 5, -0.8, 0.6, 0.6, 1.7, 0));
        ScoredBox person = new ScoredBox(2, "", ObjectClass.PEDESTRIAN, there, 0.8);

        assertThat(ParkedObjects.of(labels, poses).judged(List.of(person))).hasSize(1);
    }

    @Test
    void aDuplicateOfALabelledCarStaysFalse() {
        for (long sweep = 5; sweep < 10; sweep++) {
            label(sweep, "p", ObjectClass.CAR, CAR);
        }
        List<ScoredBox> twice = List.of(found(7, 30, 5), found(7, 30.2, 5));

        assertThat(ParkedObjects.of(labels, poses).judged(twice)).isEqualTo(twice);
    }

    @Test
    void whatMovesIsNotCarried() {
        for (long sweep = 5; sweep < 10; sweep++) {
            double x = 30 + 0.2 * sweep;
            label(sweep, "m", ObjectClass.CAR, new OrientedBox(x, 5, -0.8, 4.2, 1.8, 1.6, 0));
        }

        ParkedObjects parked = ParkedObjects.of(labels, poses);

        assertThat(parked.objects()).isEmpty();
        assertThat(parked.judged(List.of(found(2, 31, 5)))).hasSize(1);
    }

    @Test
    void peopleAndObjectsSeenTwiceAreNotCarried() {
        for (long sweep = 5; sweep < 10; sweep++) {
            label(sweep, "person", ObjectClass.PEDESTRIAN, CAR);
        }
        label(3, "short", ObjectClass.VAN, CAR);
        label(4, "short", ObjectClass.VAN, CAR);

        assertThat(ParkedObjects.of(labels, poses).objects()).isEmpty();
    }

    @Test
    void aLabelOfAnotherObjectKeepsItsDetections() {
        for (long sweep = 5; sweep < 10; sweep++) {
            label(sweep, "p", ObjectClass.CAR, CAR);
        }
        OrientedBox beside = new OrientedBox(30, 6.3, -0.8, 0.8, 0.6, 1.7, 0);
        label(2, "person", ObjectClass.PEDESTRIAN, beside);
        ScoredBox takenForAVehicle = found(2, 30, 6);

        assertThat(ParkedObjects.of(labels, poses).judged(List.of(takenForAVehicle))).hasSize(1);
    }

    @Test
    void withoutPosesNothingIsCarried() {
        for (long sweep = 5; sweep < 10; sweep++) {
            label(sweep, "p", ObjectClass.CAR, CAR);
        }

        ParkedObjects parked = ParkedObjects.of(labels, new TreeMap<>());

        assertThat(parked.judged(List.of(found(2, 30, 5)))).hasSize(1);
    }

    @Test
    void oneWallSeenFromManySweepsIsOnePlace() {
        List<ScoredBox> boxes = new ArrayList<>();
        for (long sweep = 0; sweep < 10; sweep++) {
            boxes.add(found(sweep, 20 + 0.1 * sweep, 3));
            boxes.add(found(sweep, 25, 3));
        }
        OrientedBox there = new OrientedBox(20, 3, 0, 0.7, 0.7, 1.7, 0);
        boxes.add(new ScoredBox(0, "", ObjectClass.PEDESTRIAN, there, 0.5));

        assertThat(DistinctPlaces.count(boxes, poses)).isEqualTo(3);
        assertThat(DistinctPlaces.count(boxes, new TreeMap<>())).isZero();
    }

    private void label(long sweep, String track, ObjectClass c, OrientedBox inFirst) {
        labels.add(new LabelledBox(sweep, track, c, inSweep(sweep, inFirst), 100));
    }

    private ScoredBox found(long sweep, double x, double y) {
        OrientedBox inFirst = new OrientedBox(x, y, -0.8, 4, 1.8, 1.6, 0.4);
        return new ScoredBox(sweep, "", ObjectClass.CAR, inSweep(sweep, inFirst), 0.8);
    }

    private OrientedBox inSweep(long sweep, OrientedBox inFirst) {
        return poses.get(sweep).inverse().map(inFirst);
    }

    private static TreeMap<Long, RigidTransform> poses() {
        TreeMap<Long, RigidTransform> out = new TreeMap<>();
        for (long sweep = 0; sweep < 10; sweep++) {
            double half = 0.05 * sweep;
            out.put(
                    sweep,
                    RigidTransform.ofQuaternion(sweep, 0, 0, 0, 0, Math.sin(half), Math.cos(half)));
        }
        return out;
    }
}
