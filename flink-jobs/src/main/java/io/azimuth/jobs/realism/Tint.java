package io.azimuth.jobs.realism;

/** Colours of numbers in [0, 1], dark blue to yellow, as 0xRRGGBB. */
final class Tint {
    static final int BACKGROUND = 0x0b0f17;
    static final int FRAME = 0x8b98ad;

    private static final int[] STOPS = {
        0x1d2b5c, 0x2b5c8a, 0x1f8f9c, 0x35b58a, 0x9fcf5a, 0xf2d45c, 0xfff3c4
    };

    private Tint() {}

    static int of(double share) {
        double place = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
        int low = Math.min((int) place, STOPS.length - 2);
        int out = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = STOPS[low] >> shift & 255;
            int b = STOPS[low + 1] >> shift & 255;
            out |= (int) Math.round(a + (b - a) * (place - low)) << shift;
        }
        return out;
    }
}
