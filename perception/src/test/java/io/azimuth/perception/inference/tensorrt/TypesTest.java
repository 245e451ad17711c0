package io.azimuth.perception.inference.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import io.azimuth.perception.inference.tensorrt.seam.HalfTable;
import io.azimuth.perception.inference.tensorrt.seam.ScriptedTrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtType;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of values on their way to a plan's types and back. */
class TypesTest {
    private static final List<Float> VALUES =
            List.of(0f, 1.5f, -2.5f, 100.4f, 127.6f, -300f, 1e-3f);

    private static float[] through(TrtType type) {
        ScriptedTrtNative trt = new ScriptedTrtNative();
        trt.selectDevice(0);
        long stream = trt.createStream();
        Handles handles = new Handles();
        Staging staging = Staging.open(trt, handles, "x", type, VALUES.size(), 2);
        FloatBuffer in = FloatBuffer.allocate(2 * VALUES.size());
        for (int i = 0; i < in.capacity(); i++) {
            in.put(i, VALUES.get(i % VALUES.size()));
        }
        staging.send(in, 2, stream);
        staging.fetch(2, stream);
        FloatBuffer out = FloatBuffer.allocate(in.capacity());
        staging.read(out, 2);
        trt.isDone(event(trt, stream));
        assertThat(handles.destroyAll()).isZero();
        assertThat(trt.wrong()).isEmpty();
        return out.array();
    }

    private static long event(ScriptedTrtNative trt, long stream) {
        long event = trt.createEvent();
        trt.recordEvent(event, stream);
        return event;
    }

    @Test
    void float32IsKeptAndTheOthersRound() {
        float[] same = through(TrtType.FLOAT32);
        float[] half = through(TrtType.FLOAT16);
        float[] byteSized = through(TrtType.INT8);
        float[] whole = through(TrtType.INT32);
        for (int i = 0; i < same.length; i++) {
            float value = VALUES.get(i % VALUES.size());
            assertThat(same[i]).isEqualTo(value);
            assertThat(half[i]).isEqualTo(HalfTable.toFloat(HalfTable.nearest(value)));
            assertThat(byteSized[i])
                    .isEqualTo((float) Math.max(-128, Math.min(127, Math.rint(value))));
            assertThat(whole[i]).isEqualTo((float) Math.rint(value));
        }
    }
}
