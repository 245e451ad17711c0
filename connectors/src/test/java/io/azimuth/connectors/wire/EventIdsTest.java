package io.azimuth.connectors.wire;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    /** From Python's hashlib and base64. */
    @Test
    void idsAreThoseOfAnotherImplementation() {
        assertThat(EventIds.sweep("kitti_0005", "veh-01/top", 41))
                .isEqualTo("bi3ro57oyhr6h2cvrfagnbozry");
        assertThat(EventIds.of("drive-\u00e9", "veh-01/top", -1, "tracks", "m", "c"))
                .isEqualTo("ovou6pvpghjoejv4yddmyogxyi");
    }

    @Test
    void everyPartCounts() {
        List<String> ids =
                List.of(
                        EventIds.of("d", "s", 1, "x", "m", "c"),
                        EventIds.of("D", "s", 1, "x", "m", "c"),
                        EventIds.of("d", "S", 1, "x", "m", "c"),
                        EventIds.of("d", "s", 2, "x", "m", "c"),
                        EventIds.of("d", "s", 1, "X", "m", "c"),
                        EventIds.of("d", "s", 1, "x", "M", "c"),
                        EventIds.of("d", "s", 1, "x", "m", "C"));

        assertThat(new HashSet<>(ids)).hasSize(7);
    }

    @Test
    void textThatMovesFromOnePartToTheNextGivesAnotherId() {
        forAll(
                100,
                rnd -> {
                    String text = "ab/:,\u0000" + rnd.nextInt(100);
                    Set<String> ids = new HashSet<>();
                    for (int cut = 0; cut <= text.length(); cut++) {
                        String left = text.substring(0, cut);
                        String right = text.substring(cut);
                        ids.add(EventIds.of(left, right, 1, "x", "m", "c"));
                        ids.add(EventIds.of("d", "s", 1, left, right, "c"));
                        ids.add(EventIds.of("d", "s", 1, "x", left, right));
                    }
                    assertThat(ids).hasSize(3 * (text.length() + 1));
                });
    }

    @Test
    void idsAreShortAndPlain() {
        forAll(
                50,
                rnd ->
                        assertThat(EventIds.sweep("d", "s", rnd.nextLong()))
                                .matches("[a-z2-7]{26}"));
    }
}
