package io.azimuth.connectors.format;

import io.azimuth.perception.geometry.MalformedDataException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/** The cloud formats that are installed. Immutable, thread-safe. */
public final class CloudFormats {
    private final List<CloudFormat> formats;

    private CloudFormats(List<CloudFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /** All formats that {@link ServiceLoader} finds, in the order of their names. */
    public static CloudFormats installed() {
        List<CloudFormat> found = new ArrayList<>();
        ServiceLoader.load(CloudFormat.class, CloudFormats.class.getClassLoader())
                .forEach(found::add);
        found.sort(Comparator.comparing(CloudFormat::name));
        return new CloudFormats(found);
    }

    public List<CloudFormat> all() {
        return formats;
    }

    /** Whether some format claims files of this name. */
    public boolean claims(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        for (CloudFormat format : formats) {
            for (String extension : format.extensions()) {
                if (lower.endsWith(extension)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The format of a file that has been loaded.
     *
     * @throws MalformedDataException naming the formats that were tried
     */
    public CloudFormat of(CloudBytes bytes) {
        List<String> tried = new ArrayList<>();
        for (CloudFormat format : formats) {
            if (format.matches(bytes)) {
                return format;
            }
            tried.add(format.name() + " " + format.extensions());
        }
        throw new MalformedDataException(
                bytes.name()
                        + ": byte 0: neither name nor content is of a known point-cloud format; accepted: "
                        + String.join(", ", tried));
    }
}
