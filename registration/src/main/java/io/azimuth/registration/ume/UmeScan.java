package io.azimuth.registration.ume;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import org.jspecify.annotations.Nullable;

/**
 * A scan made ready for registration: thinned, levelled by its ground, its surfaces described. What
 * only a target or only a source needs is computed at first use and kept, so one scan can stand
 * against many at little cost. A scan that cannot be registered carries the reason; making one
 * never fails. Immutable to callers and safe for use by several threads.
 */
public final class UmeScan {
    private static final int MIN_POINTS = 50;
    private static final int MIN_STRUCTURE = 50;
    private static final double GROUND_HEIGHT_M = 0.35;
    private static final double LINE_RATIO = 4e-4;
    private static final double PLANE_SIGMA_M = 0.05;
    private static final double SOURCE_CELL_M = 2.0;
    private static final double TARGET_CELL_M = 1.2;

    final UmeConfig config;
    final UmeReason defect;
    final RigidTransform levelFromSensor;

    /** Number of voxels; all arrays below are in the level frame and have one entry a voxel. */
    final int size;

    final double[] x;
    final double[] y;
    final double[] z;
    final double[] heightM;

    /** Stands on the ground rather than being it. */
    final boolean[] standing;

    /** Stands, and is no horizontal surface: counts as structure. */
    final boolean[] structure;

    final SurfaceFeatures features;
    final Channels channels;
    private final LocalGround ground;
    private final PointCloud cloud;

    private @Nullable UmeDescriptors sourceDescriptors;
    private @Nullable UmeDescriptors targetDescriptors;
    private @Nullable ScoreFields coarse;
    private @Nullable UmeTarget target;
    private @Nullable ScorePoints scorePoints;
    private @Nullable Surfaces surfaces;
    private @Nullable SpatialScan spatial;

    /**
     * Prepares one sweep.
     *
     * @param cloud points in the sensor's frame, metres, motion-compensated where that is known;
     *     not modified, and copied
     */
    public static UmeScan of(PointCloud cloud, UmeConfig config) {
        PointCloud copy = cloud.copy();
        for (int i = 0; i < copy.size(); i++) {
            if (!Float.isFinite(copy.x()[i] + copy.y()[i] + copy.z()[i])) {
                return new UmeScan(copy, config, UmeReason.NON_FINITE);
            }
        }
        return new UmeScan(copy, config, UmeReason.NONE);
    }

    private UmeScan(PointCloud cloud, UmeConfig config, UmeReason known) {
        this.cloud = cloud;
        this.config = config;
        VoxelMeans v =
                known == UmeReason.NONE
                        ? VoxelMeans.of(
                                cloud, config.voxelM(), config.minRangeM(), config.maxRangeM())
                        : new VoxelMeans(new double[0], new double[0], new double[0], 0);
        UmeReason reason = known == UmeReason.NONE ? rank(v) : known;
        RigidTransform level = reason == UmeReason.NONE ? LevelFrame.find(v, config.seed()) : null;
        if (level == null && reason == UmeReason.NONE) {
            reason = UmeReason.NO_GROUND;
        }
        size = level == null ? 0 : v.size();
        levelFromSensor = level == null ? RigidTransform.IDENTITY : level;
        x = new double[size];
        y = new double[size];
        z = new double[size];
        for (int i = 0; i < size; i++) {
            x[i] = levelFromSensor.mapX(v.x()[i], v.y()[i], v.z()[i]);
            y[i] = levelFromSensor.mapY(v.x()[i], v.y()[i], v.z()[i]);
            z[i] = levelFromSensor.mapZ(v.x()[i], v.y()[i], v.z()[i]);
        }
        ground = new LocalGround(x, y, z, size, config.maxRangeM());
        features = new SurfaceFeatures(x, y, z, size, config.maxRangeM());
        heightM = new double[size];
        standing = new boolean[size];
        structure = new boolean[size];
        int standingStructure = classify();
        channels = new Channels(features, heightM, standing, size);
        defect =
                reason == UmeReason.NONE && standingStructure < MIN_STRUCTURE
                        ? UmeReason.NO_STRUCTURE
                        : reason;
    }

    private int classify() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            heightM[i] = z[i] - ground.at(x[i], y[i]);
            standing[i] = heightM[i] >= GROUND_HEIGHT_M;
            structure[i] =
                    standing[i]
                            && features.neighbours[i] >= 3
                            && features.strongest(i) != SurfaceFeatures.HORIZONTAL_PLANE;
            count += structure[i] ? 1 : 0;
        }
        return count;
    }

    /** The reason why this scan cannot be registered, or {@link UmeReason#NONE}. */
    public UmeReason defect() {
        return defect;
    }

    /** Voxels that are left after thinning. */
    public int voxels() {
        return size;
    }

    double groundAt(double px, double py) {
        return ground.at(px, py);
    }

    /** Whether the ground at a place of the level frame was seen. */
    boolean groundKnownAt(double px, double py) {
        return ground.knownAt(px, py);
    }

    PointCloud cloud() {
        return cloud;
    }

    /** Computes and keeps what registration against this scan as a target needs. */
    public void prepareTarget() {
        if (defect == UmeReason.NONE) {
            descriptorsOfTarget();
            coarse();
            target();
            scorePoints();
            surfaces();
        }
    }

    synchronized UmeDescriptors descriptorsOfSource() {
        UmeDescriptors known = sourceDescriptors;
        if (known == null) {
            known = UmeDescriptors.of(this, SOURCE_CELL_M, config.sourceKeyPoints(), config.seed());
            sourceDescriptors = known;
        }
        return known;
    }

    synchronized UmeDescriptors descriptorsOfTarget() {
        UmeDescriptors known = targetDescriptors;
        if (known == null) {
            known = UmeDescriptors.of(this, TARGET_CELL_M, config.targetKeyPoints(), config.seed());
            targetDescriptors = known;
        }
        return known;
    }

    /** Fields that hypotheses are scored by. */
    synchronized ScoreFields coarse() {
        ScoreFields known = coarse;
        if (known == null) {
            known = new ScoreFields(this, 1.0);
            coarse = known;
        }
        return known;
    }

    /** What is aligned point to plane. */
    synchronized Surfaces surfaces() {
        Surfaces known = surfaces;
        if (known == null) {
            known = Surfaces.of(this);
            surfaces = known;
        }
        return known;
    }

    /** Structure thinned to what hypotheses are scored with. */
    synchronized ScorePoints scorePoints() {
        ScorePoints known = scorePoints;
        if (known == null) {
            known = ScorePoints.thinned(this, config.scorePoints(), config.seed());
            scorePoints = known;
        }
        return known;
    }

    synchronized UmeTarget target() {
        UmeTarget known = target;
        if (known == null) {
            known = new UmeTarget(this);
            target = known;
        }
        return known;
    }

    /** The scan without a vertical; only where no more than the ground or structure is missing. */
    synchronized SpatialScan spatial() {
        SpatialScan known = spatial;
        if (known == null) {
            known = new SpatialScan(cloud, config);
            spatial = known;
        }
        return known;
    }

    /** Whether mode S can do what mode G cannot. */
    boolean isSpatial() {
        return defect == UmeReason.NONE
                || defect == UmeReason.NO_GROUND
                || defect == UmeReason.NO_STRUCTURE;
    }

    private static UmeReason rank(VoxelMeans v) {
        if (v.size() < 3) {
            return UmeReason.TOO_FEW;
        }
        Covariance3 spread = new Covariance3();
        for (int i = 0; i < v.size(); i++) {
            spread.add(v.x()[i], v.y()[i], v.z()[i]);
        }
        spread.decompose();
        double[] s = spread.variances();
        if (s[1] <= LINE_RATIO * s[2]) {
            return UmeReason.RANK1;
        }
        if (s[0] <= PLANE_SIGMA_M * PLANE_SIGMA_M) {
            return UmeReason.RANK2;
        }
        return v.size() < MIN_POINTS ? UmeReason.TOO_FEW : UmeReason.NONE;
    }
}
