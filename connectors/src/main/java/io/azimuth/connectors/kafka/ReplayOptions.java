package io.azimuth.connectors.kafka;

import io.azimuth.connectors.wire.SweepCodec;
import io.azimuth.connectors.wire.SweepEncoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a drive is sent.
 *
 * @param rate recorded time over real time: 1 as recorded, 4 four times as fast; {@link #MAX_RATE}
 *     as fast as it goes
 * @param encoding null for the one that suits each sweep
 * @param zstdLevel 0 (none) .. 19
 * @param registry all sensors of the fleet; a sensor's position modulo the partition count is its
 *     partition. A sensor that is not in it goes by the hash of its key
 */
public record ReplayOptions(
        double rate, @Nullable SweepEncoding encoding, int zstdLevel, List<String> registry) {
    public static final double MAX_RATE = Double.POSITIVE_INFINITY;

    public ReplayOptions {
        if (!(rate > 0)) {
            throw new IllegalArgumentException(
                    "rate is " + rate + ", expected a number above 0 (1 = as recorded) or max");
        }
        if (zstdLevel < 0 || zstdLevel > 19) {
            throw new IllegalArgumentException(
                    "zstd level is " + zstdLevel + ", expected 0 (none) .. 19");
        }
        registry = List.copyOf(registry);
    }

    /** As fast as it goes, default encoding. */
    public static ReplayOptions fastest(List<String> registry) {
        return new ReplayOptions(MAX_RATE, null, SweepCodec.DEFAULT_ZSTD_LEVEL, registry);
    }

    public ReplayOptions withRate(double newRate) {
        return new ReplayOptions(newRate, encoding, zstdLevel, registry);
    }

    public ReplayOptions withEncoding(@Nullable SweepEncoding newEncoding) {
        return new ReplayOptions(rate, newEncoding, zstdLevel, registry);
    }
}
