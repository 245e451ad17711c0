package io.azimuth.perception.cluster;

/** What is measured on one node of the tree; filled by {@link ShapeMeter}, reused. */
final class Shape {
    int points;

    int columnsSpanned;

    /** Distance to the nearest outline point. */
    double rangeM;

    /** Direction of the long side in [-pi/2, pi), and the rectangle's extents in that frame. */
    double yaw;

    double low1;
    double high1;
    double low2;
    double high2;

    /** Height over ground of the lowest point and of the third highest. */
    double bottomM;

    double topM;

    /** Height of the first row of the sensor that passes over it: it is no higher, if solid. */
    double topBoundM;

    /** Share of outline points within 0.2 m of a visible edge. */
    double onEdges;

    /** Median of the second difference of range along rows. */
    double roughnessM;

    /** Height of the centre of mass, and share of points above 1.2 m. */
    double meanHeightM;

    double upperShare;

    /** Share of points below 0.6 m. */
    double lowShare;

    /** Extent across the long side of the points above 1.1 m. */
    double upperShortM;

    /** Points over those of a standing person at its distance. */
    double density;

    /** Angle between the long side and the line of sight, 0 (end on) .. pi/2 (broadside). */
    double aspectRad;

    /** How far the points above 1.1 m stand back from the visible edges, metres (mean). */
    double setbackM;

    /** 90 % of the points lie within this distance of a visible edge. */
    double depth90M;

    /** Extent along the long side of the points above 1.1 m. */
    double upperLongM;

    /** Rectangle around all points, hidden ones behind the outline included, in the same frame. */
    double fullLow1;

    double fullHigh1;
    double fullLow2;
    double fullHigh2;

    /** Lowest row of the image that holds a point of it. */
    int lowRow;

    /** Seen up to the sensor's highest rows: it may go on above. */
    boolean cutAbove;

    /** Occupied share of the rows x columns block that the points span. */
    double fill;

    /** Foreign object pixels within the margin around the box, over own pixels. */
    double crowding;

    /** Pixels between the roof limit and 4.2 m over the footprint. */
    int overhead;

    /** Its lowest row is above something nearer: it may go on below. */
    boolean hiddenBelow;

    /** Nearer foreign surface directly left / right of the outline: the object may go on. */
    boolean hiddenLeft;

    boolean hiddenRight;

    /** Widest gap that was bridged to join the parts. */
    double gapM;

    /** Ground height (z) beneath the box. */
    double groundZ;

    long timeOffsetNanos;

    double longM() {
        return high1 - low1;
    }

    double fullLongM() {
        return fullHigh1 - fullLow1;
    }

    double fullShortM() {
        return fullHigh2 - fullLow2;
    }

    /** Height over its highest point that is hidden between two rows of the sensor. */
    double unseenM() {
        return Math.max(0, Math.min(3, topBoundM - topM));
    }

    double shortM() {
        return high2 - low2;
    }
}
