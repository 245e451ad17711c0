package io.azimuth.connectors.dataset;

import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.simulation.LoneObject;
import io.azimuth.perception.simulation.SensorModel;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Draws the crops of one shard, one object on empty ground each, classes in turn. Objects stand 5
 * to 40 m away under any heading; a crop counts if three beams and ten points lie on its object.
 * Its ground is cut off; with jitter the box is beside it, a quarter is hidden in part and half
 * lose points. Source: study of crop encoders, section 7.1, with the bodies of the towns.
 */
final class LoneShard {
    /** Of what is drawn; sets of another version are other sets. */
    static final int VERSION = 2; // 2: houses, guard rails and more fences among family A's walls

    private static final long PURPOSE = 0x6c6f6e65L;
    private static final double NEAREST_M = 5;
    private static final double FARTHEST_M = 40;
    private static final int FEWEST_BEAMS = 3;
    private static final int FEWEST_POINTS = 10;

    /** Ground up to so far over the road is left out. */
    private static final double GROUND_M = 0.1;

    /** Of one place in the set; far more than any class needs. */
    private static final int MOST_TRIES = 10_000;

    private final CropSet.Options options;
    private final int shard;
    private final int items;
    private final Draws draws;
    private final CropCutter cutter = new CropCutter();

    LoneShard(CropSet.Options options, int shard, int items) {
        this.options = options;
        this.shard = shard;
        this.items = items;
        draws = new Draws(options.seed(), PURPOSE, shard);
    }

    void draw(CropShard.Sink sink) throws IOException {
        for (int k = 0; k < items; k++) {
            CropClass c = CropClass.ALL[k % CropClass.ALL.length];
            CropDraft crop = null;
            for (int n = 0; crop == null; n++) {
                if (n == MOST_TRIES) {
                    throw new IllegalStateException(
                            "no %s with %d points on %d beams of %s in %d tries"
                                    .formatted(
                                            c.label(),
                                            FEWEST_POINTS,
                                            FEWEST_BEAMS,
                                            options.sensor().label(),
                                            n));
                }
                crop = next(c, options.shardSize() * (long) shard + k);
            }
            sink.add(crop);
        }
    }

    private @Nullable CropDraft next(CropClass c, long group) {
        SensorModel model = Mount.drawn(options.sensor(), draws).model("s");
        LoneObject object =
                LoneObject.of(options.family(), LoneObject.Kind.valueOf(c.name()), draws.seed());
        double range = draws.between(NEAREST_M, FARTHEST_M);
        double azimuth = draws.between(-Math.PI, Math.PI);
        LoneObject.Seen seen =
                object.seenBy(
                        model,
                        range * StrictMath.cos(azimuth),
                        range * StrictMath.sin(azimuth),
                        draws.between(-Math.PI, Math.PI),
                        draws.seed());
        OrientedBox box = seen.box();
        PointCloud cloud = seen.cloud();
        cutter.take(cloud, options.jitter() ? CropCutter.misplaced(box, draws) : box);
        cutter.cutBelow(cloud, box.bottomZ() + GROUND_M);
        if (options.jitter()) {
            cutter.spoil(cloud, 1, draws);
        }
        double kept = cutter.kept();
        cutter.bound(draws);
        int[] points = cutter.indices();
        double heading = object.hasFront() ? box.yawRad() : Double.NaN;
        return shows(seen, points)
                ? draft(c, cloud, points, heading, group, model.rings(), kept)
                : null;
    }

    private static boolean shows(LoneObject.Seen seen, int[] points) {
        BitSet beams = new BitSet();
        int own = 0;
        for (int i : points) {
            if (seen.ofObject()[i]) {
                beams.set(seen.cloud().ringOf(i));
                own++;
            }
        }
        return own >= FEWEST_POINTS
                && 2 * own > points.length
                && beams.cardinality() >= FEWEST_BEAMS;
    }

    private CropDraft draft(
            CropClass c,
            PointCloud cloud,
            int[] points,
            double heading,
            long group,
            int beams,
            double kept) {
        float[][] p = new float[3][points.length];
        for (int k = 0; k < points.length; k++) {
            p[0][k] = cloud.x()[points[k]];
            p[1][k] = cloud.y()[points[k]];
            p[2][k] = cloud.z()[points[k]];
        }
        String family = options.family().name().toLowerCase(java.util.Locale.ROOT);
        return new CropDraft(
                p[0], p[1], p[2], c, heading, group, beams, family, "", 0, "lone", kept);
    }
}
