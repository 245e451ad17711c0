package io.azimuth.connectors.mcap;

import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Makes a whole file of a damaged one: every message of every whole chunk, every whole attachment
 * and metadata record, with a new index. The result is read back and compared before it gets its
 * name; until then it is {@code NAME.part}.
 */
public final class McapRecovery {
    /**
     * What was recovered.
     *
     * @param messages in the new file
     * @param chunks chunks, and runs of messages outside chunks, that were read
     * @param attachments in the new file
     * @param metadata in the new file
     * @param damage what was wrong and how much is lost, or null if nothing
     */
    public record Result(
            long messages,
            int chunks,
            int attachments,
            int metadata,
            @Nullable McapDamage damage) {}

    private final McapReader reader;
    private final CRC32 digest = new CRC32();
    private long messages;
    private int attachments;
    private int metadata;
    private long bytesLost;
    private int faults;
    private @Nullable String reason;

    private McapRecovery(McapReader reader) {
        this.reader = reader;
        McapDamage damage = reader.damage();
        if (damage != null) {
            bytesLost = damage.bytesLost();
            faults = damage.faults();
            reason = damage.reason();
        }
    }

    /**
     * Reads a file through and writes what is whole.
     *
     * @param to must not exist
     * @throws FileAlreadyExistsException if it does
     * @throws MalformedDataException if {@code from} is no MCAP file
     */
    public static Result recover(Path from, Path to, McapCompression compression)
            throws IOException {
        if (Files.exists(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Path part = to.resolveSibling(to.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (McapReader reader = McapReader.scan(from)) {
            McapRecovery recovery = new McapRecovery(reader);
            McapWriterOptions options = McapWriterOptions.of(compression);
            try (McapWriter writer =
                    McapWriter.create(part, options.withProfile(reader.profile()))) {
                recovery.copy(writer);
            }
            recovery.verify(part);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
            return recovery.result();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Result result() {
        McapDamage damage = reason == null ? null : new McapDamage(bytesLost, faults, reason);
        return new Result(messages, reader.chunkCount(), attachments, metadata, damage);
    }

    private void copy(McapWriter writer) throws IOException {
        reader.schemas().forEach(writer::add);
        reader.channels().forEach(writer::add);
        for (int i = 0; i < reader.metadataCount(); i++) {
            try {
                writer.write(reader.metadata(i));
                metadata++;
            } catch (MalformedDataException e) {
                lost(reader.metadataBytes(i), e);
            }
        }
        for (int i = 0; i < reader.attachmentCount(); i++) {
            try {
                writer.write(reader.attachment(i));
                attachments++;
            } catch (MalformedDataException e) {
                lost(reader.attachmentBytes(i), e);
            }
        }
        reader.forEachInFileOrder(
                message -> {
                    writer.write(message);
                    add(digest, message);
                    messages++;
                });
    }

    private void lost(long bytes, MalformedDataException e) {
        bytesLost += bytes;
        faults++;
        if (reason == null) {
            reason = String.valueOf(e.getMessage());
        }
    }

    /** Reads the new file through, and finds the same messages by its index. */
    private void verify(Path part) throws IOException {
        try (McapReader again = McapReader.scan(part);
                McapReader byIndex = McapReader.open(part)) {
            CRC32 found = new CRC32();
            again.forEachInFileOrder(message -> add(found, message));
            boolean same =
                    again.damage() == null
                            && byIndex.indexed()
                            && byIndex.messageCount() == messages
                            && byIndex.index(c -> true).size() == messages
                            && byIndex.attachmentCount() == attachments
                            && byIndex.metadataCount() == metadata
                            && found.getValue() == digest.getValue();
            if (!same) {
                throw new IOException(
                        "%s: what was written is not what is read back: %d messages, expected %d; "
                                        .formatted(part, again.messageCount(), messages)
                                + "the disk is not to be trusted, write to another one");
            }
        }
    }

    private static void add(CRC32 digest, McapMessage message) {
        long[] words = {
            message.channel().id(),
            message.sequence(),
            message.logTimeNanos(),
            message.publishTimeNanos(),
            message.data().length
        };
        for (long word : words) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                digest.update((int) (word >> shift));
            }
        }
        digest.update(message.data());
    }
}
