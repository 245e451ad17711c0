package io.azimuth.connectors.drive;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One way in which the files of a drive lie. Stateless. */
interface DriveLayout {
    /** What this layout is told by, for the message when no layout fits. */
    String lookedFor();

    /**
     * The drive at {@code path}, or null if the files there do not lie in this way.
     *
     * @param path absolute and normalised; exists
     * @param options what the caller knows and files do not say; a layout ignores what it has no
     *     use for
     * @throws io.azimuth.perception.geometry.MalformedDataException if they do but their content is
     *     bad
     */
    @Nullable Drive open(Path path, DriveOptions options) throws IOException;
}
