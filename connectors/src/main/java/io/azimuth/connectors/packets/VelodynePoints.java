package io.azimuth.connectors.packets;

import io.azimuth.perception.geometry.PointCloud;
import java.util.List;

/**
 * From the blocks of a Velodyne packet to points. The azimuth of a laser is interpolated between
 * groups of blocks by its firing time, as the manuals' "precision azimuth": {@code a = a_block +
 * gap * (firing * cycle + laser time) / group time - laser azimuth}. Our axes from theirs (y ahead,
 * clockwise): {@code x = r cos(e) cos(a), y = -r cos(e) sin(a), z = r sin(e) + height}. An HDL-64
 * has further corrections, {@link VelodyneCorrections}.
 */
final class VelodynePoints {
    private static final double RAD_PER_UNIT = Math.PI / 18_000;

    private final VelodyneTiming timing;
    private final double metresPerUnit;
    private final double[] cosElevation;
    private final double[] sinElevation;
    private final double[] azimuthRad;
    private final double[] heightM;
    private final int[] ring;
    private final VelodyneCorrections corrections;
    private final boolean corrected;

    VelodynePoints(VelodyneTiming timing, List<VelodyneLaser> beams, double metresPerUnit) {
        this.timing = timing;
        this.metresPerUnit = metresPerUnit;
        int lasers = beams.size();
        cosElevation = new double[lasers];
        sinElevation = new double[lasers];
        azimuthRad = new double[lasers];
        heightM = new double[lasers];
        ring = new int[lasers];
        for (int l = 0; l < lasers; l++) {
            VelodyneLaser beam = beams.get(l);
            cosElevation[l] = Math.cos(beam.elevationRad());
            sinElevation[l] = Math.sin(beam.elevationRad());
            azimuthRad[l] = beam.azimuthRad();
            heightM[l] = beam.heightM();
            ring[l] = ring(beams, l);
        }
        corrections = new VelodyneCorrections(beams);
        corrected = beams.stream().anyMatch(VelodyneLaser::corrected);
    }

    /** Rings run from the lowest beam up; of two at the same elevation the first laser is lower. */
    static int ring(List<VelodyneLaser> beams, int laser) {
        double own = beams.get(laser).elevationRad();
        int below = 0;
        for (int l = 0; l < beams.size(); l++) {
            double other = beams.get(l).elevationRad();
            below += other < own || (other == own && l < laser) ? 1 : 0;
        }
        return below;
    }

    VelodyneTiming timing() {
        return timing;
    }

    /**
     * Adds the returns of blocks {@code from .. end - 1}.
     *
     * @param offsetNanos of the packet's time to the sweep's start
     * @param unitsPerSecond how fast the sensor turns where the packet does not tell, in hundredths
     *     of a degree
     * @return returns looked at, empty ones included
     */
    int add(
            byte[] b,
            int packet,
            int from,
            int end,
            long offsetNanos,
            double unitsPerSecond,
            PointCloud cloud) {
        boolean dual = VelodynePacket.isDual(b, packet, timing);
        int step = timing.step(dual);
        int last = Math.min(end, timing.groups(dual) * step);
        double unitsPerNano = 1e-9 * unitsPerSecond;
        int looked = 0;
        for (int block = from / step * step; block < last; block += step) {
            int azimuth = VelodynePacket.azimuth(b, packet, block);
            if (azimuth < 0) {
                continue;
            }
            int gap = VelodynePacket.gap(b, packet, block, step);
            unitsPerNano = gap < 0 ? unitsPerNano : gap / timing.groupNanos();
            long groupOffset = offsetNanos + timing.groupStartNanos(block / step);
            for (int bank = 0; bank < timing.banks(); bank++) {
                int at = block + timing.blockOf(bank, dual);
                if (VelodynePacket.isBank(b, packet, at, bank)) {
                    boolean twin =
                            dual && VelodynePacket.isBank(b, packet, at + timing.twin(), bank);
                    addBlock(b, packet, at, bank, twin, azimuth, unitsPerNano, groupOffset, cloud);
                }
                looked += VelodynePacket.RETURNS_PER_BLOCK;
            }
        }
        return looked;
    }

    private void addBlock(
            byte[] b,
            int packet,
            int block,
            int bank,
            boolean twin,
            int azimuth,
            double unitsPerNano,
            long groupOffset,
            PointCloud cloud) {
        int lasers = cosElevation.length;
        int first = packet + block * VelodynePacket.BLOCK_BYTES + 4;
        int twinBytes = timing.twin() * VelodynePacket.BLOCK_BYTES;
        for (int i = 0; i < VelodynePacket.RETURNS_PER_BLOCK; i++) {
            int at = first + i * VelodynePacket.RETURN_BYTES;
            at = twin ? stronger(b, at, at + twinBytes) : at;
            int range = CaptureReader.int16(b, at, false);
            if (range == 0) {
                continue;
            }
            int slot = bank * VelodynePacket.RETURNS_PER_BLOCK + i;
            int laser = slot % lasers;
            double nanos = slot / lasers * timing.cycleNanos() + timing.laserNanos()[laser];
            double a = RAD_PER_UNIT * (azimuth + unitsPerNano * nanos) - azimuthRad[laser];
            int time = (int) (groupOffset + Math.round(nanos));
            int intensity = b[at + 2] & 0xff;
            if (corrected) {
                corrections.add(
                        laser, range, metresPerUnit, a, intensity, ring[laser], time, cloud);
                continue;
            }
            double r = metresPerUnit * range;
            double flat = r * cosElevation[laser];
            cloud.add(
                    (float) (flat * Math.cos(a)),
                    (float) (-flat * Math.sin(a)),
                    (float) (r * sinElevation[laser] + heightM[laser]),
                    intensity / 255f,
                    ring[laser],
                    time);
        }
    }

    /** Of two returns the one that reflects more, of equals the first. */
    private static int stronger(byte[] b, int at, int twin) {
        boolean twinEmpty = CaptureReader.int16(b, twin, false) == 0;
        boolean empty = CaptureReader.int16(b, at, false) == 0;
        if (twinEmpty || empty) {
            return empty && !twinEmpty ? twin : at;
        }
        return (b[twin + 2] & 0xff) > (b[at + 2] & 0xff) ? twin : at;
    }
}
