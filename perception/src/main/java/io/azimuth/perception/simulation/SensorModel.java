package io.azimuth.perception.simulation;

import io.azimuth.perception.geometry.BeamTable;
import io.azimuth.perception.geometry.RigidTransform;

/**
 * A spinning LiDAR and where it is mounted. It turns clockwise seen from above and starts at its
 * rear: column {@code c} looks along azimuth {@code pi - 2 pi c / columns} and is measured at
 * {@code start + c / columns} of the rotation, so that t = 0.5 is straight ahead.
 *
 * @param name short name within the vehicle, e.g. {@code top}
 * @param beams elevations, top beam first, and columns of one rotation
 * @param rateHz rotations a second, 1 .. 50
 * @param minRangeM nearest measurable range
 * @param maxRangeM farthest measurable range, at most 250 m
 * @param rangeSigmaM standard deviation of the range noise, metres
 * @param egoFromSensor mount; the ego frame lies on the road below the vehicle's centre
 */
public record SensorModel(
        String name,
        BeamTable beams,
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

    /** 64 beams from +2 to -24.8 degrees in two blocks (1/3 and 1/2 degree apart), 2048 columns. */
    public static SensorModel hdl64(String name) {
        double[] deg = new double[64];
        for (int i = 0; i < 32; i++) {
            deg[i] = 2.0 - i * (10.33 / 31) + wobble(i);
            deg[32 + i] = -8.87 - i * (15.93 / 31) + wobble(32 + i);
        }
        return onRoof(name, deg, 2048, 0.9, 120);
    }

    /** 32 beams from +10.67 to -30.67 degrees, 2160 columns. */
    public static SensorModel hdl32(String name) {
        return onRoof(name, evenly(32, 10.67, -30.67), 2160, 0.9, 100);
    }

    /** 16 beams from +15 to -15 degrees, 1800 columns. */
    public static SensorModel vlp16(String name) {
        return onRoof(name, evenly(16, 15, -15), 1800, 0.5, 100);
    }

    /** The same sensor under another name at another place. */
    public SensorModel mountedAt(String newName, RigidTransform newEgoFromSensor) {
        return new SensorModel(
                newName, beams, rateHz, minRangeM, maxRangeM, rangeSigmaM, newEgoFromSensor);
    }

    /** The same sensor with another number of columns. */
    public SensorModel withColumns(int columns) {
        return new SensorModel(
                name,
                new BeamTable(beams.elevationRad(), columns),
                rateHz,
                minRangeM,
                maxRangeM,
                rangeSigmaM,
                egoFromSensor);
    }

    /** The same sensor turning at another rate. */
    public SensorModel withRateHz(double newRateHz) {
        return new SensorModel(
                name, beams, newRateHz, minRangeM, maxRangeM, rangeSigmaM, egoFromSensor);
    }

    /** The same sensor with another range noise. */
    public SensorModel withRangeSigmaM(double newSigmaM) {
        return new SensorModel(name, beams, rateHz, minRangeM, maxRangeM, newSigmaM, egoFromSensor);
    }

    private static SensorModel onRoof(
            String name, double[] elevationDeg, int columns, double minRangeM, double maxRangeM) {
        double[] rad = new double[elevationDeg.length];
        for (int i = 0; i < rad.length; i++) {
            rad[i] = elevationDeg[i] * (Math.PI / 180);
        }
        RigidTransform mount = RigidTransform.translation(0, 0, ROOF_HEIGHT_M);
        return new SensorModel(
                name, new BeamTable(rad, columns), 10, minRangeM, maxRangeM, 0.02, mount);
    }

    private static double[] evenly(int n, double first, double last) {
        double[] deg = new double[n];
        for (int i = 0; i < n; i++) {
            deg[i] = first + i * ((last - first) / (n - 1));
        }
        return deg;
    }

    /** Real beams miss the even grid by a few hundredths of a degree. */
    private static double wobble(int beam) {
        return 0.06 * (CounterHash.unit(CounterHash.mix(64L * 7919 + beam)) - 0.5);
    }
}
