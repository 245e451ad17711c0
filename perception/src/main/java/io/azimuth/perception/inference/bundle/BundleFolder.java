package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A bundle that is a folder. */
final class BundleFolder implements BundleFiles {
    private final Path folder;

    /**
     * @param folder its real path
     */
    BundleFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public boolean has(String name) {
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public long size(String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        requirePlain(file);
        return Files.size(file);
    }

    @Override
    public byte[] read(String name, long maxBytes) throws IOException {
        long size = size(name);
        if (size > maxBytes) {
            throw BundleFiles.tooLarge(name, size, maxBytes);
        }
        try (InputStream in =
                Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes((int) size);
        }
    }

    @Override
    public void requireOnly(Set<String> listed) throws IOException {
        List<Path> found;
        try (Stream<Path> walk = Files.walk(folder, 2)) {
            found = walk.limit(MAX_FILES + 1).sorted().toList();
        }
        if (found.size() > MAX_FILES) {
            throw new ModelRejected(Code.FILES, folder + ": more than " + MAX_FILES + " entries");
        }
        for (Path path : found) {
            String name = folder.relativize(path).toString().replace('\\', '/');
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                if (name.contains("/")) {
                    throw new ModelRejected(Code.FILES, name + " is a folder in a folder");
                }
                continue;
            }
            requirePlain(path);
            if (!listed.contains(name)) {
                throw BundleFiles.notListed(name);
            }
        }
    }

    @Override
    public void close() {}

    private void requirePlain(Path file) {
        Path at = folder;
        if (!file.startsWith(folder)) {
            throw new ModelRejected(Code.FILES, file + " lies outside the bundle");
        }
        for (Path step : folder.relativize(file)) {
            at = at.resolve(step);
            if (Files.isSymbolicLink(at)) {
                throw new ModelRejected(Code.FILES, at + " is a link; a bundle holds plain files");
            }
        }
        boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        if (there && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelRejected(Code.FILES, file + " is no plain file");
        }
    }
}
