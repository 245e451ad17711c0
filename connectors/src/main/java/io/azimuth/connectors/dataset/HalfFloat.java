package io.azimuth.connectors.dataset;

/** Numbers of 16 bits (IEEE 754 binary16); Java has them from version 20 on. */
final class HalfFloat {
    private static final int MOST_EXPONENT = 15;
    private static final int LEAST_EXPONENT = -14;
    private static final float MOST = 65504;

    private HalfFloat() {}

    /**
     * The nearest half, ties to even.
     *
     * @throws IllegalArgumentException if the value is no number or beyond 65504
     */
    static short bits(float value) {
        if (!(Math.abs(value) <= MOST)) {
            throw new IllegalArgumentException(value + " is no half, expected up to 65504");
        }
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        int exponent = Math.max(LEAST_EXPONENT, Math.getExponent(magnitude));
        // in units of the last place; a carry runs into the exponent as it should
        int units = (int) Math.rint(Math.scalb((double) magnitude, 10 - exponent));
        int biased = exponent + MOST_EXPONENT - 1;
        return (short) (sign | ((biased << 10) + units));
    }
}
