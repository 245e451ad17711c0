package io.azimuth.perception.invariant.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.SomeCrops;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the tensors of a crop cost; the time is printed, not judged: machines differ. */
class InputCostTest {
    private static final int CROPS = 40;
    private static final int ROUNDS = 30;

    /** What measuring itself may allocate. */
    private static final long STRAY_BYTES = 4096;

    @ParameterizedTest
    @EnumSource(EncoderOption.class)
    void nothingIsAllocatedOnceBuffersHaveGrown(EncoderOption option) {
        int points = option == EncoderOption.GA_ATTN ? 32 : 128;
        InputConfig config = InputConfig.of(option, option.groups().get(0), points, 10);
        CropInputs inputs = CropInputs.of(config);
        FloatBuffer[] buffers =
                inputs.specs().stream()
                        .map(spec -> FloatBuffer.allocate(spec.rowElements()))
                        .toArray(FloatBuffer[]::new);
        List<Crop> crops = new ArrayList<>();
        for (int i = 0; i < CROPS; i++) {
            crops.add(SomeCrops.box(new SplittableRandom(i), 400 - 9 * i));
        }
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < ROUNDS; round++) {
            all(inputs, crops, buffers);
        }

        long bytes = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
        long nanos = thread.getCurrentThreadCpuTime();
        all(inputs, crops, buffers);
        nanos = thread.getCurrentThreadCpuTime() - nanos;
        bytes = thread.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes;

        System.err.printf(
                "%s %s K=%d: %.2f ms CPU a crop%n",
                option.label(), config.group(), points, nanos / 1e6 / CROPS);
        assertThat(bytes).isLessThan(STRAY_BYTES);
    }

    private static void all(CropInputs inputs, List<Crop> crops, FloatBuffer[] buffers) {
        for (int i = 0; i < crops.size(); i++) {
            inputs.prepare(crops.get(i));
            inputs.write(0, buffers, 0);
        }
    }
}
