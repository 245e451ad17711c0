package io.azimuth.registration.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.geometry.RigidTransform;
import io.azimuth.registration.odometry.KeyFrame;
import io.azimuth.registration.ume.UmeConfig;
import io.azimuth.registration.ume.UmeRegistrar;
import org.junit.jupiter.api.Test;

class RelocaliserTest {
    private static final KeyFrame FRAME =
            new KeyFrame(RigidTransform.IDENTITY, new short[1], new short[1], new short[1]);

    @Test
    void searchThatThrowsRecognisesNothingAndIsCounted() {
        Relocaliser broken =
                new Relocaliser(
                        (target, source) -> {
                            throw new IllegalStateException("a defect");
                        });

        assertThat(broken.look(new Place(3, FRAME), broken.query(FRAME))).isNull();
        assertThat(broken.look(new Place(4, FRAME), broken.query(FRAME))).isNull();
        assertThat(broken.faults()).isEqualTo(2);
    }

    @Test
    void sweepThatIsRefusedIsNoFault() {
        UmeRegistrar registrar = new UmeRegistrar(UmeConfig.explicitPair());
        Relocaliser sound = new Relocaliser(registrar::register);

        assertThat(sound.look(new Place(3, FRAME), sound.query(FRAME))).isNull();
        assertThat(sound.faults()).isZero();
    }
}
