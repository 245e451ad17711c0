package io.azimuth.perception.inference.tensorrt.seam;

/** Float16 by its definition: slow, obvious, an oracle for the engine's conversion. */
public final class HalfTable {
    private HalfTable() {}

    /** The value of the bits: sign, 5 bits of exponent, 10 of fraction. */
    public static float toFloat(short half) {
        int exponent = half >> 10 & 31;
        int fraction = half & 1023;
        double sign = half < 0 ? -1 : 1;
        if (exponent == 31) {
            return fraction == 0 ? (float) (sign / 0.0) : Float.NaN;
        }
        double value =
                exponent == 0
                        ? fraction * Math.pow(2, -24)
                        : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
        return (float) (sign * value);
    }

    /** The bits whose value is nearest; of two equally near, the even ones. */
    public static short nearest(float value) {
        int sign = Float.floatToRawIntBits(value) < 0 ? 0x8000 : 0;
        double size = Math.abs((double) value);
        if (Double.isNaN(size)) {
            return 0x7E00;
        }
        int low = 0;
        int high = 0x7C00; // infinity, which stands where 65536 would
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (magnitude(middle) <= size) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double below = size - magnitude(low);
        double above = magnitude(high) - size;
        boolean up = above < below || above == below && high % 2 == 0;
        return (short) (sign | (size >= 65536 || up ? high : low));
    }

    private static double magnitude(int bits) {
        return bits == 0x7C00 ? 65536 : toFloat((short) bits);
    }
}
