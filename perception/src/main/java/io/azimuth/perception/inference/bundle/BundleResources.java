package io.azimuth.perception.inference.bundle;

import io.azimuth.perception.inference.bundle.ModelRejected.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** A bundle on the class path. What else stands beside it there cannot be listed. */
final class BundleResources implements BundleFiles {
    private final Class<?> anchor;
    private final String folder;

    BundleResources(Class<?> anchor, String folder) {
        this.anchor = anchor;
        this.folder = folder;
    }

    @Override
    public boolean has(String name) {
        return anchor.getResource(folder + "/" + name) != null;
    }

    @Override
    public long size(String name) throws IOException {
        return read(name, Integer.MAX_VALUE - 8).length;
    }

    @Override
    public byte[] read(String name, long maxBytes) throws IOException {
        try (InputStream in = anchor.getResourceAsStream(folder + "/" + name)) {
            if (in == null) {
                throw new ModelRejected(
                        Code.FILES, folder + "/" + name + ": not on the class path");
            }
            int most = (int) Math.min(maxBytes, Integer.MAX_VALUE - 8);
            byte[] data = in.readNBytes(most);
            if (in.read() >= 0) {
                throw BundleFiles.tooLarge(folder + "/" + name, most + 1L, most);
            }
            return data;
        }
    }

    @Override
    public void requireOnly(Set<String> listed) {
        // a class path has no listing; what is read is what the manifest names
    }

    @Override
    public void close() {
        // each read closes what it opened
    }
}
