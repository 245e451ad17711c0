package io.azimuth.perception.invariant.places;

import io.azimuth.perception.geometry.Sweep;
import org.jspecify.annotations.Nullable;

/**
 * The {@code concentric} place descriptor: what stands around on rings ({@link ConcentricMap}), the
 * magnitudes of its first 16 frequencies over azimuth, and a linear map to 128 numbers that was
 * fitted to places of simulated towns seen twice. Exactly the same after a turn by 360/64 degrees,
 * nearly so between. Prefixes, normalised again, are shorter descriptors: the most telling numbers
 * come first. One instance a thread.
 *
 * <p>Source: the idea of Scan Context (Kim, Kim 2018) and of concentric spherical convolutions;
 * differs: several heights, soft bins, the Fourier transform's magnitude instead of a search over
 * shifts, and a fitted projection instead of a network.
 */
public final class ConcentricPlaces implements PlaceDescriptor {
    private final ConcentricMap map = new ConcentricMap();
    private final @Nullable PlaceProjection projection;

    /**
     * @param projection null: the magnitudes themselves, 640 numbers
     */
    public ConcentricPlaces(@Nullable PlaceProjection projection) {
        this.projection = projection;
    }

    /** With the projection that comes with the engine. */
    public static ConcentricPlaces shipped() {
        return new ConcentricPlaces(PlaceProjection.shipped());
    }

    @Override
    public String id() {
        return projection == null ? "concentric-raw" : "concentric";
    }

    @Override
    public int length() {
        return projection == null
                ? ConcentricMap.ROWS * AzimuthSpectrum.FREQUENCIES
                : projection.length();
    }

    @Override
    public float[] describe(Sweep sweep) {
        float[] spectrum = AzimuthSpectrum.of(map.draw(sweep));
        return Vectors.normalised(projection == null ? spectrum : projection.apply(spectrum));
    }

    /**
     * The map itself, to find the turn between two sweeps of one place with {@link #turnRad};
     * {@code [row][direction]}, the caller's.
     */
    public float[] map(Sweep sweep) {
        return map.draw(sweep).clone();
    }

    /**
     * By how much the second map's sensor is turned against the first's, radians counter-clockwise,
     * in (-pi, pi]: the best shift by circular correlation, refined by a parabola.
     */
    public static double turnRad(float[] first, float[] second) {
        int n = ConcentricMap.DIRECTIONS;
        double[] match = new double[n];
        int best = 0;
        for (int shift = 0; shift < n; shift++) {
            double sum = 0;
            for (int row = 0; row < first.length; row += n) {
                for (int k = 0; k < n; k++) {
                    sum += (double) first[row + (k + shift) % n] * second[row + k];
                }
            }
            match[shift] = sum;
            best = sum > match[best] ? shift : best;
        }
        double before = match[(best + n - 1) % n];
        double after = match[(best + 1) % n];
        double bend = before - 2 * match[best] + after;
        double exact = best + (bend < 0 ? 0.5 * (before - after) / bend : 0);
        return Math.IEEEremainder(2 * Math.PI * exact / n, 2 * Math.PI);
    }
}
