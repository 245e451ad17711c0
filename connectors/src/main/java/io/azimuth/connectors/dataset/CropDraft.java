package io.azimuth.connectors.dataset;

/**
 * A crop as it goes to disk: points in the frame of the sensor, which stands at the origin.
 *
 * @param x metres, one entry a point; owned by the record
 * @param headingRad where the object's front points, about +z from +x; NaN if unknown
 * @param group crops of one group (a town, a track) are never split between training and test
 * @param beams of the sensor, as many as are left
 * @param family of the town, or {@code real}
 * @param track the object within its group; empty for background
 * @param kind where the box came from: truth, detection or piece
 * @param kept share of the points in the box that is left
 */
record CropDraft(
        float[] x,
        float[] y,
        float[] z,
        CropClass cropClass,
        double headingRad,
        long group,
        int beams,
        String family,
        String track,
        long sweep,
        String kind,
        double kept) {

    int size() {
        return x.length;
    }

    /** Horizontal distance of the points' centroid from the sensor, metres. */
    double rangeM() {
        double sx = 0;
        double sy = 0;
        for (int i = 0; i < x.length; i++) {
            sx += x[i];
            sy += y[i];
        }
        return Math.hypot(sx, sy) / Math.max(1, x.length);
    }
}
