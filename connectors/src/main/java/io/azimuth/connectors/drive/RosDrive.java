package io.azimuth.connectors.drive;

import io.azimuth.connectors.format.ReadReport;
import io.azimuth.connectors.ros.CloudDecoder;
import io.azimuth.connectors.ros.CloudSurvey;
import io.azimuth.connectors.ros.PointCloud2;
import io.azimuth.connectors.ros.RosEncoding;
import io.azimuth.perception.geometry.MalformedDataException;
import io.azimuth.perception.geometry.PointCloud;
import io.azimuth.perception.geometry.Sweep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A drive whose sweeps are the clouds of one topic. A sweep's times are those of its points; its
 * key, which is known without reading the points, has the header's stamp and the usual span in
 * their place.
 */
final class RosDrive implements Drive {
    /** Sweeps that tell what holds for all. The first is often a part of a rotation. */
    private static final int SURVEYED = 5;

    private final DriveInfo info;
    private final String id;
    private final CloudMessages messages;
    private final RosStamps stamps;
    private final CloudDecoder decoder;
    private final long periodNanos;
    private final ReadReport report = new ReadReport();

    private RosDrive(
            String id,
            DriveInfo info,
            CloudMessages messages,
            RosStamps stamps,
            CloudDecoder decoder,
            long periodNanos) {
        this.id = id;
        this.info = info;
        this.messages = messages;
        this.stamps = stamps;
        this.decoder = decoder;
        this.periodNanos = periodNanos;
    }

    /**
     * @param messages closed with the drive, or here if there is none
     * @param glance whether stamps may be told from the index, see {@link RosStamps#atAGlance}
     * @throws MalformedDataException if no message is a cloud
     */
    static RosDrive open(
            Path path, String format, String guess, CloudMessages messages, boolean glance)
            throws IOException {
        try {
            RosStamps stamps =
                    glance ? RosStamps.atAGlance(path, messages) : RosStamps.of(path, messages);
            CloudDecoder decoder = survey(messages, stamps);
            long period = stamps.periodNanos();
            String id = withoutEnding(DriveNames.id(path));
            DriveInfo info =
                    new DriveInfo(
                            format,
                            guess + stamps.remark(),
                            decoder.timed(),
                            decoder.timeReason(),
                            List.of(DriveNames.onlySensor(id)),
                            period / 1e9,
                            stamps.size());
            return new RosDrive(id, info, messages, stamps, decoder, period);
        } catch (IOException | RuntimeException e) {
            messages.close();
            throw e;
        }
    }

    private static CloudDecoder survey(CloudMessages messages, RosStamps stamps)
            throws IOException {
        CloudSurvey survey = new CloudSurvey();
        int fine = 0;
        MalformedDataException first = null;
        for (int i = 0; i < stamps.size() && fine < SURVEYED; i++) {
            try {
                survey.add(cloud(messages, stamps, i));
                fine++;
            } catch (MalformedDataException e) {
                first = first == null ? e : first;
            }
        }
        if (fine == 0 && first != null) {
            throw first;
        }
        return survey.decoder();
    }

    private static PointCloud2 cloud(CloudMessages messages, RosStamps stamps, int index)
            throws IOException {
        int at = stamps.position()[index];
        RosEncoding encoding = messages.encoding(at);
        PointCloud2 cloud = PointCloud2.parse(messages.read(at, Integer.MAX_VALUE), encoding);
        return stamps.estimated() ? cloud : cloud.withStamp(stamps.nanos()[index]);
    }

    private static String withoutEnding(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public DriveInfo info() {
        return info;
    }

    @Override
    public int size() {
        return stamps.size();
    }

    @Override
    public SweepKey key(int index) {
        long stamp = stamps.nanos()[Objects.checkIndex(index, size())];
        long start = stamp + decoder.usualFirstNanos();
        long span = decoder.timed() ? decoder.usualSpanNanos() : periodNanos;
        return new SweepKey(0, index, start, start + span);
    }

    @Override
    public Sweep read(int index, PointCloud reuse) throws IOException {
        decoder.decode(cloud(messages, stamps, Objects.checkIndex(index, size())), reuse, report);
        DriveSensor sensor = info.sensors().get(0);
        long start = decoder.startNanos();
        return new Sweep(
                sensor.vehicleId(),
                sensor.sensorId(),
                id,
                index,
                start,
                decoder.timed() ? decoder.endNanos() : start + periodNanos,
                Sweep.Sector.WHOLE,
                sensor.egoFromSensor(),
                null,
                reuse);
    }

    @Override
    public ReadReport lastReport() {
        return report;
    }

    @Override
    public DriveTruth truth() {
        return DriveTruth.NONE;
    }

    @Override
    public void close() {
        try {
            messages.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
