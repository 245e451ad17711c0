package io.azimuth.perception.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A road user's body with the poses of its gait. All poses share one hull ({@link Shape#low},
 * {@link Shape#high}), which is the box that a labeller would draw and does not change over the
 * stride. Immutable after building, thread-safe.
 */
final class Figure {
    /** How it stands; its hull is everyone's. */
    final Shape shape;

    /** One stride or one turn of the pedals; empty for stiff bodies. */
    private final Shape[] phases;

    /** Way of one stride, metres. */
    private final double strideM;

    private Figure(Shape shape, Shape[] phases, double strideM) {
        this.shape = shape;
        this.phases = phases;
        this.strideM = strideM;
    }

    /** A body without moving parts. */
    static Figure stiff(Shape shape) {
        return new Figure(shape, new Shape[0], 1);
    }

    /** A body that walks or pedals; gives all poses the hull that holds each of them. */
    static Figure moving(Shape standing, Shape[] phases, double strideM) {
        for (Shape p : phases) {
            for (int i = 0; i < 3; i++) {
                standing.low[i] = Math.min(standing.low[i], p.low[i]);
                standing.high[i] = Math.max(standing.high[i], p.high[i]);
            }
        }
        for (Shape p : phases) {
            hull(p, standing.low, standing.high);
        }
        return new Figure(standing, phases, strideM);
    }

    /** Sets the box of a body, e.g. without its mirrors. */
    static Shape hull(Shape s, double[] low, double[] high) {
        System.arraycopy(low, 0, s.low, 0, 3);
        System.arraycopy(high, 0, s.high, 0, 3);
        return s;
    }

    /** Sets a box that is centred over the origin. */
    static Shape hull(Shape s, double halfLength, double halfWidth, double height) {
        return hull(
                s,
                new double[] {-halfLength, -halfWidth, 0},
                new double[] {halfLength, halfWidth, height});
    }

    /** Every pose, first how it stands. */
    List<Shape> poses() {
        List<Shape> out = new ArrayList<>(List.of(phases));
        out.add(0, shape);
        return out;
    }

    int phases() {
        return phases.length;
    }

    Shape phase(int index) {
        return phases[index];
    }

    /** The pose after some way; whoever does not move stands. */
    Shape after(double wayM, boolean moving) {
        if (!moving || phases.length == 0) {
            return shape;
        }
        double turns = wayM / strideM;
        int k = (int) ((turns - Math.floor(turns)) * phases.length);
        return phases[Math.min(k, phases.length - 1)];
    }
}
