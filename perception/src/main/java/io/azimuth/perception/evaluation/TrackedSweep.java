package io.azimuth.perception.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Truth and tracks of one judged sweep; rows and columns of the assignment. Not thread-safe. */
final class TrackedSweep {
    final List<LabelledBox> truth = new ArrayList<>();
    final List<ScoredBox> tracks = new ArrayList<>();
    private final Set<String> names = new HashSet<>(); // asked only, never iterated
    private final long number;

    TrackedSweep(long number) {
        this.number = number;
    }

    void add(LabelledBox box) {
        if (!box.track().isEmpty() && !names.add("object " + box.track())) {
            throw new IllegalArgumentException(
                    "truth of sweep %d has object '%s' twice, expected once"
                            .formatted(number, box.track()));
        }
        truth.add(box);
    }

    void add(ScoredBox box) {
        if (box.track().isEmpty()) {
            throw new IllegalArgumentException(
                    "a track box of sweep %d has no track name".formatted(number));
        }
        if (!names.add("track " + box.track())) {
            throw new IllegalArgumentException(
                    "sweep %d has track '%s' twice, expected once".formatted(number, box.track()));
        }
        tracks.add(box);
    }

    /** Orders both sides by name, so that ties do not hang on the order of the input. */
    void sort() {
        truth.sort(
                Comparator.comparing(LabelledBox::track)
                        .thenComparingDouble(b -> b.box().x()) // nameless truth
                        .thenComparingDouble(b -> b.box().y()));
        tracks.sort(Comparator.comparing(ScoredBox::track));
    }

    /** Centre distance seen from above; infinite if too far or of different groups. */
    double distance(int row, int column, double limitM) {
        LabelledBox a = truth.get(row);
        ScoredBox b = tracks.get(column);
        if (ClassGroup.of(a.objectClass()) != ClassGroup.of(b.objectClass())) {
            return Double.POSITIVE_INFINITY;
        }
        double metres = Math.hypot(a.box().x() - b.box().x(), a.box().y() - b.box().y());
        return metres <= limitM ? metres : Double.POSITIVE_INFINITY;
    }
}
