package io.azimuth.jobs.pipeline;

import static io.azimuth.perception.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.jobs.pipeline.SequenceLog.Verdict;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceLogTest {
    @Test
    void numbersInOrderAreNextAndNothingIsMissing() {
        SequenceLog log = SequenceLog.startingWith(0).with(1).with(2);

        assertThat(log.verdict(3)).isEqualTo(Verdict.NEXT);
        assertThat(log.missingBefore(3)).isZero();
        assertThat(log.gaps()).isEmpty();
    }

    @Test
    void aGapIsCountedAndItsNumbersAreLateOnceThenDuplicate() {
        SequenceLog log = SequenceLog.startingWith(0);
        assertThat(log.missingBefore(4)).isEqualTo(3);

        log = log.with(4);

        assertThat(log.verdict(2)).isEqualTo(Verdict.LATE);
        log = log.with(2);
        assertThat(log.verdict(2)).isEqualTo(Verdict.DUPLICATE);
        assertThat(log.verdict(1)).isEqualTo(Verdict.LATE);
        assertThat(log.verdict(3)).isEqualTo(Verdict.LATE);
    }

    @Test
    void numbersBeforeTheFirstAreLate() {
        assertThat(SequenceLog.startingWith(5).verdict(3)).isEqualTo(Verdict.LATE);
    }

    @Test
    void agreesWithARememberedSetOfAllNumbers() {
        forAll(
                200,
                rnd -> {
                    Set<Long> seen = new HashSet<>();
                    long first = rnd.nextInt(5);
                    SequenceLog log = SequenceLog.startingWith(first);
                    seen.add(first);
                    long last = first;
                    for (int i = 0; i < 100; i++) {
                        long seq = Math.max(0, last + rnd.nextInt(-8, 5));
                        Verdict expected =
                                seq > last
                                        ? Verdict.NEXT
                                        : seen.contains(seq) ? Verdict.DUPLICATE : Verdict.LATE;
                        assertThat(log.verdict(seq)).isEqualTo(expected);
                        log = log.with(seq);
                        seen.add(seq);
                        last = Math.max(last, seq);
                    }
                });
    }

    @Test
    void remembersABoundedNumberOfGaps() {
        SequenceLog log = SequenceLog.startingWith(0);
        for (long seq = 2; seq <= 2000; seq += 2) {
            log = log.with(seq);
        }

        assertThat(log.gaps()).hasSize(2 * SequenceLog.MAX_GAPS);
        assertThat(log.verdict(1)).isEqualTo(Verdict.DUPLICATE); // forgotten
        assertThat(log.verdict(1999)).isEqualTo(Verdict.LATE);
    }
}
