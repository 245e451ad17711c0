package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.PointCloud;
import java.util.List;
import java.util.Locale;

/**
 * nuScenes' {@code .pcd.bin} (not a PCD): little-endian float32 rows x, y, z, intensity (0..255),
 * ring, 20 bytes a point. Its LiDAR axes (x right, y forward, z up) are turned into ours: x' = y,
 * y' = -x. Source: nuScenes devkit, {@code LidarPointCloud.from_file}.
 */
public final class NuScenesBin implements CloudFormat {
    private static final int ROW = 20;
    private static final String COLUMNS = "x,y,z,intensity,ring";

    /** Rows looked at when the name alone does not tell. */
    private static final int PROBED_ROWS = 256;

    private static final int LEAST_ROWS = 64;

    @Override
    public String name() {
        return "nuscenes-bin";
    }

    @Override
    public List<String> extensions() {
        return List.of(".pcd.bin", ".bin");
    }

    @Override
    public boolean matches(CloudBytes bytes) {
        return looksLike(bytes);
    }

    /** By the ending, or a {@code .bin} whose rows of 20 bytes hold whole intensities and rings. */
    static boolean looksLike(CloudBytes bytes) {
        String lower = bytes.name().toLowerCase(Locale.ROOT);
        if (lower.endsWith(".pcd.bin")) {
            return true;
        }
        if (!lower.endsWith(".bin") || bytes.size() == 0 || bytes.size() % ROW != 0) {
            return false;
        }
        int rows = Math.min(PROBED_ROWS, bytes.size() / ROW);
        if (rows < LEAST_ROWS && bytes.size() % 16 == 0) {
            return false; // too few rows to tell from KITTI's
        }
        for (int i = 0; i < rows; i++) {
            if (!isWholeByte(FloatRows.get(bytes.array(), i * ROW + 12))
                    || !isWholeByte(FloatRows.get(bytes.array(), i * ROW + 16))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWholeByte(float v) {
        return v >= 0 && v <= 255 && v == (int) v;
    }

    @Override
    public void read(CloudBytes bytes, PointCloud out, ReadReport report) {
        int rows = FloatRows.count(bytes, ROW, COLUMNS);
        report.begin(name(), rows);
        out.clear();
        out.ensureCapacity(rows);
        byte[] b = bytes.array();
        int kept = 0;
        boolean ringsFit = true;
        for (int i = 0, o = 0; i < rows; i++, o += ROW) {
            float right = FloatRows.get(b, o);
            float forward = FloatRows.get(b, o + 4);
            float up = FloatRows.get(b, o + 8);
            float w = FloatRows.get(b, o + 12);
            float ring = FloatRows.get(b, o + 16);
            // Finite times zero is zero; infinities and NaN give NaN, which is not.
            if (right * 0f + forward * 0f + (up * 0f + w * 0f) + ring * 0f == 0f) {
                out.x()[kept] = forward;
                out.y()[kept] = 0f - right;
                out.z()[kept] = up;
                out.intensity()[kept] = w;
                out.ring()[kept] = (short) (int) ring;
                ringsFit &= ring >= 0 && ring <= 65535;
                kept++;
            }
        }
        out.resize(kept);
        out.declare(ringsFit, false);
        report.dropped(rows - kept);
        IntensityScale.by(out.intensity(), kept, 255f);
        report.intensity("divided by 255, as nuScenes defines it");
        report.note("axes turned from nuScenes' (x right, y forward) to x forward, y left");
        if (!ringsFit) {
            report.note("ring column dismissed: a value is outside 0 .. 65535");
        }
    }

    /** All points in nuScenes' axes and scale; a cloud without rings gets ring 0. */
    static byte[] toBytes(PointCloud cloud) {
        byte[] bytes = new byte[Math.multiplyExact(cloud.size(), ROW)];
        for (int i = 0, o = 0; i < cloud.size(); i++, o += ROW) {
            FloatRows.put(bytes, o, 0f - cloud.y()[i]);
            FloatRows.put(bytes, o + 4, cloud.x()[i]);
            FloatRows.put(bytes, o + 8, cloud.z()[i]);
            FloatRows.put(bytes, o + 12, Math.round(255f * cloud.intensity()[i]));
            FloatRows.put(bytes, o + 16, cloud.hasRing() ? cloud.ringOf(i) : 0);
        }
        return bytes;
    }
}
