package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.matching.Assignment;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts of CLEAR MOT, sweep by sweep in order of time; see {@link TrackScores}. */
final class ClearMot {
    private static final double MOSTLY = 0.8;
    private static final double HARDLY = 0.2;
    private static final int NONE = -1;

    /** What is known of one object of the truth. */
    private static final class History {
        private int boxes;
        private int followed;
        private @Nullable String lastTrack;
        private boolean lost;
    }

    private final EvaluationRegion region;
    private final double limitM;
    private final TreeMap<String, History> objects = new TreeMap<>();
    private int falseBoxes;
    private int switches;
    private int fragments;
    private int matches;
    private double distanceM;

    ClearMot(EvaluationRegion region, double limitM) {
        this.region = region;
        this.limitM = limitM;
    }

    /** Counts a sweep and hands what counts to the identity scores. */
    void add(TrackedSweep sweep, IdentityCounts identity) {
        double[][] distances = new double[sweep.truth.size()][sweep.tracks.size()];
        for (int i = 0; i < distances.length; i++) {
            for (int j = 0; j < sweep.tracks.size(); j++) {
                distances[i][j] = sweep.distance(i, j, limitM);
            }
        }
        int[] columnOf = match(sweep, distances);
        boolean[] counts = new boolean[sweep.tracks.size()];
        for (int j = 0; j < counts.length; j++) {
            counts[j] = region.countsFalse(sweep.tracks.get(j).box());
        }
        boolean[] used = new boolean[counts.length];
        for (int i = 0; i < columnOf.length; i++) {
            int column = columnOf[i];
            if (column != NONE) {
                used[column] = true;
                counts[column] = wanted(sweep.truth.get(i));
            }
        }
        for (int j = 0; j < used.length; j++) {
            falseBoxes += !used[j] && counts[j] ? 1 : 0;
        }
        for (int i = 0; i < columnOf.length; i++) {
            if (wanted(sweep.truth.get(i))) {
                int column = columnOf[i];
                String track = column == NONE ? null : sweep.tracks.get(column).track();
                count(sweep.truth.get(i), track, column == NONE ? 0 : distances[i][column]);
            }
        }
        addIdentities(sweep, counts, identity);
    }

    private void addIdentities(TrackedSweep sweep, boolean[] counts, IdentityCounts identity) {
        for (LabelledBox box : sweep.truth) {
            if (wanted(box)) {
                identity.addTruth(box.track());
            }
        }
        for (int j = 0; j < counts.length; j++) {
            if (!counts[j]) {
                continue;
            }
            String track = sweep.tracks.get(j).track();
            identity.addTrack(track);
            for (int i = 0; i < sweep.truth.size(); i++) {
                boolean near = sweep.distance(i, j, limitM) <= limitM;
                if (near && wanted(sweep.truth.get(i))) {
                    identity.addTogether(sweep.truth.get(i).track(), track);
                }
            }
        }
    }

    private boolean wanted(LabelledBox box) {
        return !box.track().isEmpty() && region.keeps(box);
    }

    private void count(LabelledBox box, @Nullable String track, double metres) {
        History object = objects.computeIfAbsent(box.track(), t -> new History());
        object.boxes++;
        if (track == null) {
            object.lost = object.lastTrack != null;
            return;
        }
        object.followed++;
        matches++;
        distanceM += metres;
        switches += object.lastTrack != null && !object.lastTrack.equals(track) ? 1 : 0;
        fragments += object.lost ? 1 : 0;
        object.lost = false;
        object.lastTrack = track;
    }

    /** The column of each row, -1 if it has none. */
    private int[] match(TrackedSweep sweep, double[][] distances) {
        int[] columnOf = new int[distances.length];
        Arrays.fill(columnOf, NONE);
        int[] rowOf = new int[sweep.tracks.size()];
        Arrays.fill(rowOf, NONE);
        goOn(sweep, distances, columnOf, rowOf);
        double[][] cost = new double[distances.length][];
        for (int i = 0; i < cost.length; i++) {
            cost[i] = distances[i].clone();
            for (int j = 0; j < rowOf.length; j++) {
                if (columnOf[i] != NONE || rowOf[j] != NONE) {
                    cost[i][j] = Double.POSITIVE_INFINITY;
                }
            }
        }
        // dearer than any change of the other pairs: as many pairs as possible come first
        double alone = 1 + limitM * (cost.length + 1);
        int[] rest = Assignment.solve(cost, rowOf.length, alone);
        for (int i = 0; i < rest.length; i++) {
            columnOf[i] = columnOf[i] == NONE ? rest[i] : columnOf[i];
        }
        return columnOf;
    }

    /** Pairs of the last sighting that are still near; the nearer of two objects comes first. */
    private void goOn(TrackedSweep sweep, double[][] distances, int[] columnOf, int[] rowOf) {
        for (int j = 0; j < rowOf.length; j++) {
            for (int i = 0; i < distances.length; i++) {
                if (distances[i][j] > limitM || !followedBy(sweep, i, j)) {
                    continue;
                }
                int rival = rowOf[j];
                if (rival == NONE || comesBefore(sweep, distances, i, rival, j)) {
                    rowOf[j] = i;
                }
            }
            if (rowOf[j] != NONE) {
                columnOf[rowOf[j]] = j;
            }
        }
    }

    private boolean followedBy(TrackedSweep sweep, int row, int column) {
        History object = objects.get(sweep.truth.get(row).track());
        return object != null && sweep.tracks.get(column).track().equals(object.lastTrack);
    }

    private static boolean comesBefore(
            TrackedSweep sweep, double[][] distances, int row, int rival, int column) {
        int byDistance = Double.compare(distances[row][column], distances[rival][column]);
        String name = sweep.truth.get(row).track();
        return byDistance != 0
                ? byDistance < 0
                : name.compareTo(sweep.truth.get(rival).track()) < 0;
    }

    TrackScores scores(TrackScores.Identity identity) {
        int wanted = 0;
        int followed = 0;
        int mostlyTracked = 0;
        int mostlyLost = 0;
        for (History object : objects.values()) {
            wanted += object.boxes;
            followed += object.followed;
            mostlyTracked += object.followed >= MOSTLY * object.boxes ? 1 : 0;
            mostlyLost += object.followed < HARDLY * object.boxes ? 1 : 0;
        }
        int misses = wanted - followed;
        int wrong = misses + falseBoxes + switches;
        return new TrackScores(
                wanted,
                misses,
                falseBoxes,
                switches,
                fragments,
                wanted == 0 ? Double.NaN : 1 - wrong / (double) wanted,
                matches == 0 ? Double.NaN : distanceM / matches,
                objects.size(),
                mostlyTracked,
                mostlyLost,
                identity);
    }
}
