package io.azimuth.jobs.realism;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.jobs.realism.Likeness.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikenessTest {
    @Test
    void aBarIsMetOnlyWithinItsLimits() {
        assertThat(verdict("points_a_sweep", 100, 114)).isEqualTo("yes");
        assertThat(verdict("points_a_sweep", 100, 116)).isEqualTo("no");
        assertThat(verdict("points_a_sweep", 100, 84)).isEqualTo("no");
        assertThat(verdict("ground_share", 0.5, 0.59)).isEqualTo("yes");
        assertThat(verdict("ground_share", 0.5, 0.61)).isEqualTo("no");
        assertThat(verdict("car_points_20m", 100, 149)).isEqualTo("yes");
        assertThat(verdict("car_points_20m", 100, 66)).isEqualTo("no");
        assertThat(verdict("plane_sigma_m", 0.02, 0.031)).isEqualTo("no");
        assertThat(verdict("plane_sigma_m", 0.009, 0.02)).isEqualTo("no");
        assertThat(verdict("plane_sigma_m", 0.02, 0.011)).isEqualTo("yes");
    }

    @Test
    void withoutSamplesThereIsNoVerdict() {
        assertThat(verdict("car_points_40m", Double.NaN, 70)).isEqualTo("no data");
        assertThat(likeness("car_points_40m", Double.NaN, 70).score()).containsExactly(0, 0);
    }

    @Test
    void aFigureWithoutBarIsOnlyShown() {
        assertThat(verdict("edge_share", 0.1, 0.9)).isEmpty();
    }

    @Test
    void tableAndJsonHoldTheSameVerdict() {
        Likeness likeness = likeness("points_a_sweep", 100, 116);

        assertThat(LikenessText.table(likeness))
                .contains("points_a_sweep", "1.16", "bars met: 0 of 1");
        assertThat(LikenessText.json(likeness, List.of("d"), List.of(1L)))
                .contains("\"schemaVersion\" : 1", "\"met\" : \"no\"", "\"barsJudged\" : 1");
    }

    private static String verdict(String name, double real, double simulated) {
        return likeness(name, real, simulated).rows().stream()
                .filter(r -> r.name().equals(name))
                .map(Row::verdict)
                .findFirst()
                .orElseThrow();
    }

    private static Likeness likeness(String name, double real, double simulated) {
        Findings a = new Findings();
        a.figure(name, real, 1);
        Findings b = new Findings();
        b.figure(name, simulated, 1);
        return new Likeness(a, b);
    }
}
