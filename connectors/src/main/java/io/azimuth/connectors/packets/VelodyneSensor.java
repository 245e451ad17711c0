package io.azimuth.connectors.packets;

import io.azimuth.connectors.packets.CaptureReader.Place;
import io.azimuth.perception.geometry.MalformedDataException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which sensor a capture's first Velodyne packets come from.
 *
 * @param source its address
 * @param product its number in each packet; -1 for an HDL-64, which has none
 * @param name of the model, for people
 * @param points how its packets become points
 */
record VelodyneSensor(long source, int product, String name, VelodynePoints points) {
    private static final int LOOK_AT_DATAGRAMS = 4096;
    private static final int LOOK_AT_PACKETS = 200;
    private static final int LONGEST_PACKET_MICROS = 2_000;

    /** Of an HDL-64's firing sequences: S2 has 48 us, S3 57.6 us. */
    private static final double LEAST_SEQUENCE_NANOS = 43_000;

    private static final double MOST_SEQUENCE_NANOS = 63_000;

    /** No product number. */
    static final int HDL_64 = -1;

    /**
     * Looks at the first packets and goes back to them.
     *
     * @param calibration of this unit; null where the model's angles are to be taken
     * @throws MalformedDataException if the model is not known or needs a calibration
     */
    static VelodyneSensor of(UdpReader udp, @Nullable VelodyneCalibration calibration)
            throws IOException {
        Place start = null;
        Place packet = null;
        long source = 0;
        int product = 0;
        VelodyneModel model = null;
        boolean dual = false;
        long[] micros = new long[LOOK_AT_PACKETS];
        int packets = 0;
        for (int i = 0; i < LOOK_AT_DATAGRAMS && packets < LOOK_AT_PACKETS && udp.next(); i++) {
            start = start == null ? udp.first : start;
            if (!VelodynePacket.looksLike(udp.data, udp.payload, udp.length)) {
                continue;
            }
            if (model == null) {
                packet = udp.first;
                source = udp.source;
                boolean hdl64 = VelodynePacket.isHdl64(udp.data, udp.payload);
                product = hdl64 ? HDL_64 : VelodynePacket.product(udp.data, udp.payload);
                model = model(udp, product);
                dual = VelodynePacket.isDual(udp.data, udp.payload, model.timing(0));
            }
            if (udp.source == source) {
                micros[packets++] = VelodynePacket.microsOfHour(udp.data, udp.payload);
            }
        }
        if (start == null || packet == null || model == null) {
            throw Captures.none(udp, "no Velodyne packets");
        }
        udp.restart(start);
        double sequence = packetNanos(micros, packets) / model.timing(0).groups(dual);
        VelodynePoints points = points(udp, packet, model, sequence, calibration);
        if (model == VelodyneModel.HDL_64E
                && packets > 1
                && !(sequence > LEAST_SEQUENCE_NANOS && sequence < MOST_SEQUENCE_NANOS)) {
            throw malformed(
                    udp,
                    packet,
                    "packets of an HDL-64 without times (S1); convert the capture to PCD or KITTI .bin");
        }
        return new VelodyneSensor(source, product, model.key, points);
    }

    /** Median of the times from packet to packet; 0 if there is none. */
    private static double packetNanos(long[] micros, int packets) {
        long[] gaps = new long[Math.max(0, packets - 1)];
        int n = 0;
        for (int i = 1; i < packets; i++) {
            long gap = micros[i] - micros[i - 1];
            if (gap > 0 && gap < LONGEST_PACKET_MICROS) {
                gaps[n++] = gap;
            }
        }
        Arrays.sort(gaps, 0, n);
        return n == 0 ? 0 : 1e3 * gaps[n / 2];
    }

    private static VelodyneModel model(UdpReader udp, int product) {
        return switch (product) {
            case HDL_64 -> VelodyneModel.HDL_64E;
            case 0x21 -> VelodyneModel.HDL_32E;
            case 0x22 -> VelodyneModel.VLP_16;
            case 0x23 -> VelodyneModel.VLP_32AB;
            case 0x24 -> VelodyneModel.PUCK_HI_RES;
            case 0x28 -> VelodyneModel.VLP_32C;
            case 0x63, 0xa1 -> VelodyneModel.VLS_128;
            default ->
                    throw malformed(
                            udp,
                            udp.first,
                            "Velodyne product 0x%02x, accepted are 0x21 (HDL-32E), 0x22 (VLP-16, Puck LITE), 0x23 (VLP-32A, B), 0x24 (Puck Hi-Res), 0x28 (VLP-32C), 0xa1 (VLS-128) and packets of an HDL-64; convert other captures to PCD or KITTI .bin"
                                    .formatted(product));
        };
    }

    private static VelodynePoints points(
            UdpReader udp,
            Place packet,
            VelodyneModel model,
            double sequenceNanos,
            @Nullable VelodyneCalibration calibration) {
        VelodyneTiming timing = model.timing(sequenceNanos);
        List<VelodyneLaser> lasers = model.lasers();
        double unit = model.metresPerUnit;
        if (calibration != null) {
            lasers = calibration.lasers();
            unit = calibration.metresPerUnit() > 0 ? calibration.metresPerUnit() : unit;
            if (lasers.size() != timing.lasers()) {
                throw VelodyneCalibration.malformed(
                        calibration.file(),
                        1,
                        "%d lasers, but the packets are of a %s, which has %d; is this the calibration of this sensor?"
                                .formatted(lasers.size(), model.key, timing.lasers()));
            }
        }
        if (!model.lasers().isEmpty() && lasers.stream().allMatch(l -> l.heightM() == 0)) {
            // A file of angles only; the lens stays where it is in every unit.
            List<VelodyneLaser> angles = lasers;
            lasers =
                    IntStream.range(0, angles.size())
                            .mapToObj(l -> angles.get(l).atHeight(model.lasers().get(l).heightM()))
                            .toList();
        }
        if (lasers.isEmpty()) {
            throw malformed(
                    udp,
                    packet,
                    "packets of %s, whose angles are calibrated unit by unit; give the calibration (YAML of the ROS driver, or db.xml) with --metadata"
                            .formatted(
                                    model == VelodyneModel.HDL_64E
                                            ? "an HDL-64"
                                            : "a " + model.key));
        }
        return new VelodynePoints(timing, lasers, unit);
    }

    private static MalformedDataException malformed(UdpReader udp, Place at, String problem) {
        return udp.records().malformed(at.offset(), problem);
    }

    /** Whether a packet that looks like Velodyne's comes from this sensor. */
    boolean sent(UdpReader udp) {
        return udp.source == source
                && (product == HDL_64
                        ? VelodynePacket.isHdl64(udp.data, udp.payload)
                        : VelodynePacket.product(udp.data, udp.payload) == product);
    }
}
