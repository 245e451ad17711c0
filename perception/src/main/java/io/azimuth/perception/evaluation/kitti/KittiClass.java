package io.azimuth.perception.evaluation.kitti;

/** The classes of KITTI's benchmark, each with the neighbour that is neither missed nor false. */
public enum KittiClass {
    CAR("Car", "Van", 0.7),
    PEDESTRIAN("Pedestrian", "Person_sitting", 0.5),
    CYCLIST("Cyclist", "", 0.5);

    private final String type;
    private final String neighbour;
    private final double minOverlap;

    KittiClass(String type, String neighbour, double minOverlap) {
        this.type = type;
        this.neighbour = neighbour;
        this.minOverlap = minOverlap;
    }

    /** As KITTI writes it. */
    public String type() {
        return type;
    }

    /** Overlap that a match must exceed in the benchmark. */
    public double minOverlap() {
        return minOverlap;
    }

    boolean isNeighbour(String other) {
        return other.equalsIgnoreCase(neighbour);
    }

    boolean is(String other) {
        return other.equalsIgnoreCase(type);
    }
}
