package io.azimuth.connectors.drive;

import io.azimuth.connectors.mcap.McapChannel;
import io.azimuth.connectors.mcap.McapIndex;
import io.azimuth.connectors.mcap.McapMessage;
import io.azimuth.connectors.mcap.McapReader;
import io.azimuth.connectors.ros.RosEncoding;
import io.azimuth.connectors.ros.RosMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Clouds of the MCAP files that make up one recording. */
final class McapClouds implements CloudMessages {
    private record Part(String file, McapReader reader, McapIndex index) {}

    private final List<Part> parts;
    private @Nullable McapMessage last;
    private int lastIndex = -1;

    private McapClouds(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * @param readers of the files, closed with the result
     */
    static McapClouds of(
            List<Path> files, List<McapReader> readers, Predicate<McapChannel> channels)
            throws IOException {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < readers.size(); i++) {
            McapReader reader = readers.get(i);
            parts.add(new Part(files.get(i).toString(), reader, reader.index(channels)));
        }
        return new McapClouds(List.copyOf(parts));
    }

    @Override
    public int size() {
        return parts.stream().mapToInt(p -> p.index().size()).sum();
    }

    /** Part and message in it. */
    private int[] place(int index) {
        int part = 0;
        int rest = index;
        while (rest >= parts.get(part).index().size()) {
            rest -= parts.get(part).index().size();
            part++;
        }
        return new int[] {part, rest};
    }

    @Override
    public long logNanos(int index) {
        int[] place = place(index);
        return parts.get(place[0]).index().logTimeNanos(place[1]);
    }

    @Override
    public RosEncoding encoding(int index) throws IOException {
        return message(index).channel().messageEncoding().equals("ros1")
                ? RosEncoding.ROS1
                : RosEncoding.CDR;
    }

    @Override
    public RosMessage read(int index, int atMost) throws IOException {
        byte[] data = message(index).data();
        int[] place = place(index);
        Part part = parts.get(place[0]);
        String where =
                "%s: message at byte %d of chunk %d"
                        .formatted(
                                part.file(),
                                part.index().offset(place[1]),
                                part.index().chunk(place[1]));
        return new RosMessage(where, 0, data, 0, data.length);
    }

    private McapMessage message(int index) throws IOException {
        McapMessage message = last;
        if (message == null || lastIndex != index) {
            int[] place = place(index);
            Part part = parts.get(place[0]);
            message = part.reader().read(part.index(), place[1]);
            last = message;
            lastIndex = index;
        }
        return message;
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            part.reader().close();
        }
    }
}
