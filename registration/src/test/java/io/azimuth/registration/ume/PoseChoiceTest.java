package io.azimuth.registration.ume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Poses that have settled beside the true one, of two scans of a yard. */
class PoseChoiceTest {
    private static final UmeConfig CONFIG = UmeConfig.explicitPair();
    private static final RigidTransform THERE = RigidTransform.ofYaw(0.7, 22, -9, 0);
    private static final double FOUND_M = 0.05;
    private static final double FOUND_DEG = 0.1;

    private static final UmeScan TARGET = scan(StreetScenes.yard(RigidTransform.IDENTITY, 1));
    private static final UmeScan SOURCE = scan(StreetScenes.yard(THERE, 2));
    private static final RigidTransform TRUTH =
            TARGET.levelFromSensor.times(THERE).times(SOURCE.levelFromSensor.inverse());
    private final List<RigidTransform> told = new ArrayList<>();
    private final PoseChoice choice =
            new PoseChoice(TARGET, SOURCE, CONFIG, (pose, e) -> told.add(pose));

    private static UmeScan scan(PointCloud cloud) {
        return UmeScan.of(cloud, CONFIG);
    }

    private RigidTransform nearer(double metres) {
        double share = -metres / Math.hypot(TRUTH.tx(), TRUTH.ty());
        return RigidTransform.translation(share * TRUTH.tx(), share * TRUTH.ty(), 0).times(TRUTH);
    }

    /** The source's end lifted. */
    private RigidTransform lifted(double degrees) {
        double away = Math.hypot(TRUTH.tx(), TRUTH.ty());
        double a = Math.toRadians(-degrees) / away;
        RigidTransform turn =
                RigidTransform.exp(new double[] {-TRUTH.ty() * a, TRUTH.tx() * a, 0, 0, 0, 0});
        RigidTransform middle = RigidTransform.translation(TRUTH.tx() / 2, TRUTH.ty() / 2, -1.7);
        return middle.times(turn).times(middle.inverse()).times(TRUTH);
    }

    private PoseChoice.Likely settled(RigidTransform pose, double probability) {
        return new PoseChoice.Likely(choice.look(pose, 10), probability);
    }

    @Test
    void aSourceThatWasDrawnNearerOrLiftedIsPutBack() {
        for (RigidTransform wrong : List.of(nearer(1.3), nearer(2), lifted(1.5), lifted(2.5))) {
            PoseChoice.Likely found = choice.again(settled(wrong, 0.1), List.of());

            RigidTransform error = TRUTH.inverse().times(found.aligned().pose());
            assertThat(error.translationNorm()).isLessThan(FOUND_M);
            assertThat(Math.toDegrees(error.angleRad())).isLessThan(FOUND_DEG);
            assertThat(found.probability()).isGreaterThan(0.1);
            assertThat(told).contains(found.aligned().pose());
        }
    }

    @Test
    void whatIsSureOrLikelierThanAnythingBesideItStays() {
        PoseChoice.Likely sure = settled(nearer(1.3), 0.99);
        assertThat(choice.again(sure, List.of())).isSameAs(sure);
        assertThat(told).isEmpty();

        PoseChoice.Likely right = choice.likeliest(List.of(choice.look(TRUTH, 10)));
        PoseChoice.Likely again =
                choice.again(new PoseChoice.Likely(right.aligned(), 0.97), List.of());

        RigidTransform error = TRUTH.inverse().times(again.aligned().pose());
        assertThat(error.translationNorm()).isLessThan(FOUND_M);
    }

    @Test
    void startsSetTheSourceBackOrLowerItsEndAboutTheMiddle() {
        List<RigidTransform> starts = Restarts.about(TRUTH, TARGET, SOURCE);

        double away = Math.hypot(TRUTH.tx(), TRUTH.ty());
        for (RigidTransform start : starts.subList(0, 2)) {
            assertThat(Math.hypot(start.tx(), start.ty())).isBetween(away + 1, away + 2.1);
            assertThat(start.yawRad()).isCloseTo(TRUTH.yawRad(), within(1e-9));
        }
        for (RigidTransform start : starts.subList(2, 4)) {
            assertThat(start.tz()).isLessThan(TRUTH.tz() - 0.1);
            assertThat(Math.toDegrees(TRUTH.inverse().times(start).angleRad())).isBetween(1.4, 2.6);
        }
        assertThat(starts).hasSize(4);
    }
}
