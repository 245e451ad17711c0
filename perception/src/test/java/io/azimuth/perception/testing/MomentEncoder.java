package io.azimuth.perception.testing;

import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.CropStatus;
import io.azimuth.perception.invariant.EncoderInfo;
import io.azimuth.perception.invariant.Encoding;
import io.azimuth.perception.invariant.SymmetryGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * A crop encoder without a network, for tests: the logits follow from how high and wide the points
 * stand, the embedding from their number and spread, the heading is their main axis seen from
 * above. A pure function of each crop.
 */
public final class MomentEncoder implements CropEncoder {
    public static final List<String> CLASSES =
            List.of("car", "large_vehicle", "pedestrian", "cyclist", "pole", "wall");
    private static final int LENGTH = 128;

    private boolean closed;
    private int calls;

    @Override
    public EncoderInfo info() {
        return new EncoderInfo(
                "moment",
                SymmetryGroup.YAW,
                true,
                128,
                CLASSES,
                List.of(16, 32, 64, LENGTH),
                "0".repeat(64));
    }

    @Override
    public List<Encoding> encode(List<Crop> crops) {
        calls++;
        List<Encoding> out = new ArrayList<>();
        for (Crop crop : crops) {
            out.add(encode(crop));
        }
        return out;
    }

    private static Encoding encode(Crop c) {
        int n = c.size();
        double[] mean = new double[3];
        for (int i = 0; i < n; i++) {
            mean[0] += c.x()[i] / n;
            mean[1] += c.y()[i] / n;
            mean[2] += c.z()[i] / n;
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double zz = 0;
        for (int i = 0; i < n; i++) {
            double dx = c.x()[i] - mean[0];
            double dy = c.y()[i] - mean[1];
            double dz = c.z()[i] - mean[2];
            xx += dx * dx / n;
            xy += dx * dy / n;
            yy += dy * dy / n;
            zz += dz * dz / n;
        }
        double wide = Math.sqrt(xx + yy);
        float[] logits = {
            logit(wide, 1.3),
            logit(wide, 3),
            logit(wide, 0.3),
            logit(wide, 0.6),
            logit(wide, 0.1),
            logit(wide, 6)
        };
        float[] embedding = new float[LENGTH];
        double sum = 0;
        for (int k = 0; k < LENGTH; k++) {
            embedding[k] =
                    (float) (StrictMath.cos((k + 1) * wide) + StrictMath.sin(k * Math.sqrt(zz)));
            sum += embedding[k] * embedding[k];
        }
        for (int k = 0; k < LENGTH; k++) {
            embedding[k] /= (float) Math.sqrt(sum);
        }
        double yaw = 0.5 * StrictMath.atan2(2 * xy, xx - yy);
        return new Encoding(CropStatus.OK, embedding, logits, yaw, 0.95, 0.95);
    }

    private static float logit(double wide, double expected) {
        double ratio = StrictMath.log((wide + 0.05) / expected);
        return (float) (-4 * ratio * ratio);
    }

    public int calls() {
        return calls;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
