package io.azimuth.connectors.wire;

import com.google.protobuf.ByteString;
import io.azimuth.connectors.testing.Mutator;
import io.azimuth.connectors.wire.proto.Contract;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * Feeds damaged records to the decoder: {@code SweepFuzzMain REPORT MUTATIONS}. Ends with an error
 * if anything but {@link MalformedSweepException} comes out, a cloud breaks its promises, or a
 * record takes 2 s. Meant for {@code -Xmx128m}.
 */
final class SweepFuzzMain {
    private static final long SEED = 20261128L;
    private static final long LONGEST_NANOS = 2_000_000_000L;

    private final SweepCodec codec = new SweepCodec();
    private final PointCloud cloud = new PointCloud();
    private int accepted;
    private long longest;

    private SweepFuzzMain() {}

    public static void main(String[] args) throws IOException {
        int mutations = Integer.parseInt(args[1]);
        SweepFuzzMain fuzz = new SweepFuzzMain();
        StringBuilder out = new StringBuilder();
        for (var e : fuzz.seeds().entrySet()) {
            out.append(fuzz.run(e.getKey(), e.getValue(), mutations)).append('\n');
        }
        fuzz.bombs();
        out.append("bombs: longest %.1f ms\n".formatted(fuzz.longest / 1e6));
        Files.writeString(Path.of(args[0]), out);
    }

    private String run(String name, byte[] seed, int mutations) {
        accepted = 0;
        longest = 0;
        feed(name, seed);
        if (accepted != 1) {
            throw new AssertionError(name + ": the undamaged record is refused");
        }
        for (int i = 0; i < mutations; i++) {
            RandomGenerator rnd = new SplittableRandom(SEED + 31L * i + name.hashCode());
            // half of them keep their checksum valid: else it would hide what lies behind it
            byte[] bytes = i % 2 == 0 ? Mutator.mutate(seed, rnd) : inside(seed, rnd);
            feed(name + " mutation " + i, bytes);
        }
        return "%s: %d mutations, %d accepted, longest %.1f ms"
                .formatted(name, mutations, accepted - 1, longest / 1e6);
    }

    private void feed(String what, byte[] value) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            check(what, codec.decode(value, cloud));
            accepted++;
        } catch (MalformedSweepException e) {
            if (!String.valueOf(e.getMessage()).startsWith("sweep ")) {
                throw new AssertionError(what + " says only: " + e.getMessage());
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + " gave " + e, e);
        }
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        longest = Math.max(longest, took);
        if (took > LONGEST_NANOS) {
            throw new AssertionError(what + " took " + took + " ns");
        }
    }

    private void check(String what, Sweep sweep) {
        boolean fine = sweep.points() == cloud && cloud.size() > 0;
        fine &= cloud.size() <= SweepCodec.MAX_POINTS && sweep.durationNanos() > 0;
        for (int i = 0; i < cloud.size(); i++) {
            fine &=
                    Float.isFinite(cloud.x()[i])
                            && Float.isFinite(cloud.y()[i])
                            && Float.isFinite(cloud.z()[i]);
            fine &= cloud.intensity()[i] >= 0 && cloud.intensity()[i] <= 1;
        }
        if (!fine) {
            throw new AssertionError(what + " was accepted but breaks its promises");
        }
    }

    /** Damages points or one header field and makes the checksum right again. */
    private static byte[] inside(byte[] seed, RandomGenerator rnd) {
        try {
            Contract.Sweep.Builder m = Contract.Sweep.parseFrom(seed).toBuilder();
            int extreme =
                    new int[] {0, -1, 1, 1 << 21, 32 << 20, Integer.MAX_VALUE}[rnd.nextInt(6)];
            switch (rnd.nextInt(8)) {
                case 0 -> m.setPointCount(extreme);
                case 1 -> m.setRawLen(extreme);
                case 2 -> column(m, rnd).setByteOffset(extreme);
                case 3 -> column(m, rnd).setByteLength(extreme);
                case 4 -> column(m, rnd).setTypeValue(rnd.nextInt(7)).setLayoutValue(1);
                case 5 -> column(m, rnd).setScale(Double.longBitsToDouble(rnd.nextLong()));
                case 6 -> m.getBeamsBuilder().setColumns(extreme);
                default -> {
                    byte[] points = Mutator.mutate(m.getPoints().toByteArray(), rnd);
                    m.setPoints(ByteString.copyFrom(points));
                }
            }
            CRC32C crc = new CRC32C();
            crc.update(m.getPoints().asReadOnlyByteBuffer());
            return m.setCrc32C((int) crc.getValue()).build().toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Contract.Column.Builder column(Contract.Sweep.Builder m, RandomGenerator rnd) {
        return m.getColumnsBuilder(rnd.nextInt(m.getColumnsCount()));
    }

    private Map<String, byte[]> seeds() {
        Sweep loose = Sweeps.loose(new Random(1), 300, 100, true, true);
        Sweep onBeams = Sweeps.onBeams(new Random(1));
        Map<String, byte[]> out = new LinkedHashMap<>();
        for (int level : new int[] {1, 0}) {
            for (SweepEncoding encoding : SweepEncoding.values()) {
                Sweep sweep = encoding == SweepEncoding.SPHERICAL_U16 ? onBeams : loose;
                out.put(encoding + " zstd " + level, codec.encode(sweep, encoding, level));
            }
        }
        return out;
    }

    /** Records that would fill the heap, and the largest honest one, which must not. */
    private void bombs() {
        longest = 0;
        accepted = 0;
        for (int[] unit : new int[][] {{0x7a, 0}, {0xf8, 0x0f, 1}, {0xfb, 0x0f}, {0xfa, 0x0f, 0}}) {
            feed("bomb of " + Arrays.toString(unit), repeated(unit));
        }
        feed("largest", largest());
        if (accepted != 1) {
            throw new AssertionError("the largest sweep is refused");
        }
    }

    /** Two million points in as much memory as its own decoding may need. */
    private static byte[] largest() {
        int count = SweepCodec.MAX_POINTS;
        PointCloud wide = new PointCloud(count);
        Random rnd = new Random(4);
        for (int i = 0; i < count; i++) {
            wide.add(i % 1000 * 0.001f, rnd.nextInt(2) * 0.001f, 0, 0);
        }
        return new SweepCodec().encode(Sweeps.of(wide, null), SweepEncoding.XYZ_I16, 1);
    }

    private static byte[] repeated(int[] unit) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() + unit.length <= SweepCodec.MAX_VALUE_BYTES) {
            for (int b : unit) {
                out.write(b);
            }
        }
        return out.toByteArray();
    }
}
