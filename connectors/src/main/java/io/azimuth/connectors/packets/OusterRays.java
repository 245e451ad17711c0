package io.azimuth.connectors.packets;

/**
 * From range, column and beam to the sensor's frame, as ouster-sdk's {@code XYZLut} does without an
 * extrinsic: the beam leaves from a point that turns with the mirror, and {@code
 * lidar_to_sensor_transform} leads from the rotation's axis to the housing (x away from the
 * connector, z up, origin on the base plate). Source: Ouster sensor documentation, "Lidar range to
 * XYZ".
 */
final class OusterRays {
    private static final double M_PER_MM = 1e-3;

    private final double[] cosColumn;
    private final double[] sinColumn;
    private final double[] along;
    private final double[] across;
    private final double[] up;
    private final double[] transform;
    private final double originX;
    private final double originZ;
    private final double originDistance;

    OusterRays(OusterMetadata m) {
        cosColumn = new double[m.columns()];
        sinColumn = new double[m.columns()];
        for (int v = 0; v < m.columns(); v++) {
            double encoder = 2 * Math.PI * (1 - (double) v / m.columns());
            cosColumn[v] = Math.cos(encoder);
            sinColumn[v] = Math.sin(encoder);
        }
        along = new double[m.beams()];
        across = new double[m.beams()];
        up = new double[m.beams()];
        for (int u = 0; u < m.beams(); u++) {
            double azimuth = -Math.toRadians(m.azimuthDeg()[u]);
            double altitude = Math.toRadians(m.altitudeDeg()[u]);
            along[u] = Math.cos(altitude) * Math.cos(azimuth);
            across[u] = Math.cos(altitude) * Math.sin(azimuth);
            up[u] = Math.sin(altitude);
        }
        transform = m.lidarToSensor();
        originX = m.beamToLidar()[3];
        originZ = m.beamToLidar()[11];
        originDistance = originZ == 0 ? originX : Math.hypot(originX, originZ);
    }

    /**
     * Writes x, y, z in metres into {@code xyz}.
     *
     * @param rangeMm above 0
     */
    void point(int column, int beam, int rangeMm, double[] xyz) {
        double c = cosColumn[column];
        double s = sinColumn[column];
        double r = rangeMm - originDistance;
        double x = r * (c * along[beam] - s * across[beam]) + c * originX;
        double y = r * (s * along[beam] + c * across[beam]) + s * originX;
        double z = r * up[beam] + originZ;
        double[] t = transform;
        xyz[0] = M_PER_MM * (t[0] * x + t[1] * y + t[2] * z + t[3]);
        xyz[1] = M_PER_MM * (t[4] * x + t[5] * y + t[6] * z + t[7]);
        xyz[2] = M_PER_MM * (t[8] * x + t[9] * y + t[10] * z + t[11]);
    }
}
