package io.azimuth.perception.inference.tensorrt.plan;

import io.azimuth.perception.inference.BackendUnavailable;
import io.azimuth.perception.inference.checks.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plans and timings on disk. Whoever needs a plan first builds it, in this process or another; all
 * others wait and read it. The plans used longest ago are removed when the store is over its size.
 * Thread-safe.
 */
public final class PlanStore {
    private static final String SUFFIX = ".azpl";

    /** A lock of a file is the process's, not the thread's: threads wait for one another here. */
    private static final Map<Path, Object> WAITING = new ConcurrentHashMap<>();

    private static final System.Logger LOG = System.getLogger(PlanStore.class.getName());

    private final OwnFolder own;
    private final Path folder;
    private final long maxBytes;
    private final Ticker ticker;
    private final LongAdder hits = new LongAdder();
    private final LongAdder builds = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    private PlanStore(OwnFolder own, long maxBytes, Ticker ticker) {
        this.own = own;
        this.folder = own.path();
        this.maxBytes = maxBytes;
        this.ticker = ticker;
    }

    /**
     * What the store did.
     *
     * @param refusals files that were not as we wrote them and were deleted unread by the runtime
     */
    public record Counts(long hits, long builds, long refusals) {}

    /**
     * The store in a folder, which is made if it is not there.
     *
     * @param maxBytes of all its files; the plan in use is kept even if it is larger
     * @throws BackendUnavailable if others can write to the folder, or it cannot be used
     */
    public static PlanStore open(Path folder, long maxBytes, Ticker ticker) {
        try {
            return new PlanStore(OwnFolder.open(folder), maxBytes, ticker);
        } catch (IOException e) {
            throw new BackendUnavailable(
                    "the folder for TensorRT's plans cannot be used (%s); choose another by -Dazimuth.tensorrt.cache"
                            .formatted(e));
        }
    }

    /** The content of this key, built if there is none; what the build throws goes through. */
    public byte[] get(PlanKey key, Supplier<byte[]> build) {
        byte[] found = read(key);
        if (found != null) {
            hits.increment();
            return found;
        }
        synchronized (WAITING.computeIfAbsent(path(key), p -> new Object())) {
            try (FileChannel channel = lockFile(key);
                    FileLock lock = channel.lock()) {
                found = read(key); // somebody was faster
                if (found != null && lock.isValid()) {
                    hits.increment();
                    return found;
                }
                byte[] built = build.get();
                builds.increment();
                write(key, built);
                tidy(path(key));
                return built;
            } catch (IOException e) {
                throw unusable(path(key), e);
            }
        }
    }

    /**
     * What is stored under the key; null if there is nothing that can be trusted.
     *
     * @throws BackendUnavailable if somebody else could have written it
     */
    public byte @Nullable [] read(PlanKey key) {
        Path path = path(key);
        try {
            if (!own.holds(path)) {
                return null;
            }
            byte[] content = PlanFile.decode(key, Files.readAllBytes(path));
            if (content == null) {
                refusals.increment();
                Files.deleteIfExists(path);
                return null;
            }
            Files.setLastModifiedTime(path, FileTime.fromMillis(ticker.epochMillis()));
            return content;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** Puts a content under a key: all of it or nothing, whatever happens meanwhile. */
    public void write(PlanKey key, byte[] content) {
        Path part = folder;
        try {
            part = own.newPart(key.digest());
            fill(part, PlanFile.encode(key, content));
            Files.setLastModifiedTime(part, FileTime.fromMillis(ticker.epochMillis()));
            Files.move(
                    part,
                    path(key),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(part, e);
        }
    }

    private static void fill(Path part, byte[] content) throws IOException {
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        } catch (IOException e) { // a full disk: leave no half plan on it
            Files.deleteIfExists(part);
            throw e;
        }
    }

    public Counts counts() {
        return new Counts(hits.sum(), builds.sum(), refusals.sum());
    }

    Path path(PlanKey key) {
        return folder.resolve(key.digest() + SUFFIX);
    }

    /** A store that cannot be used is a device that cannot be: nothing is run from elsewhere. */
    private static BackendUnavailable unusable(Path file, IOException cause) {
        return new BackendUnavailable(
                "TensorRT's plan %s cannot be read or written: %s".formatted(file, cause));
    }

    private FileChannel lockFile(PlanKey key) throws IOException {
        return FileChannel.open(
                folder.resolve(key.digest() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
    }

    private record Stored(Path path, long bytes, long usedMillis) {}

    /** What cannot be removed costs room, not the plan that was just built. */
    private void tidy(Path kept) {
        try {
            removeOldest(kept);
            removeParts();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "the plans in {0} stay: {1}", folder, e);
        }
    }

    private void removeOldest(Path kept) throws IOException {
        List<Stored> stored;
        try (Stream<Path> all = Files.list(folder)) {
            stored =
                    all.filter(p -> p.toString().endsWith(SUFFIX))
                            .map(PlanStore::stored)
                            .sorted(
                                    Comparator.comparingLong(Stored::usedMillis)
                                            .thenComparing(Stored::path))
                            .toList();
        }
        long bytes = stored.stream().mapToLong(Stored::bytes).sum();
        for (Stored oldest : stored) {
            if (bytes <= maxBytes) {
                break;
            }
            if (!oldest.path().equals(kept)) {
                Files.deleteIfExists(oldest.path());
                bytes -= oldest.bytes();
            }
        }
    }

    /** What a killed process left behind: a part that has not grown for a day. */
    private void removeParts() throws IOException {
        long dayAgo = ticker.epochMillis() - 86_400_000L;
        List<Path> parts;
        try (Stream<Path> all = Files.list(folder)) {
            parts = all.filter(p -> p.toString().endsWith(".part")).toList();
        }
        for (Path part : parts) {
            if (stored(part).usedMillis() < dayAgo) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static Stored stored(Path path) {
        try {
            return new Stored(path, Files.size(path), Files.getLastModifiedTime(path).toMillis());
        } catch (IOException e) { // another process removed it
            return new Stored(path, 0, Long.MAX_VALUE);
        }
    }
}
