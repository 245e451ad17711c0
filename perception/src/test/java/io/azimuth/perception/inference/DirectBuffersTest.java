package io.azimuth.perception.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class DirectBuffersTest {
    @Test
    void anAllocatedBufferIsWhatAnEngineTakes() {
        FloatBuffer buffer = DirectBuffers.allocate(4);

        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(buffer.capacity()).isEqualTo(4);
        assertThat(DirectBuffers.accept("x", buffer, 4).capacity()).isEqualTo(4);
        assertThat(DirectBuffers.allocate(0).capacity()).isZero();
    }

    @Test
    void sizesThatCannotBeSayWhatIsAccepted() {
        assertThatThrownBy(() -> DirectBuffers.allocate(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("floats is -1, accepted 0 to 536870911");
        assertThatThrownBy(() -> DirectBuffers.allocate(1 << 29))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBufferThatAnEngineWouldMisreadIsRefusedWithItsNameAndTheRemedy() {
        ByteOrder other =
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                        ? ByteOrder.BIG_ENDIAN
                        : ByteOrder.LITTLE_ENDIAN;

        refused(FloatBuffer.allocate(4), "is on the heap");
        refused(ByteBuffer.allocateDirect(16).order(other).asFloatBuffer(), "has byte order");
        refused(DirectBuffers.allocate(4).asReadOnlyBuffer(), "is read-only");
        refused(DirectBuffers.allocate(3), "has 3 floats");
        refused(DirectBuffers.allocate(5), "has 5 floats");
        refused(DirectBuffers.allocate(4).position(1), "has 3 floats");
        refused(DirectBuffers.allocate(5).limit(3), "has 3 floats");
    }

    @Test
    void whatIsAcceptedBeginsAtThePositionAndIgnoresLaterMoves() {
        FloatBuffer whole = DirectBuffers.allocate(8);
        whole.put(3, 7f);
        whole.position(3).limit(7);

        FloatBuffer accepted = DirectBuffers.accept("x", whole, 4);
        whole.clear();

        assertThat(accepted.get(0)).isEqualTo(7f);
        assertThat(accepted.capacity()).isEqualTo(4);
        whole.put(6, 9f);
        assertThat(accepted.get(3)).isEqualTo(9f);
    }

    private static void refused(FloatBuffer buffer, String problem) {
        assertThatThrownBy(() -> DirectBuffers.accept("canvas", buffer, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("buffer of 'canvas' " + problem)
                .hasMessageContaining("DirectBuffers.allocate");
    }
}
