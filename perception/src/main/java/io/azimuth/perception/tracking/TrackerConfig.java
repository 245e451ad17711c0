package io.azimuth.perception.tracking;

/**
 * Settings of {@link MultiObjectTracker}.
 *
 * @param minScore detections below it are ignored
 * @param confirmHits detections within {@code confirmWindow} updates that confirm a track
 * @param confirmWindow see {@code confirmHits}; 1 .. 30
 * @param maxMissedSeconds a track unseen for longer is dropped
 * @param positionSigmaM standard deviation of a well-seen small object's centre along each axis,
 *     metres; few points and long boxes add to it
 * @param accelerationMps2 standard deviation of a vehicle's acceleration; people and cyclists move
 *     with less
 * @param maxTracks more tracks than this are never kept; the least certain ones go
 * @param appearanceWeight share of the embeddings in the cost of a detection and a track that both
 *     have one, the rest is their distance; 0: looks do not count
 * @param pieceMotion whether tracks follow the points of their objects, as well as their boxes
 */
public record TrackerConfig(
        double minScore,
        int confirmHits,
        int confirmWindow,
        double maxMissedSeconds,
        double positionSigmaM,
        double accelerationMps2,
        int maxTracks,
        double appearanceWeight,
        boolean pieceMotion) {
    /** Most tracks that any configuration may keep: it bounds the state. */
    public static final int MAX_TRACKS = 512;

    public TrackerConfig {
        require(minScore >= 0 && minScore <= 1, "minScore", minScore, "0 .. 1");
        require(
                confirmWindow >= 1 && confirmWindow <= 30,
                "confirmWindow",
                confirmWindow,
                "1 .. 30");
        require(
                confirmHits >= 1 && confirmHits <= confirmWindow,
                "confirmHits",
                confirmHits,
                "1 .. confirmWindow");
        require(
                maxMissedSeconds > 0 && maxMissedSeconds <= 60,
                "maxMissedSeconds",
                maxMissedSeconds,
                "above 0, at most 60");
        require(
                positionSigmaM > 0 && positionSigmaM <= 10,
                "positionSigmaM",
                positionSigmaM,
                "above 0, at most 10");
        require(
                accelerationMps2 > 0 && accelerationMps2 <= 100,
                "accelerationMps2",
                accelerationMps2,
                "above 0, at most 100");
        require(
                maxTracks >= 1 && maxTracks <= MAX_TRACKS,
                "maxTracks",
                maxTracks,
                "1 .. " + MAX_TRACKS);
        require(
                appearanceWeight >= 0 && appearanceWeight <= 1,
                "appearanceWeight",
                appearanceWeight,
                "0 .. 1");
    }

    /** With the usual weight of looks, and points. */
    public TrackerConfig(
            double minScore,
            int confirmHits,
            int confirmWindow,
            double maxMissedSeconds,
            double positionSigmaM,
            double accelerationMps2,
            int maxTracks) {
        this(
                minScore,
                confirmHits,
                confirmWindow,
                maxMissedSeconds,
                positionSigmaM,
                accelerationMps2,
                maxTracks,
                0.2,
                true);
    }

    /** With the usual noise of position and motion. */
    public TrackerConfig(
            double minScore, int confirmHits, int confirmWindow, double maxMissedSeconds) {
        this(minScore, confirmHits, confirmWindow, maxMissedSeconds, 0.2, 3.0, MAX_TRACKS);
    }

    public static TrackerConfig defaults() {
        return new TrackerConfig(0.2, 3, 5, 0.5);
    }

    private static void require(boolean holds, String name, double value, String accepted) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "tracker: " + name + " is " + value + ", expected " + accepted);
        }
    }
}
