package io.azimuth.connectors.crops;

import io.azimuth.perception.geometry.MalformedDataException;

/**
 * Points of all crops in one array.
 *
 * @param points x, y, z one point after the other
 * @param offset first point of each crop, and the end
 */
record PackedPoints(double[] points, int[] offset) {
    private static final double THOUSANDTHS = 1e-3;

    /** From an array of shape [N, K, 3], [N, 3, K] or, for one crop, [K, 3 .. 6]. */
    static PackedPoints of(NpyArray array) {
        boolean single = array.axes() == 2 && array.length(1) >= 3 && array.length(1) <= 6;
        boolean last = array.axes() == 3 && array.length(2) == 3;
        boolean second = !last && array.axes() == 3 && array.length(1) == 3;
        if (!single && !last && !second) {
            throw MalformedDataException.at(
                    array.name(),
                    0,
                    "shape is %s, accepted are [crops, points, 3], [crops, 3, points] and, for one crop, [points, 3 .. 6]"
                            .formatted(array.shapeText()));
        }
        double unit = unit(array);
        int crops = single ? 1 : array.length(0);
        int each = single ? array.length(0) : array.length(last ? 1 : 2);
        CropLimits.checkPoints(array.name(), (long) crops * each);
        double[] out = new double[3 * crops * each];
        int[] offset = new int[crops + 1];
        int at = 0;
        for (int i = 0; i < crops; i++) {
            for (int k = 0; k < each; k++) {
                for (int c = 0; c < 3; c++) {
                    double v =
                            single ? array.at(k, c) : last ? array.at(i, k, c) : array.at(i, c, k);
                    out[at++] = unit * v;
                }
            }
            offset[i + 1] = at / 3;
        }
        return new PackedPoints(out, offset);
    }

    /** From points [total, 3] and offsets [N + 1]. */
    static PackedPoints of(NpyArray array, NpyArray offsets) {
        if (array.axes() != 2 || array.length(1) != 3) {
            throw MalformedDataException.at(
                    array.name(),
                    0,
                    "shape is %s, accepted is [points, 3] beside offsets"
                            .formatted(array.shapeText()));
        }
        if (offsets.axes() != 1 || !offsets.isWhole() || offsets.length(0) < 1) {
            throw MalformedDataException.at(
                    offsets.name(),
                    0,
                    "shape is %s, accepted are whole numbers, one more than there are crops"
                            .formatted(offsets.shapeText()));
        }
        int[] offset = new int[offsets.length(0)];
        for (int i = 0; i < offset.length; i++) {
            long next = offsets.whole(i);
            long least = i == 0 ? 0 : offset[i - 1];
            boolean end = i == offset.length - 1;
            if (next < least
                    || next > array.length(0)
                    || i == 0 && next != 0
                    || end && next != array.length(0)) {
                throw MalformedDataException.at(
                        offsets.name(),
                        0,
                        "offset %d is %d, accepted are rising numbers from 0 to %d (the points)"
                                .formatted(i, next, array.length(0)));
            }
            offset[i] = (int) next;
        }
        CropLimits.checkPoints(array.name(), array.length(0));
        double unit = unit(array);
        double[] out = new double[3 * array.length(0)];
        for (int k = 0; k < out.length; k++) {
            out[k] = unit * array.at(k / 3, k % 3);
        }
        return new PackedPoints(out, offset);
    }

    private static double unit(NpyArray array) {
        return array.isWhole() && array.bytes() == 2 ? THOUSANDTHS : 1;
    }
}
