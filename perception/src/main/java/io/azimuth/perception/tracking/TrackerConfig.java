package io.azimuth.perception.tracking;

/**
 * Settings of {@link MultiObjectTracker}.
 *
 * @param minScore detections below it are ignored
 * @param confirmHits detections within {@code confirmWindow} updates that confirm a track
 * @param confirmWindow see {@code confirmHits}
 * @param maxMissedSeconds a track unseen for longer is dropped
 */
public record TrackerConfig(
        double minScore, int confirmHits, int confirmWindow, double maxMissedSeconds) {
    public static TrackerConfig defaults() {
        return new TrackerConfig(0.2, 3, 5, 0.5);
    }
}
