package io.azimuth.perception.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PointCloudTest {
    @Test
    void growsAndKeepsEveryColumn() {
        PointCloud cloud = new PointCloud();

        for (int i = 0; i < 1000; i++) {
            cloud.add(i, -i, 0.5f * i, i / 1000f, i % 64, 100 * i);
        }

        assertThat(cloud.size()).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(cloud.x()[i]).isEqualTo(i);
            assertThat(cloud.y()[i]).isEqualTo(-i);
            assertThat(cloud.z()[i]).isEqualTo(0.5f * i);
            assertThat(cloud.intensity()[i]).isEqualTo(i / 1000f);
            assertThat(cloud.ringOf(i)).isEqualTo(i % 64);
            assertThat(cloud.timeOffsetNanos()[i]).isEqualTo(100 * i);
        }
    }

    @Test
    void clearKeepsTheArraysAndForgetsTheColumns() {
        PointCloud cloud = new PointCloud(8);
        cloud.declare(true, true);
        cloud.add(1, 2, 3, 0.5f);
        float[] before = cloud.x();

        cloud.clear();

        assertThat(cloud.size()).isZero();
        assertThat(cloud.hasRing()).isFalse();
        assertThat(cloud.hasTime()).isFalse();
        assertThat(cloud.x()).isSameAs(before);
    }

    @Test
    void aCopySharesNothingAndIsTrimmed() {
        PointCloud cloud = new PointCloud(100);
        cloud.add(1, 2, 3, 0.5f, 7, 9);
        cloud.declare(true, false);

        PointCloud copy = cloud.copy();
        cloud.x()[0] = 99;
        cloud.ring()[0] = 1;

        assertThat(copy.size()).isEqualTo(1);
        assertThat(copy.x()).containsExactly(1f);
        assertThat(copy.ringOf(0)).isEqualTo(7);
        assertThat(copy.timeOffsetNanos()).containsExactly(9);
        assertThat(copy.hasRing()).isTrue();
        assertThat(copy.hasTime()).isFalse();
    }

    @Test
    void ringsAreUnsigned() {
        PointCloud cloud = new PointCloud();

        cloud.add(0, 0, 0, 0, 65535, 0);

        assertThat(cloud.ringOf(0)).isEqualTo(65535);
    }

    @Test
    void sizesBeyondTheCapacityAreRefused() {
        PointCloud cloud = new PointCloud(4);

        cloud.resize(4);
        assertThat(cloud.size()).isEqualTo(4);
        assertThatThrownBy(() -> cloud.resize(5)).hasMessageContaining("0 .. 4");
        assertThatThrownBy(() -> cloud.resize(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PointCloud(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refillingAllocatesNothingOnceItIsLargeEnough() {
        PointCloud cloud = new PointCloud();
        fill(cloud);
        float[] grown = cloud.x();

        cloud.clear();
        fill(cloud);

        assertThat(cloud.x()).isSameAs(grown);
    }

    private static void fill(PointCloud cloud) {
        for (int i = 0; i < 5000; i++) {
            cloud.add(i, i, i, 0);
        }
    }

    @Test
    void setMakesACopyThatKeepsItsArraysAndKnowsNothingOfTheOldPoints() {
        PointCloud from = new PointCloud();
        from.declare(true, true);
        from.add(1, 2, 3, 0.5f, 7, 900);
        PointCloud to = new PointCloud(4);
        to.add(9, 9, 9, 1);
        to.add(8, 8, 8, 1);
        float[] before = to.x();

        to.set(from);
        from.clear();

        assertThat(to.size()).isEqualTo(1);
        assertThat(to.x()).isSameAs(before);
        assertThat(new float[] {to.x()[0], to.y()[0], to.z()[0], to.intensity()[0]})
                .containsExactly(1, 2, 3, 0.5f);
        assertThat(to.ringOf(0)).isEqualTo(7);
        assertThat(to.timeOffsetNanos()[0]).isEqualTo(900);
        assertThat(to.hasRing() && to.hasTime()).isTrue();
    }
}
