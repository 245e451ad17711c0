package io.azimuth.connectors.dataset;

import io.azimuth.perception.cluster.ConnectedPieces;
import io.azimuth.perception.cluster.GeometricDetector;
import io.azimuth.perception.cluster.GeometricDetectorConfig;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.simulation.SensorModel;
import io.azimuth.perception.simulation.SimulatedSweep;
import io.azimuth.perception.simulation.TownConfig;
import io.azimuth.perception.simulation.TownDrive;
import io.azimuth.perception.simulation.TownFamily;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Draws the crops of one shard: town after town, eight sweeps of each by eight sensors, a few crops
 * of every class that still lacks some. Of small things, those with less than 64 points and those
 * with more are preferred in turn.
 */
final class CropShard {
    private static final long PURPOSE = 0x63726f70L;
    private static final int TOWN_SWEEPS = 8;
    private static final int STRIDE = 17;

    /** Of a class in one sweep; more would show the same things again. */
    private static final int MOST_OF_A_SWEEP = 2;

    private static final int FEW_POINTS = 64;
    private static final int FEWEST_POINTS = 10;

    /** After so many towns a class that is rare is made up for by the others. */
    private static final int PATIENCE = 24;

    private final CropSet.Options options;
    private final int shard;
    private final int items;
    private final Draws draws;
    private final int[] left = new int[CropClass.ALL.length];
    private final int[] few = new int[CropClass.ALL.length]; // with few points, minus the others
    private final CropCutter cutter = new CropCutter();
    private final GeometricDetector detector =
            new GeometricDetector(GeometricDetectorConfig.defaults());
    private final ConnectedPieces pieces = new ConnectedPieces(GeometricDetectorConfig.defaults());
    private int drawn;

    /** Where the crops go. */
    interface Sink {
        void add(CropDraft crop) throws IOException;
    }

    CropShard(CropSet.Options options, int shard, int items) {
        this.options = options;
        this.shard = shard;
        this.items = items;
        draws = new Draws(options.seed(), PURPOSE, shard);
        for (int c = 0; c < left.length; c++) {
            left[c] = items / left.length + (c < items % left.length ? 1 : 0);
        }
    }

    void draw(Sink sink) throws IOException {
        for (int town = 0; drawn < items; town++) {
            if (town == PATIENCE) {
                java.util.Arrays.fill(left, items);
            }
            visit(town, sink);
        }
    }

    private void visit(int town, Sink sink) throws IOException {
        TownDrive drive = new TownDrive(config());
        for (int k = 0; k < TOWN_SWEEPS && drawn < items; k++) {
            SensorModel model = drive.sensors().get(k);
            SimulatedSweep whole = drive.sweep(0, k, k * STRIDE);
            boolean thin = options.jitter() && options.sensor() == SensorChoice.MIXED;
            Treatment treatment =
                    new FrameSetOptions.Thinning(thin, 1, 1).drawn(model.rings(), draws);
            SimulatedSweep sweep = treatment.thinned(whole, model.columns(), draws);
            var scene = new CropScene(drive, k, sweep, detector, pieces, draws);
            var cut =
                    new Cut(
                            scene,
                            sweep.sweep().points(),
                            shard * 10_000L + town,
                            k * STRIDE,
                            model.rings() / treatment.ringStep(),
                            treatment.ringStep());
            for (CropClass c : CropClass.ALL) {
                take(cut, c, sink);
            }
        }
    }

    /** What the crops of a sweep have in common. */
    private record Cut(
            CropScene scene, PointCloud cloud, long town, long sweep, int beams, int ringStep) {}

    private TownConfig config() {
        List<SensorModel> models = new ArrayList<>();
        long seed = draws.seed();
        for (int k = 0; k < TOWN_SWEEPS; k++) {
            models.add(Mount.drawn(options.sensor(), draws).model("s" + k));
        }
        TownConfig town =
                new TownConfig(
                        seed,
                        1 + STRIDE * (TOWN_SWEEPS - 1),
                        1,
                        models,
                        draws.between(1, 3),
                        draws.between(0.2, 0.8),
                        options.family(),
                        SizeChoice.MIXED.drawn(draws));
        double decoys = draws.between(0, 1.5);
        return options.family() == TownFamily.A ? town.withDecoyDensity(decoys) : town;
    }

    private void take(Cut cut, CropClass c, Sink sink) throws IOException {
        List<CropScene.Candidate> pool = new ArrayList<>();
        for (CropScene.Candidate candidate : cut.scene().candidates()) {
            if (candidate.cropClass() == c) {
                pool.add(candidate);
            }
        }
        for (int n = 0; n < MOST_OF_A_SWEEP && left[c.ordinal()] > 0 && drawn < items; ) {
            if (pool.isEmpty()) {
                return;
            }
            CropDraft crop = cut(cut, pool.remove(next(pool, c)));
            if (crop != null) {
                sink.add(crop);
                n++;
                drawn++;
                left[c.ordinal()]--;
                few[c.ordinal()] += crop.size() < FEW_POINTS ? 1 : -1;
            }
        }
    }

    /** By chance; of three for small things, the one whose number of points is called for. */
    private int next(List<CropScene.Candidate> pool, CropClass c) {
        int best = draws.below(pool.size());
        for (int k = 0; k < 2 && c.isSmall(); k++) {
            int other = draws.below(pool.size());
            boolean fewer = pool.get(other).points() < pool.get(best).points();
            best = fewer == few[c.ordinal()] <= 0 ? other : best;
        }
        return best;
    }

    private @Nullable CropDraft cut(Cut cut, CropScene.Candidate candidate) {
        PointCloud cloud = cut.cloud();
        boolean misplace = options.jitter() && !candidate.kind().equals("detection");
        OrientedBox box = misplace ? CropCutter.misplaced(candidate.box(), draws) : candidate.box();
        cutter.take(cloud, box);
        if (options.jitter()) {
            // below 0 it keeps a layer of ground, above it shaves the feet
            double base = Double.isNaN(candidate.groundZ()) ? box.bottomZ() : candidate.groundZ();
            cutter.cutBelow(cloud, base + draws.between(-0.2, 0.2));
            cutter.spoil(cloud, cut.ringStep(), draws);
        }
        double kept = cutter.kept();
        cutter.bound(draws);
        int[] points = cutter.indices();
        if (points.length < FEWEST_POINTS || !cut.scene().shows(points, candidate)) {
            return null;
        }
        return draft(cut, candidate, points, kept);
    }

    private CropDraft draft(Cut cut, CropScene.Candidate candidate, int[] points, double kept) {
        float[] x = new float[points.length];
        float[] y = new float[points.length];
        float[] z = new float[points.length];
        for (int k = 0; k < points.length; k++) {
            x[k] = cut.cloud().x()[points[k]];
            y[k] = cut.cloud().y()[points[k]];
            z[k] = cut.cloud().z()[points[k]];
        }
        return new CropDraft(
                x,
                y,
                z,
                candidate.cropClass(),
                candidate.headingRad(),
                cut.town(),
                cut.beams(),
                options.family().name().toLowerCase(Locale.ROOT),
                candidate.track(),
                cut.sweep(),
                candidate.kind(),
                kept);
    }
}
