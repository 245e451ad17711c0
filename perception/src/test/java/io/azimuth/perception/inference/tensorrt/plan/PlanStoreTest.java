package io.azimuth.perception.inference.tensorrt.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.tensorrt.ManualTicker;
import io.azimuth.perception.inference.tensorrt.seam.BuildRequest;
import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanStoreTest {
    private static final PlanKey KEY = new PlanKey("kind=plan\nmodel=abc\n");
    private static final TrtVersions VERSIONS = new TrtVersions(110201, 110201, 13030, 13030);
    private static final TrtDevice DEVICE =
            new TrtDevice(0, "Some GPU", 8, 9, 128, 1L << 34, "0000:01:00");

    @TempDir private Path temp;
    private final ManualTicker ticker = new ManualTicker();

    private PlanStore store(long maxBytes) {
        return PlanStore.open(temp.resolve("plans"), maxBytes, ticker);
    }

    @Test
    void aFlippedByteAnywhereIsNeverHandedOut() throws IOException {
        PlanStore store = store(1L << 20);
        byte[] plan = bytes(700, 1);
        store.write(KEY, plan);
        byte[] whole = Files.readAllBytes(store.path(KEY));
        int header = whole.length - plan.length;
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < header + 100; i++) {
            int at = i < header ? i : header + random.nextInt(plan.length);
            byte[] spoilt = whole.clone();
            spoilt[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(store.path(KEY), spoilt);

            assertThat(store.read(KEY)).as("byte %d", at).isNull();
            assertThat(store.path(KEY)).as("byte %d", at).doesNotExist();
        }
        assertThat(store.counts().refusals()).isEqualTo(header + 100);
        for (int length = 0; length < whole.length; length += 37) {
            Files.write(store.path(KEY), java.util.Arrays.copyOf(whole, length));
            assertThat(store.read(KEY)).as("%d bytes", length).isNull();
        }
        Files.write(store.path(KEY), java.util.Arrays.copyOf(whole, whole.length + 1));
        assertThat(store.read(KEY)).isNull();
        Files.write(store.path(KEY), whole);
        assertThat(store.read(KEY)).isEqualTo(plan);
    }

    @Test
    void aWholeFileOfAnotherKeyIsRefusedUnderThisName() throws IOException {
        PlanStore store = store(1L << 20);
        PlanKey other = new PlanKey("kind=plan\nmodel=abd\n");
        store.write(other, bytes(100, 2));
        Files.move(store.path(other), store.path(KEY));

        assertThat(store.read(KEY)).isNull();
    }

    @Test
    void eightWhoStartTogetherBuildOnce() throws Exception {
        AtomicInteger builds = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<byte[]>> plans = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            PlanStore own = store(1L << 20); // as if each were another job
            plans.add(
                    pool.submit(
                            () -> {
                                start.await();
                                return own.get(
                                        KEY,
                                        () -> {
                                            builds.incrementAndGet();
                                            return bytes(5000, 3);
                                        });
                            }));
        }
        start.countDown();
        for (Future<byte[]> plan : plans) {
            assertThat(plan.get()).isEqualTo(bytes(5000, 3));
        }
        pool.shutdownNow();

        assertThat(builds).hasValue(1);
    }

    @Test
    void aBuildThatFailsLeavesNothingAndTheNextOneTries() throws IOException {
        PlanStore store = store(1L << 20);
        assertThatThrownBy(
                        () ->
                                store.get(
                                        KEY,
                                        () -> {
                                            throw new BackendUnavailable("no");
                                        }))
                .isInstanceOf(BackendUnavailable.class);
        assertThat(files(".azpl")).isEmpty();
        assertThat(files(".part")).isEmpty();

        assertThat(store.get(KEY, () -> bytes(10, 4))).isEqualTo(bytes(10, 4));
    }

    @Test
    void whatAKilledProcessLeftIsNotReadAndGoesAfterADay() throws IOException {
        PlanStore store = store(1L << 20);
        store.write(KEY, bytes(900, 1));
        byte[] whole = Files.readAllBytes(store.path(KEY));
        Files.delete(store.path(KEY));
        Path part = store.path(KEY).resolveSibling(KEY.digest() + "-1.part");
        Files.write(part, java.util.Arrays.copyOf(whole, 400));
        Files.setLastModifiedTime(
                part, java.nio.file.attribute.FileTime.fromMillis(ticker.epochMillis()));

        assertThat(store.read(KEY)).isNull();
        store.get(new PlanKey("a"), () -> bytes(1, 1));
        assertThat(part).exists();
        ticker.advanceNanos(90_000L * 1_000_000_000);
        store.get(new PlanKey("b"), () -> bytes(1, 1));
        assertThat(part).doesNotExist();
    }

    @Test
    void thePlansUsedLongestAgoGiveWay() throws IOException {
        PlanStore store = store(3500);
        for (String name : List.of("a", "b", "c", "a", "d")) {
            ticker.advanceNanos(1_000_000_000L);
            store.get(new PlanKey(name), () -> bytes(1000, 1));
        }
        assertThat(store.read(new PlanKey("b"))).isNull();
        assertThat(store.read(new PlanKey("a"))).isNotNull();
        assertThat(store.read(new PlanKey("c"))).isNotNull();
        assertThat(store.read(new PlanKey("d"))).isNotNull();
    }

    @Test
    void aFolderOrFileThatOthersCanWriteIsRefused() throws IOException {
        Path open = Files.createDirectory(temp.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> PlanStore.open(open, 1, ticker))
                .isInstanceOf(BackendUnavailable.class)
                .hasMessageContaining("can be written by others (rwxrwxrwx)");

        PlanStore store = store(1L << 20);
        store.write(KEY, bytes(10, 1));
        Files.setPosixFilePermissions(
                store.path(KEY), PosixFilePermissions.fromString("rw-rw----"));
        assertThatThrownBy(() -> store.read(KEY)).hasMessageContaining("written by others");
        Files.delete(store.path(KEY));
        Path elsewhere = Files.write(temp.resolve("elsewhere"), bytes(10, 1));
        Files.createSymbolicLink(store.path(KEY), elsewhere);
        assertThatThrownBy(() -> store.read(KEY))
                .isInstanceOf(BackendUnavailable.class)
                .hasMessageContaining("no plain file");
    }

    @Test
    void anUnknownUserNameChangesNothing() { // containers whose user has no entry in passwd
        String name = System.getProperty("user.name");
        try {
            System.setProperty("user.name", "?");
            PlanStore store = store(1L << 20);
            store.write(KEY, bytes(10, 1));
            assertThat(store.read(KEY)).isEqualTo(bytes(10, 1));
        } finally {
            System.setProperty("user.name", name);
        }
    }

    @Test
    void whatBelongsToAnotherUserIsRefused() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("another"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        boolean given = true;
        try {
            Files.setAttribute(folder, "unix:uid", 54_321);
        } catch (IOException e) {
            given = false;
        }
        assumeTrue(given, "only root can give a folder away");

        assertThatThrownBy(() -> PlanStore.open(folder, 1, ticker))
                .isInstanceOf(BackendUnavailable.class)
                .hasMessageContaining("belongs to 54321");
        PlanStore store = store(1L << 20);
        store.write(KEY, bytes(10, 1));
        Files.setAttribute(store.path(KEY), "unix:uid", 54_321);
        assertThatThrownBy(() -> store.read(KEY)).hasMessageContaining("belongs to 54321");
    }

    @Test
    void writersOfTheSameKeyDoNotTakeEachOthersParts() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            PlanStore own = store(1L << 20); // as if each were a container with this process's id
            all.add(
                    pool.submit(
                            () -> {
                                for (int i = 0; i < 20; i++) {
                                    own.write(KEY, bytes(2000, 1));
                                }
                            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        pool.shutdownNow();

        assertThat(store(1L << 20).read(KEY)).isEqualTo(bytes(2000, 1));
        assertThat(files(".part")).isEmpty();
    }

    @Test
    void aPlanIsHandedOutEvenIfOldOnesCannotBeRemoved() throws IOException {
        PlanStore store = store(1);
        Path stuck = Files.createDirectory(temp.resolve("plans").resolve("old.azpl"));
        Files.write(stuck.resolve("in the way"), bytes(10, 1));

        assertThat(store.get(KEY, () -> bytes(500, 1))).isEqualTo(bytes(500, 1));
        assertThat(stuck).exists();
    }

    @Test
    void everyFieldThatCanChangeAPlanChangesItsKey() {
        BuildRequest base = request(8, 1 << 20, 3, false);
        Set<String> digests = new HashSet<>();
        digests.add(PlanKey.of("m", base, VERSIONS, DEVICE).digest());
        digests.add(PlanKey.of("n", base, VERSIONS, DEVICE).digest());
        digests.add(PlanKey.of("m", request(4, 1 << 20, 3, false), VERSIONS, DEVICE).digest());
        digests.add(PlanKey.of("m", request(8, 1 << 21, 3, false), VERSIONS, DEVICE).digest());
        digests.add(PlanKey.of("m", request(8, 1 << 20, 4, false), VERSIONS, DEVICE).digest());
        digests.add(PlanKey.of("m", request(8, 1 << 20, 3, true), VERSIONS, DEVICE).digest());
        for (TrtVersions v :
                List.of(
                        new TrtVersions(110202, 110201, 13030, 13030),
                        new TrtVersions(110201, 110202, 13030, 13030),
                        new TrtVersions(110201, 110201, 13040, 13030),
                        new TrtVersions(110201, 110201, 13030, 14000))) {
            digests.add(PlanKey.of("m", base, v, DEVICE).digest());
        }
        for (TrtDevice d :
                List.of(
                        new TrtDevice(0, "Other GPU", 8, 9, 128, 1L << 34, ""),
                        new TrtDevice(0, "Some GPU", 9, 9, 128, 1L << 34, ""),
                        new TrtDevice(0, "Some GPU", 8, 6, 128, 1L << 34, ""),
                        new TrtDevice(0, "Some GPU", 8, 9, 64, 1L << 34, ""),
                        new TrtDevice(0, "Some GPU", 8, 9, 128, 1L << 33, ""))) {
            digests.add(PlanKey.of("m", base, VERSIONS, d).digest());
        }
        assertThat(digests).hasSize(15);

        TrtDevice twin = new TrtDevice(1, "Some GPU", 8, 9, 128, 1L << 34, "0000:02:00");
        assertThat(digests).contains(PlanKey.of("m", base, VERSIONS, twin).digest());
    }

    private static BuildRequest request(long max, long workspace, int level, boolean tf32) {
        BuildRequest.Range range =
                new BuildRequest.Range("x", List.of(1L, 2L), List.of(max, 2L), List.of(max, 2L));
        return new BuildRequest(new byte[0], List.of(range), workspace, level, tf32, new byte[0]);
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.list(temp.resolve("plans"))) {
            return all.filter(p -> p.toString().endsWith(suffix)).toList();
        }
    }

    private static byte[] bytes(int length, int seed) {
        byte[] out = new byte[length];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < length; i++) {
            out[i] = (byte) random.nextInt();
        }
        return out;
    }
}
