package io.azimuth.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.registration.odometry.OdometryConfig;
import org.junit.jupiter.api.Test;

class OdometerTest {
    private static final long END = Samples.EPOCH;
    private static final long STEP = Samples.PERIOD;

    private final Odometer odometer = new Odometer(OdometryConfig.defaults(), SensorState.EMPTY);

    @Test
    void theSameSweepTwiceIsADuplicate() {
        take("d1", 0, END);

        assertThat(take("d1", 0, END)).isEqualTo(new Odometer.Repeated(false));
    }

    @Test
    void aSweepThatComesAfterALaterOneIsLateThenDuplicate() {
        take("d1", 0, END);
        take("d1", 2, END + 2 * STEP);

        assertThat(take("d1", 1, END + STEP)).isEqualTo(new Odometer.Repeated(true));
        assertThat(take("d1", 1, END + STEP)).isEqualTo(new Odometer.Repeated(false));
    }

    @Test
    void missingSweepsAreCounted() {
        take("d1", 0, END);

        assertThat(placed("d1", 4, END + 4 * STEP).missingBefore()).isEqualTo(3);
    }

    @Test
    void aStampThatGoesBackStartsASegment() {
        take("d1", 0, END);

        assertThat(placed("d1", 1, END - STEP).discontinuity()).isTrue();
    }

    @Test
    void aLongSilenceStartsASegment() {
        take("d1", 0, END);

        assertThat(placed("d1", 1, END + Odometer.MAX_GAP_NANOS + 1).discontinuity()).isTrue();
    }

    @Test
    void anotherDriveStartsASegmentAndTheFirstKeepsItsLog() {
        take("d1", 0, END);
        take("d2", 0, END + STEP);

        assertThat(take("d1", 0, END)).isEqualTo(new Odometer.Repeated(false));
        assertThat(placed("d1", 1, END + 2 * STEP).discontinuity()).isTrue();
    }

    @Test
    void aRestoredOdometerKnowsWhatWasSeen() {
        take("d1", 0, END);
        take("d1", 1, END + STEP);

        Odometer restored = new Odometer(OdometryConfig.defaults(), odometer.state());

        assertThat(restored.take(Samples.product("d1", "s", 1, END + STEP)))
                .isEqualTo(new Odometer.Repeated(false));
    }

    private Odometer.Outcome take(String drive, long seq, long end) {
        return odometer.take(Samples.product(drive, "s", seq, end));
    }

    private Odometer.Placed placed(String drive, long seq, long end) {
        return (Odometer.Placed) take(drive, seq, end);
    }
}
