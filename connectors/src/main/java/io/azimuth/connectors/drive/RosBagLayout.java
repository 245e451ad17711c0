package io.azimuth.connectors.drive;

import io.azimuth.connectors.ros.RosBag;
import io.azimuth.connectors.ros.RosEncoding;
import io.azimuth.connectors.ros.RosMessage;
import io.azimuth.connectors.ros.RosTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A ROS 1 bag: one file that starts with {@code #ROSBAG V2.0}. */
final class RosBagLayout implements DriveLayout {
    @Override
    public String lookedFor() {
        return "ROS 1 bag: a file that starts with '#ROSBAG V2.0'";
    }

    @Override
    public @Nullable Drive open(Path path, DriveOptions options) throws IOException {
        if (!Files.isRegularFile(path)
                || !(path.toString().endsWith(".bag") || RosBag.isBag(path))) {
            return null;
        }
        RosBag bag = RosBag.open(path);
        try {
            RosTopic topic = TopicChoice.of(path, bag.topics(), options.topic());
            String guess =
                    "the file starts as a bag does; topic %s of %d"
                            .formatted(topic.name(), bag.topics().size());
            String remark = bag.remark().isEmpty() ? "" : "; " + bag.remark();
            Clouds clouds = new Clouds(bag, topic.name());
            return RosDrive.open(path, "ros1-bag", guess + remark, clouds, false);
        } catch (IOException | RuntimeException e) {
            bag.close();
            throw e;
        }
    }

    private static final class Clouds implements CloudMessages {
        private final RosBag bag;
        private final RosBag.Messages messages;

        Clouds(RosBag bag, String topic) {
            this.bag = bag;
            messages = bag.clouds(topic);
        }

        @Override
        public int size() {
            return messages.size();
        }

        @Override
        public long logNanos(int index) {
            return messages.logNanos(index);
        }

        @Override
        public RosEncoding encoding(int index) {
            return RosEncoding.ROS1;
        }

        @Override
        public RosMessage read(int index, int atMost) throws IOException {
            return messages.read(index, atMost);
        }

        @Override
        public void close() throws IOException {
            bag.close();
        }
    }
}
