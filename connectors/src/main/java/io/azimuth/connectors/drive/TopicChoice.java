package io.azimuth.connectors.drive;

import io.azimuth.connectors.ros.RosTopic;
import io.azimuth.perception.geometry.MalformedDataException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which topic of a recording holds the sweeps. */
final class TopicChoice {
    private static final int MOST_LISTED = 50;

    private TopicChoice() {}

    /**
     * The topic that was asked for, else the only one with clouds.
     *
     * @throws IllegalArgumentException if it is not there or there are several; lists them
     * @throws MalformedDataException if no topic has clouds, or the one asked for has a LiDAR's
     *     data in a form that is not read
     */
    static RosTopic of(Path file, List<RosTopic> topics, @Nullable String wanted) {
        List<RosTopic> clouds =
                topics.stream().filter(t -> t.isCloud() && t.messages() > 0).toList();
        for (RosTopic topic : topics) {
            String remedy = ForeignFormats.remedy(topic);
            if (remedy != null
                    && (wanted == null ? clouds.isEmpty() : wanted.equals(topic.name()))) {
                throw MalformedDataException.at(
                        file.toString(), 0, "topic " + topic.name() + ": " + remedy);
            }
        }
        if (clouds.isEmpty()) {
            throw MalformedDataException.at(
                    file.toString(),
                    0,
                    "no message of sensor_msgs/PointCloud2 in this recording; its topics are "
                            + list(topics));
        }
        if (wanted == null && clouds.size() == 1) {
            return clouds.get(0);
        }
        if (wanted == null) {
            throw new IllegalArgumentException(
                    "%s: topic is not given and %d topics have clouds: %s; name one (--topic)"
                            .formatted(file, clouds.size(), list(clouds)));
        }
        return clouds.stream()
                .filter(t -> t.name().equals(wanted))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s: topic is '%s', accepted are those with clouds: %s"
                                                .formatted(file, wanted, list(clouds))));
    }

    private static String list(List<RosTopic> topics) {
        List<String> shown = topics.stream().limit(MOST_LISTED).map(RosTopic::toString).toList();
        String more =
                topics.size() > MOST_LISTED
                        ? " and " + (topics.size() - MOST_LISTED) + " more"
                        : "";
        return topics.isEmpty() ? "none" : String.join(", ", shown) + more;
    }
}
