package io.azimuth.perception.inference.tensorrt.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * A folder whose files decide what runs as code, so that nobody but us may write them. Who "us" is
 * shows a file that was just made in it: the user's name is unknown in many containers. Immutable,
 * thread-safe.
 */
public final class OwnFolder {
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");

    /** Of the system: what it writes, it could also run. */
    private static final int ROOT = 0;

    private final Path folder;
    private final UserPrincipal us;

    private OwnFolder(Path folder, UserPrincipal us) {
        this.folder = folder;
        this.us = us;
    }

    /**
     * Makes the folder for us alone, or takes the one that is there.
     *
     * @throws IOException if others can write to it, it belongs to another, or is no folder
     */
    public static OwnFolder open(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            posix(folder).setPermissions(FOLDER);
        }
        Path real = folder.toRealPath();
        PosixFileAttributes found = posix(real).readAttributes();
        if (!found.isDirectory()) {
            throw new IOException(folder + " is no folder");
        }
        requireOthersCannotWrite(real, found); // before anything is put into it
        OwnFolder out = new OwnFolder(real, whoWrites(real));
        out.requireOurs(real, found);
        return out;
    }

    private static UserPrincipal whoWrites(Path folder) throws IOException {
        Path fresh = Files.createTempFile(folder, "owner", ".part");
        try {
            return posix(fresh).readAttributes().owner();
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** The folder's real path. */
    public Path path() {
        return folder;
    }

    /**
     * Whether a file is there.
     *
     * @throws IOException if it is no plain one, or somebody else can write it
     */
    public boolean holds(Path file) throws IOException {
        PosixFileAttributes found;
        try {
            found = posix(file).readAttributes();
        } catch (NoSuchFileException e) {
            return false;
        }
        if (!found.isRegularFile()) {
            throw new IOException(file + " is no plain file; remove it");
        }
        requireOthersCannotWrite(file, found);
        requireOurs(file, found);
        return true;
    }

    /**
     * A new file that only we can read and write, under a name that no other process has: two
     * containers may count their processes alike.
     */
    public Path newPart(String name) throws IOException {
        Path part = Files.createTempFile(folder, name + "-", ".part");
        posix(part).setPermissions(FILE);
        return part;
    }

    private static void requireOthersCannotWrite(Path path, PosixFileAttributes found)
            throws IOException {
        Set<PosixFilePermission> allowed = found.permissions();
        if (allowed.contains(PosixFilePermission.GROUP_WRITE)
                || allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(
                    "%s can be written by others (%s), accepted are folders and files of one's own: chmod go-w"
                            .formatted(path, PosixFilePermissions.toString(allowed)));
        }
    }

    private void requireOurs(Path path, PosixFileAttributes found) throws IOException {
        if (found.owner().equals(us)) {
            return;
        }
        Object user = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!user.equals(ROOT)) {
            throw new IOException(
                    "%s belongs to %s, accepted %s".formatted(path, found.owner(), us));
        }
    }

    private static PosixFileAttributeView posix(Path path) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(
                        path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new IOException(path + " lies where files have no owner");
        }
        return view;
    }
}
