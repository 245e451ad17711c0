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
import java.util.Set;

/** Files that run as code may be written by nobody but us. */
final class OwnFolder {
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");

    private OwnFolder() {}

    /** Makes the folder for us alone, or checks the one that is there. */
    static void make(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            posix(folder).setPermissions(FOLDER);
        }
        PosixFileAttributes found = posix(folder.toRealPath()).readAttributes();
        requireOurs(folder, found);
        if (!found.isDirectory()) {
            throw new IOException(folder + " is no folder");
        }
    }

    /** Whether a file is there, is a plain one, and only we can write it. */
    static boolean isPlainAndOurs(Path file) throws IOException {
        PosixFileAttributes found;
        try {
            found = posix(file).readAttributes();
        } catch (NoSuchFileException e) {
            return false;
        }
        if (!found.isRegularFile()) {
            throw new IOException(file + " is no plain file; remove it");
        }
        requireOurs(file, found);
        return true;
    }

    static void keepFromOthers(Path file) throws IOException {
        posix(file).setPermissions(FILE);
    }

    private static void requireOurs(Path path, PosixFileAttributes found) throws IOException {
        Set<PosixFilePermission> allowed = found.permissions();
        if (allowed.contains(PosixFilePermission.GROUP_WRITE)
                || allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(
                    "%s can be written by others (%s), accepted are folders and files of one's own: chmod go-w"
                            .formatted(path, PosixFilePermissions.toString(allowed)));
        }
        String user = System.getProperty("user.name");
        String owner = found.owner().getName();
        if (!owner.equals(user) && !owner.equals("root")) {
            throw new IOException("%s belongs to %s, accepted %s".formatted(path, owner, user));
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
