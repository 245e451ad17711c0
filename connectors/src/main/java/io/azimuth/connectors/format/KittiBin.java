package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.util.List;
import java.util.Locale;

/**
 * KITTI's {@code .bin}: little-endian float32 rows x, y, z, intensity without a header, 16 bytes a
 * point, in our axes. Has neither ring nor time. Source: KITTI raw devkit readme.
 */
public final class KittiBin implements CloudFormat {
    private static final int ROW = 16;
    private static final String COLUMNS = "x,y,z,intensity";

    @Override
    public String name() {
        return "kitti-bin";
    }

    @Override
    public List<String> extensions() {
        return List.of(".bin");
    }

    @Override
    public boolean matches(CloudBytes bytes) {
        return bytes.name().toLowerCase(Locale.ROOT).endsWith(".bin")
                && !NuScenesBin.looksLike(bytes);
    }

    @Override
    public void read(CloudBytes bytes, PointCloud out, ReadReport report) {
        int rows = FloatRows.count(bytes, ROW, COLUMNS);
        report.begin(name(), rows);
        out.clear();
        out.ensureCapacity(rows);
        int kept = fill(bytes.array(), rows, out.x(), out.y(), out.z(), out.intensity());
        out.resize(kept);
        report.dropped(rows - kept);
        IntensityScale.apply(out, report);
    }

    private static int fill(byte[] b, int rows, float[] x, float[] y, float[] z, float[] w) {
        int kept = 0;
        for (int i = 0, o = 0; i < rows; i++, o += ROW) {
            float px = FloatRows.get(b, o);
            float py = FloatRows.get(b, o + 4);
            float pz = FloatRows.get(b, o + 8);
            float pw = FloatRows.get(b, o + 12);
            x[kept] = px;
            y[kept] = py;
            z[kept] = pz;
            w[kept] = pw;
            // Finite times zero is zero; infinities and NaN give NaN, which is not.
            if (px * 0f + py * 0f + (pz * 0f + pw * 0f) == 0f) {
                kept++;
            }
        }
        return kept;
    }

    /** x, y, z and intensity of all points; ring and time have no place in this format. */
    static byte[] toBytes(PointCloud cloud) {
        byte[] bytes = new byte[Math.multiplyExact(cloud.size(), ROW)];
        for (int i = 0, o = 0; i < cloud.size(); i++, o += ROW) {
            FloatRows.put(bytes, o, cloud.x()[i]);
            FloatRows.put(bytes, o + 4, cloud.y()[i]);
            FloatRows.put(bytes, o + 8, cloud.z()[i]);
            FloatRows.put(bytes, o + 12, cloud.intensity()[i]);
        }
        return bytes;
    }
}
