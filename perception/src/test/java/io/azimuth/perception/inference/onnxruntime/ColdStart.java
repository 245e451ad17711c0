package io.azimuth.perception.inference.onnxruntime;

import io.azimuth.perception.inference.Lease;
import io.azimuth.perception.inference.LoadOptions;
import io.azimuth.perception.inference.LoadedModel;
import io.azimuth.perception.inference.bundle.BundleReader;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Infers once in a process, or a class loader, that has done nothing yet. */
public final class ColdStart {
    private ColdStart() {}

    /** Prints the addresses that something wanted to reach: by name, before any packet is sent. */
    public static void main(String[] args) throws Exception {
        List<String> wanted = Collections.synchronizedList(new ArrayList<>());
        URL.setURLStreamHandlerFactory(
                protocol -> protocol.startsWith("http") ? new Refusing(wanted) : null);
        float[] found = infer(args[0]);
        System.out.println("roots=" + found[1] + " wanted=" + wanted);
    }

    /** Notes an address and opens nothing. */
    private static final class Refusing extends URLStreamHandler {
        private final List<String> wanted;

        Refusing(List<String> wanted) {
            this.wanted = wanted;
        }

        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            wanted.add(url.toString());
            throw new IOException("no network in this test");
        }

        @Override
        protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
            return openConnection(url);
        }
    }

    /** Square roots of 1, 4, 9, 16 by the bundle in a folder. */
    public static float[] infer(String folder) throws IOException {
        try (LoadedModel model =
                        new OrtBackend()
                                .load(BundleReader.read(Path.of(folder)), LoadOptions.single());
                Lease lease = model.acquire()) {
            lease.input("x").put(0, new float[] {1, 4, 9, 16});
            lease.run(1);
            float[] out = new float[4];
            lease.output("y").get(0, out);
            return out;
        }
    }
}
