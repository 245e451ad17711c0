package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.icp.Refinement;
import io.azimuth.registration.icp.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RequiresPcl.class)
class PclRegistrationTest {
    private static final PclRegistration.Settings SETTINGS = PclRegistration.Settings.defaults();
    private static final RigidTransform TRUTH =
            RigidTransform.ofYawPitchRoll(0.06, -0.01, 0.015, 0.7, -0.3, 0.08);

    /** Two samplings of a scene at random places, 0.4 m apart, differ by this. */
    private static final double SAMPLING_M = 0.03;

    private static final double SAMPLING_DEG = 0.1;

    @Test
    void gicpFindsAKnownPose() {
        for (long seed = 1; seed <= 4; seed++) {
            check(refine("pcl-gicp", seed), TRUTH, SAMPLING_M, SAMPLING_DEG);
        }
    }

    @Test
    void ndtFindsAKnownPose() {
        check(refine("pcl-ndt", 5), TRUTH, SAMPLING_M, SAMPLING_DEG);
    }

    @Test
    void icpFindsAKnownPose() {
        check(refine("pcl-icp", 6), TRUTH, SAMPLING_M, SAMPLING_DEG);
    }

    @Test
    void pointToPlaneFindsAKnownPose() {
        try (NativeCloud onto = NativeCloud.of(Clouds.street(7, 8000, 0.01));
                NativeCloud from = NativeCloud.of(source(107))) {
            check(
                    PclRegistration.pointToPlane(onto, from, RigidTransform.IDENTITY, SETTINGS),
                    TRUTH,
                    SAMPLING_M,
                    SAMPLING_DEG);
        }
    }

    @Test
    void turningAndShiftingBothFramesCarriesThePoseAlong() {
        RigidTransform other = RigidTransform.ofYawPitchRoll(0.4, 0.1, -0.2, 12, -7, 3);
        PointCloud target = Clouds.street(8, 8000, 0.01);

        Refinement moved =
                gicp().refine(
                                Clouds.moved(target, other),
                                Clouds.moved(source(108), other),
                                RigidTransform.IDENTITY);

        check(moved, other.times(TRUTH).times(other.inverse()), SAMPLING_M, SAMPLING_DEG);
    }

    @Test
    void swappingTheCloudsInvertsThePose() {
        PointCloud target = Clouds.street(9, 8000, 0.01);

        Refinement swapped = gicp().refine(source(109), target, RigidTransform.IDENTITY);

        check(swapped, TRUTH.inverse(), SAMPLING_M, SAMPLING_DEG);
    }

    @Test
    void mapCoordinatesLoseOnlyWhatFloatsLose() {
        RigidTransform far = RigidTransform.translation(91_234, -87_654, 120);
        PointCloud target = Clouds.street(10, 8000, 0.01);

        Refinement found =
                gicp().refine(
                                Clouds.moved(target, far),
                                source(110),
                                RigidTransform.of(
                                        RigidTransform.IDENTITY.rotation(), 91_234, -87_654, 120));

        check(found, far.times(TRUTH), SAMPLING_M, SAMPLING_DEG);
    }

    @Test
    void theSameCallGivesTheSameBits() {
        Refinement first = refine("pcl-gicp", 11);
        Refinement again = refine("pcl-gicp", 11);

        assertThat(again.targetFromSource()).isEqualTo(first.targetFromSource());
        assertThat(again.information()).isEqualTo(first.information());
        assertThat(again.rmseM()).isEqualTo(first.rmseM());
    }

    @Test
    void aCorridorSaysThatItDoesNotKnowWhere() {
        PointCloud target = Clouds.corridor(1, 8000, 0.01);
        PointCloud source = Clouds.corridor(2, 8000, 0.01);

        for (String name : PclRefiner.NAMES) {
            Refinement found =
                    PclRefiner.named(name, SETTINGS)
                            .refine(target, source, RigidTransform.IDENTITY);
            assertThat(found.status()).as(name).isEqualTo(Status.DEGENERATE);
        }
    }

    @Test
    void cloudsThatDoNotMeetHaveNoOverlap() {
        PointCloud target = Clouds.street(12, 4000, 0.01);
        PointCloud source = Clouds.moved(target, RigidTransform.translation(300, 0, 0));

        for (String name : PclRefiner.NAMES) {
            Refinement found =
                    PclRefiner.named(name, SETTINGS)
                            .refine(target, source, RigidTransform.IDENTITY);
            assertThat(found.status()).as(name).isNotEqualTo(Status.ALIGNED);
            assertThat(found.inliers()).as(name).isZero();
        }
    }

    @Test
    void tooFewPointsAreAStatusForARefinerAndNoneAreAMistake() {
        PointCloud street = Clouds.street(13, 400, 0.01);
        PointCloud few = Clouds.street(14, 9, 0.01);

        for (String name : PclRefiner.NAMES) {
            PclRefiner refiner = PclRefiner.named(name, SETTINGS);
            assertThat(refiner.refine(street, few, RigidTransform.IDENTITY).status())
                    .as(name)
                    .isEqualTo(Status.NO_OVERLAP);
            assertThatThrownBy(
                            () -> refiner.refine(street, new PointCloud(), RigidTransform.IDENTITY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("source has 0 points");
        }
    }

    @Test
    void anUnknownRefinerNamesTheKnownOnes() {
        assertThatThrownBy(() -> PclRefiner.named("pcl-foo", SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("refiner is 'pcl-foo', accepted pcl-gicp, pcl-ndt, pcl-icp");
    }

    /** The curvature of half the sum of squared plane distances, by moving the pose a little. */
    @Test
    void informationIsThatOfTheSourceOriginInTheTargetsAxes() {
        PointCloud flat = Clouds.box(15, 3000, 10, 10, 1e-6);
        RigidTransform pose = RigidTransform.translation(4, -3, 0);

        Refinement found = gicp().refine(flat, Clouds.moved(flat, pose.inverse()), pose);

        double[] h = found.information();
        double zz = h[35];
        assertThat(zz).isPositive();
        assertThat(found.status()).isEqualTo(Status.DEGENERATE);
        // For a level plane: turning about x lifts a point by its y from the source's origin.
        double yy = 0;
        double xx = 0;
        double y = 0;
        for (int i = 0; i < flat.size(); i++) {
            yy += Math.pow(flat.y()[i] + 3, 2) / flat.size();
            xx += Math.pow(flat.x()[i] - 4, 2) / flat.size();
            y += (flat.y()[i] + 3) / flat.size();
        }
        assertThat(h[0] / zz).isCloseTo(yy, within(1e-3 * yy));
        assertThat(h[7] / zz).isCloseTo(xx, within(1e-3 * xx));
        assertThat(h[5] / zz).isCloseTo(y, within(1e-3 * y));
    }

    @Test
    void descriptorsFindAPoseWithoutAGuess() {
        RigidTransform truth = RigidTransform.ofYaw(2.1, 4, -3, 0.2);
        PointCloud street = Clouds.street(16, 8000, 0.01);
        try (NativeCloud target = thinned(street);
                NativeCloud source = thinned(Clouds.moved(street, truth.inverse()))) {
            Refinement found =
                    PclRegistration.prerejective(
                            target,
                            described(target),
                            source,
                            described(source),
                            PclRegistration.SearchSettings.defaults());

            check(found, truth, 0.6, 3);
            Refinement refined =
                    PclRegistration.gicp(target, source, found.targetFromSource(), SETTINGS);
            check(refined, truth, SAMPLING_M, SAMPLING_DEG);
        }
    }

    private static NativeCloud thinned(PointCloud points) {
        try (NativeCloud all = NativeCloud.of(points)) {
            return PclFilters.voxelGrid(all, 0.5);
        }
    }

    private static PclFeatures.Descriptors described(NativeCloud cloud) {
        return PclFeatures.fpfh(
                cloud, PclFeatures.normals(cloud, 20, new float[] {0, 0, 2}, 1), 2.5, 1);
    }

    private static PclRefiner gicp() {
        return PclRefiner.named("pcl-gicp", SETTINGS);
    }

    private static PointCloud source(long seed) {
        return Clouds.moved(Clouds.street(seed, 8000, 0.01), TRUTH.inverse());
    }

    private static Refinement refine(String name, long seed) {
        return PclRefiner.named(name, SETTINGS)
                .refine(
                        Clouds.street(seed, 8000, 0.01),
                        source(seed + 100),
                        RigidTransform.IDENTITY);
    }

    private static void check(
            Refinement found, RigidTransform truth, double metres, double degrees) {
        RigidTransform error = truth.inverse().times(found.targetFromSource());
        assertThat(found.status()).isEqualTo(Status.ALIGNED);
        assertThat(error.translationNorm()).isLessThan(metres);
        assertThat(Math.toDegrees(error.angleRad())).isLessThan(degrees);
        assertThat(found.overlap()).isGreaterThan(0.95);
        assertThat(found.engine()).isEqualTo("pcl-1.13.0");
        assertThat(found.nanos()).isPositive();
    }
}
