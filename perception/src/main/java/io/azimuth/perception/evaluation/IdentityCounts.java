package io.azimuth.perception.evaluation;

import io.azimuth.perception.geometry.matching.Assignment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each object and each track were seen, and seen together. The best pairing of whole
 * objects with whole tracks is the one with most sightings together. Not thread-safe.
 */
final class IdentityCounts {
    private final TreeMap<String, Integer> truth = new TreeMap<>();
    private final TreeMap<String, Integer> tracks = new TreeMap<>();
    private final TreeMap<String, TreeMap<String, Integer>> together = new TreeMap<>();

    void addTruth(String object) {
        truth.merge(object, 1, Integer::sum);
    }

    void addTrack(String track) {
        tracks.merge(track, 1, Integer::sum);
    }

    void addTogether(String object, String track) {
        together.computeIfAbsent(object, o -> new TreeMap<>()).merge(track, 1, Integer::sum);
    }

    TrackScores.Identity best() {
        List<String> columns = List.copyOf(tracks.keySet()); // sorted
        int[][] sightings = new int[together.size()][columns.size()];
        int most = 0;
        int row = 0;
        for (TreeMap<String, Integer> seen : together.values()) {
            for (Map.Entry<String, Integer> e : seen.entrySet()) {
                sightings[row][Collections.binarySearch(columns, e.getKey())] = e.getValue();
                most = Math.max(most, e.getValue());
            }
            row++;
        }
        double[][] cost = new double[sightings.length][columns.size()];
        for (int i = 0; i < cost.length; i++) {
            for (int j = 0; j < columns.size(); j++) {
                cost[i][j] = most - sightings[i][j];
            }
        }
        int[] columnOf = Assignment.solve(cost, columns.size(), most);
        int sum = 0;
        for (int i = 0; i < columnOf.length; i++) {
            sum += columnOf[i] < 0 ? 0 : sightings[i][columnOf[i]];
        }
        return new TrackScores.Identity(sum, total(truth), total(tracks));
    }

    private static int total(TreeMap<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
