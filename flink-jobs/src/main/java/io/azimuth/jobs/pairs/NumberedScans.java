package io.azimuth.jobs.pairs;

import io.azimuth.connectors.format.CloudFormats;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The scans below a folder whose files have a number for a name: {@code 0000000070.bin}. */
final class NumberedScans {
    private final Path folder;
    private final TreeMap<Long, List<Path>> scans = new TreeMap<>();

    private NumberedScans(Path folder) {
        this.folder = folder;
    }

    /**
     * Looks at names alone; files of no known format of clouds are passed over.
     *
     * @throws MalformedDataException if there is no such folder, or no such scan in it
     */
    static NumberedScans under(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new MalformedDataException(
                    folder + ": no folder; expected that of the numbered scans");
        }
        NumberedScans out = new NumberedScans(folder);
        CloudFormats formats = CloudFormats.installed();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.matches("\\d{1,18}\\.[a-z]+") && formats.claims(name)) {
                    long number = Long.parseLong(name.substring(0, name.indexOf('.')));
                    out.scans.computeIfAbsent(number, n -> new ArrayList<>()).add(file);
                }
            }
        }
        if (out.scans.isEmpty()) {
            throw new MalformedDataException(
                    folder + " has no numbered scans; expected files such as 0000000070.bin");
        }
        return out;
    }

    /**
     * The scan of a number.
     *
     * @param table that names it, for the message
     * @throws MalformedDataException if it is missing, or several have the number: two recordings
     *     below one folder would be mixed
     */
    Path of(long number, Path table) {
        List<Path> files = scans.getOrDefault(number, List.of());
        if (files.isEmpty()) {
            throw new MalformedDataException(
                    "%s: scan %d is not under %s, which has %d scans of %d to %d"
                            .formatted(
                                    table,
                                    number,
                                    folder,
                                    scans.size(),
                                    scans.firstKey(),
                                    scans.lastKey()));
        }
        if (files.size() > 1) {
            throw new MalformedDataException(
                    "%s: scan %d is both %s and %s; name the folder that has the scans of this table alone"
                            .formatted(table, number, files.get(0), files.get(1)));
        }
        return files.get(0);
    }
}
