package io.azimuth.perception.evaluation.kitti;

/** A rectangle in the image, pixels: x to the right, y downwards, {@code left <= right}. */
public record ImageBox(double left, double top, double right, double bottom) {
    public ImageBox {
        if (!(left <= right && top <= bottom)) {
            throw new IllegalArgumentException(
                    "image box is %s .. %s by %s .. %s, expected left <= right and top <= bottom"
                            .formatted(left, right, top, bottom));
        }
    }

    public double height() {
        return bottom - top;
    }

    public double area() {
        return (right - left) * (bottom - top);
    }

    /** Share of this rectangle that {@code other} covers, in [0, 1]; 0 for one without area. */
    public double coveredBy(ImageBox other) {
        double w = Math.min(right, other.right) - Math.max(left, other.left);
        double h = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        return w > 0 && h > 0 ? w * h / area() : 0;
    }
}
