package io.azimuth.connectors.packets;

import io.azimuth.perception.geometry.PointCloud;

/**
 * From the blocks of a Velodyne packet to points. The azimuth of a laser is interpolated between
 * blocks by its firing time, as the manual's "precision azimuth": {@code a = a_block + gap *
 * (firing * cycle + laser * step) / (firings * cycle)}. Our axes from theirs (y ahead, clockwise):
 * {@code x = r cos(e) cos(a), y = -r cos(e) sin(a), z = r sin(e) + height}.
 */
final class VelodynePoints {
    private static final double RAD_PER_UNIT = Math.PI / 18_000;
    private static final double M_PER_UNIT = 0.002;

    private final VelodyneModel model;
    private final double[] cosElevation;
    private final double[] sinElevation;
    private final double[] heightM;
    private final int[] ring;

    VelodynePoints(VelodyneModel model) {
        this.model = model;
        int lasers = model.lasers();
        cosElevation = new double[lasers];
        sinElevation = new double[lasers];
        heightM = new double[lasers];
        ring = new int[lasers];
        for (int l = 0; l < lasers; l++) {
            cosElevation[l] = Math.cos(model.elevationRad(l));
            sinElevation[l] = Math.sin(model.elevationRad(l));
            heightM[l] = model.heightM(l);
            ring[l] = model.ring(l);
        }
    }

    VelodyneModel model() {
        return model;
    }

    /** How long {@code blocks} firing blocks take. */
    long blockNanos(int blocks) {
        return (long) blocks * model.firingsPerBlock * model.firingNanos;
    }

    /**
     * Adds the returns of blocks {@code from .. end - 1}.
     *
     * @param offsetNanos of the packet's first laser to the sweep's start
     * @return returns looked at, empty ones included
     */
    int add(byte[] b, int packet, int from, int end, long offsetNanos, PointCloud cloud) {
        int step = VelodynePacket.isDual(b, packet) ? 2 : 1;
        int looked = 0;
        int lastGap = 0;
        for (int block = from / step * step; block < end; block += step) {
            int azimuth = VelodynePacket.azimuth(b, packet, block);
            if (azimuth < 0) {
                continue;
            }
            int gap = VelodynePacket.gap(b, packet, block, step);
            lastGap = gap < 0 ? lastGap : gap;
            long blockOffset = offsetNanos + blockNanos(block / step);
            addBlock(b, packet, block, step == 2, azimuth, lastGap, blockOffset, cloud);
            looked += VelodynePacket.RETURNS_PER_BLOCK;
        }
        return looked;
    }

    private void addBlock(
            byte[] b,
            int packet,
            int block,
            boolean dual,
            int azimuth,
            int gap,
            long blockOffset,
            PointCloud cloud) {
        int lasers = model.lasers();
        int first = packet + block * VelodynePacket.BLOCK_BYTES + 4;
        boolean paired = dual && VelodynePacket.azimuth(b, packet, block + 1) >= 0;
        double unitsPerNano = gap / (double) blockNanos(1);
        for (int i = 0; i < VelodynePacket.RETURNS_PER_BLOCK; i++) {
            int at = first + i * VelodynePacket.RETURN_BYTES;
            at = paired ? stronger(b, at) : at;
            int range = CaptureReader.int16(b, at, false);
            if (range == 0) {
                continue;
            }
            int laser = i % lasers;
            int nanos = i / lasers * model.firingNanos + model.laserNanos(laser);
            double a = RAD_PER_UNIT * (azimuth + unitsPerNano * nanos);
            double r = M_PER_UNIT * range;
            double flat = r * cosElevation[laser];
            cloud.add(
                    (float) (flat * Math.cos(a)),
                    (float) (-flat * Math.sin(a)),
                    (float) (r * sinElevation[laser] + heightM[laser]),
                    (b[at + 2] & 0xff) / 255f,
                    ring[laser],
                    (int) (blockOffset + nanos));
        }
    }

    /** Of the last return at {@code at} and its twin a block on: the one that reflects more. */
    private static int stronger(byte[] b, int at) {
        int twin = at + VelodynePacket.BLOCK_BYTES;
        boolean twinEmpty = CaptureReader.int16(b, twin, false) == 0;
        boolean empty = CaptureReader.int16(b, at, false) == 0;
        if (twinEmpty || empty) {
            return empty && !twinEmpty ? twin : at;
        }
        return (b[twin + 2] & 0xff) > (b[at + 2] & 0xff) ? twin : at;
    }
}
