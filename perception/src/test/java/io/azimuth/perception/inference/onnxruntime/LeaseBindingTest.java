package io.azimuth.perception.inference.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.azimuth.perception.inference.DirectBuffers;
import io.azimuth.perception.inference.InferenceFailed;
import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.testing.Property;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A buffer at the door of the engine: the exact result, or our exception; never garbage. */
class LeaseBindingTest {
    private static final float[] SQUARES = {0, 1, 4, 9, 16, 25, 36, 49};

    @Test
    void whateverBufferIsBoundTheResultIsExactOrTheBufferIsRefused() throws IOException {
        List<String> seen = new ArrayList<>();
        try (LoadedModel model = TestBundles.load("roots", 2);
                Lease lease = model.acquire()) {
            Property.forAll(400, random -> bindAndRun(lease, random, seen));
        }
        assertThat(seen).contains("bound").contains("refused");
        assertThat(seen.stream().filter("bound"::equals).count()).isGreaterThan(20);
    }

    /** Exact when accepted; refused exactly when the shape, order or kind of the buffer says so. */
    private static void bindAndRun(Lease lease, RandomGenerator random, List<String> seen) {
        FloatBuffer in = anyBuffer(random);
        boolean fits =
                in.isDirect()
                        && !in.isReadOnly()
                        && in.order() == ByteOrder.nativeOrder()
                        && in.remaining() == 8;
        if (!fits) {
            assertThatThrownBy(() -> lease.bind("x", in))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'x'");
            seen.add("refused");
        } else {
            in.duplicate().put(SQUARES);
            lease.bind("x", in);
            lease.run(2);
            float[] found = new float[8];
            lease.output("y").get(0, found);
            assertThat(found).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            seen.add("bound");
        }
    }

    /** Heap or direct, in either order, writable or not, offset by bytes, sliced, cut. */
    private static FloatBuffer anyBuffer(RandomGenerator random) {
        int bytes = 64;
        ByteBuffer memory =
                random.nextInt(8) == 0
                        ? ByteBuffer.allocate(bytes)
                        : ByteBuffer.allocateDirect(bytes);
        memory.position(random.nextInt(3) == 0 ? random.nextInt(9) : 4 * random.nextInt(4));
        ByteBuffer cut = random.nextBoolean() ? memory.slice() : memory;
        cut.order(random.nextInt(6) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.nativeOrder());
        FloatBuffer floats = cut.asFloatBuffer();
        if (random.nextInt(8) == 0) {
            floats = floats.asReadOnlyBuffer();
        }
        int from = random.nextInt(3);
        int length = random.nextInt(3) == 0 ? random.nextInt(5, 12) : 8;
        floats.position(from).limit(Math.min(floats.capacity(), from + length));
        return random.nextBoolean() ? floats.slice() : floats;
    }

    @Test
    void aBufferInTheOtherByteOrderIsRefusedWhereTheEngineWouldReadNonsense() throws IOException {
        try (LoadedModel model = TestBundles.load("roots", 1);
                Lease lease = model.acquire()) {
            FloatBuffer bigEndian = ByteBuffer.allocateDirect(16).asFloatBuffer();

            assertThatThrownBy(() -> lease.bind("x", bigEndian))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("BIG_ENDIAN");
        }
    }

    @Test
    void aBoundInputIsReadInPlaceAndABoundOutputWrittenInPlace() throws IOException {
        try (LoadedModel model = TestBundles.load("roots", 2);
                Lease lease = model.acquire()) {
            FloatBuffer arena = DirectBuffers.allocate(20);
            FloatBuffer in = arena.duplicate().position(2).limit(10);
            FloatBuffer out = arena.duplicate().position(11).limit(19);
            lease.bind("x", in);
            lease.bind("y", out);
            arena.put(2, SQUARES);
            lease.run(2);
            arena.put(2, 81f);
            lease.run(1);

            float[] found = new float[20];
            arena.get(0, found);
            assertThat(Arrays.copyOfRange(found, 11, 19))
                    .containsExactly(9, 1, 2, 3, 4, 5, 6, 7); // the second row is the first run's
            assertThat(new float[] {found[0], found[1], found[10], found[19]})
                    .as("nothing beside the bound rows is touched")
                    .containsOnly(0);
        }
    }

    @Test
    void aRefusedBindingLeavesTheOldOneInPlace() throws IOException {
        try (LoadedModel model = TestBundles.load("roots", 1);
                Lease lease = model.acquire()) {
            lease.input("x").put(0, new float[] {4, 4, 4, 4});
            assertThatThrownBy(() -> lease.bind("x", DirectBuffers.allocate(5)))
                    .isInstanceOf(IllegalArgumentException.class);
            lease.run(1);

            assertThat(lease.output("y").get(0)).isEqualTo(2f);
            assertThatThrownBy(() -> lease.bind("nowhere", DirectBuffers.allocate(4)))
                    .hasMessageContaining("no tensor 'nowhere', accepted [x, y]");
        }
    }

    @Test
    void positionsAndLimitsOfALeasesBuffersMeanNothing() throws IOException {
        try (LoadedModel model = TestBundles.load("roots", 2);
                Lease lease = model.acquire()) {
            lease.input("x").put(0, SQUARES).position(5).limit(6);
            lease.output("y").position(8);
            lease.run(2);

            float[] found = new float[8];
            lease.output("y").get(0, found);
            assertThat(found).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        }
    }

    @Test
    void anInputThatIsNoNumberIsNamedAndDoesNotReachTheEngine() throws IOException {
        try (LoadedModel model = TestBundles.load("tiny", 2);
                Lease lease = model.acquire()) {
            lease.run(2);
            float before = lease.output("y").get(0);
            for (float bad :
                    new float[] {
                        Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
                    }) {
                lease.input("x").put(130, bad);
                assertThatThrownBy(() -> lease.run(2))
                        .isInstanceOf(InferenceFailed.class)
                        .hasMessageContaining("input 'x' holds " + bad + " at element 130");
                assertThat(lease.output("y").get(0)).isEqualTo(before);
            }
            lease.run(1); // the bad value is in the second row

            lease.input("x").put(130, Float.MAX_VALUE);
            lease.input("x").put(131, Float.MIN_VALUE);
            lease.run(2);
            assertThat(model.stats().failures()).isEqualTo(3);
        }
    }

    @Test
    void afterCloseEveryUseSaysSo() throws IOException {
        try (LoadedModel model = TestBundles.load("roots", 1)) {
            Lease lease = model.acquire();
            lease.close();

            List<Runnable> uses =
                    List.of(
                            () -> lease.run(1),
                            () -> lease.input("x"),
                            () -> lease.output("y"),
                            () -> lease.bind("x", DirectBuffers.allocate(4)));
            for (Runnable use : uses) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("the lease is closed");
            }
            assertThat(model.stats().leases()).isZero();
        }
    }
}
