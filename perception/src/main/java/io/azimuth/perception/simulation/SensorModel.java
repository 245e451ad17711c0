package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.RigidTransform;
import org.jspecify.annotations.Nullable;

/**
 * A spinning LiDAR and where it is mounted. It turns clockwise seen from above and starts at its
 * rear: an undelayed beam without azimuth offset looks along {@code pi - 2 pi c / columns} in
 * column {@code c}, at {@code start + c / columns} of the rotation, so that t = 0.5 is straight
 * ahead.
 *
 * <p>The presets of real sensors fire as those do: beams have their own azimuths, times and
 * origins, so that their sweeps carry no {@link BeamTable} (only ring and time of each point);
 * {@link #ideal()} is the same sensor with all beams of a column in one plane, time and origin.
 *
 * @param name short name within the vehicle, e.g. {@code top}
 * @param pattern directions, times and origins of the beams
 * @param rateHz rotations a second, 1 .. 50
 * @param minRangeM nearest measurable range
 * @param maxRangeM where a bright surface (albedo 0.72) is detected half of the time and nothing is
 *     measured beyond, at most 250 m
 * @param rangeSigmaM standard deviation of the range noise at short range, metres
 * @param egoFromSensor mount; the ego frame lies on the road below the vehicle's centre
 */
public record SensorModel(
        String name,
        BeamPattern pattern,
        double rateHz,
        double minRangeM,
        double maxRangeM,
        double rangeSigmaM,
        RigidTransform egoFromSensor) {
    private static final double ROOF_HEIGHT_M = 1.73;

    public SensorModel {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("sensor name is empty, expected e.g. 'top'");
        }
        if (!(rateHz >= 1 && rateHz <= 50)) {
            throw new IllegalArgumentException(
                    "sensor %s: rate is %s Hz, expected 1 .. 50".formatted(name, rateHz));
        }
        if (!(minRangeM > 0 && minRangeM < maxRangeM && maxRangeM <= 250)) {
            throw new IllegalArgumentException(
                    "sensor %s: ranges are %s .. %s m, expected 0 < min < max <= 250"
                            .formatted(name, minRangeM, maxRangeM));
        }
        if (!(rangeSigmaM >= 0 && rangeSigmaM <= 1)) {
            throw new IllegalArgumentException(
                    "sensor %s: range noise is %s m, expected 0 .. 1".formatted(name, rangeSigmaM));
        }
    }

    /** 64 beams from +2 to -24.3 degrees in two blocks (1/3 and 1/2 degree apart), 2048 columns. */
    public static SensorModel hdl64(String name) {
        return onRoof(name, BeamTables.hdl64(), 0.9, 120);
    }

    /** 32 beams from +10.67 to -30.67 degrees, 2170 columns. */
    public static SensorModel hdl32(String name) {
        return onRoof(name, BeamTables.hdl32(), 0.9, 100);
    }

    /** 16 beams from +15 to -15 degrees, 1808 columns. */
    public static SensorModel vlp16(String name) {
        return onRoof(name, BeamTables.vlp16(), 0.5, 100);
    }

    /** 128 beams from +22.5 to -22.5 degrees in four staggered columns, 2048 columns. */
    public static SensorModel os1With128(String name) {
        return onRoof(name, BeamTables.os1With128(), 0.5, 120);
    }

    /**
     * Any spinning pattern, without offsets and delays.
     *
     * @param beams 1 .. 512
     * @param topDeg elevation of the first beam, degrees
     * @param bottomDeg elevation of the last beam, below {@code topDeg}
     * @param columns of a rotation, 8 .. 8192
     */
    public static SensorModel spinning(
            String name, int beams, double topDeg, double bottomDeg, int columns) {
        if (beams < 1
                || beams > 512
                || !(bottomDeg >= -89 && topDeg <= 89)
                || !(topDeg > bottomDeg || (beams == 1 && topDeg == bottomDeg))) {
            throw new IllegalArgumentException(
                    "sensor %s: %d beams from %s to %s degrees, expected 1 .. 512 within 89 .. -89, downwards"
                            .formatted(name, beams, topDeg, bottomDeg));
        }
        return onRoof(name, BeamTables.even(beams, topDeg, bottomDeg, columns), 0.5, 120);
    }

    public int rings() {
        return pattern.rings();
    }

    /** Firings of a beam in one rotation. */
    public int columns() {
        return pattern.columns();
    }

    /** What its sweeps carry: null where a {@link BeamTable} would promise too much. */
    public @Nullable BeamTable beams() {
        return pattern.beamTable();
    }

    /** The same sensor with all beams of a column in one plane, at one time, from one origin. */
    public SensorModel ideal() {
        return with(pattern.ideal());
    }

    /** The same sensor under another name at another place. */
    public SensorModel mountedAt(String newName, RigidTransform newEgoFromSensor) {
        return new SensorModel(
                newName, pattern, rateHz, minRangeM, maxRangeM, rangeSigmaM, newEgoFromSensor);
    }

    /**
     * The same sensor above the vehicle's centre.
     *
     * @param heightM over the road
     * @param pitchRad positive: looks down
     * @param rollRad positive: its left side is up
     */
    public SensorModel mounted(double heightM, double pitchRad, double rollRad) {
        return mountedAt(name, RigidTransform.ofYawPitchRoll(0, pitchRad, rollRad, 0, 0, heightM));
    }

    /** The same sensor with another number of columns. */
    public SensorModel withColumns(int columns) {
        return with(pattern.withColumns(columns));
    }

    private SensorModel with(BeamPattern newPattern) {
        return new SensorModel(
                name, newPattern, rateHz, minRangeM, maxRangeM, rangeSigmaM, egoFromSensor);
    }

    /** The same sensor turning at another rate. */
    public SensorModel withRateHz(double newRateHz) {
        return new SensorModel(
                name, pattern, newRateHz, minRangeM, maxRangeM, rangeSigmaM, egoFromSensor);
    }

    /** The same sensor with another range noise. */
    public SensorModel withRangeSigmaM(double newSigmaM) {
        return new SensorModel(
                name, pattern, rateHz, minRangeM, maxRangeM, newSigmaM, egoFromSensor);
    }

    private static SensorModel onRoof(
            String name, BeamPattern pattern, double minRangeM, double maxRangeM) {
        RigidTransform mount = RigidTransform.translation(0, 0, ROOF_HEIGHT_M);
        return new SensorModel(name, pattern, 10, minRangeM, maxRangeM, 0.02, mount);
    }
}
