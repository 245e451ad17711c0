package io.azimuth.registration.pcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Unguarded, 111 of 397 cases of this kind ended the process: docs/adr/0014. */
@ExtendWith(RequiresPcl.class)
class HostileInputTest {
    private static final int LEAST_CASES = 400;

    /** Pairs of clouds without the shape that tells a pose. */
    private static final String NO_SHAPE =
            "end (identical|two-places|collinear|coplanar|denormal|tiny) \\S+-both .*";

    @TempDir private Path folder;

    @Test
    void nothingThatPclDislikesEndsTheProcess() throws Exception {
        ForkedJvm.Remains jvm = new ForkedJvm().run(HostileCases.class, folder);

        assertThat(jvm.exitStatus()).as("last words: %s", jvm.tail()).isZero();
        List<String> ends = jvm.output().stream().filter(s -> s.startsWith("end ")).toList();
        assertThat(ends).hasSizeGreaterThanOrEqualTo(LEAST_CASES);
        assertThat(jvm.output()).contains("alive after " + ends.size() + " with 0");
        assertThat(ends).noneMatch(s -> s.contains("OTHER"));
        assertThat(ends.stream().filter(s -> s.startsWith("end bad")))
                .allMatch(s -> s.contains("refused: "));
        assertThat(ends.stream().filter(s -> s.matches(NO_SHAPE)))
                .hasSizeGreaterThanOrEqualTo(30)
                .noneMatch(s -> s.contains("ALIGNED"));
        assertThat(ends.stream().filter(s -> s.startsWith("end ok")))
                .allMatch(s -> s.contains("-> ok"));
    }
}
