package io.azimuth.connectors.packets;

import java.util.function.IntToDoubleFunction;

/**
 * When the lasers of a Velodyne model are measured, and how its packets hold them. A firing
 * sequence is all lasers once; it fills one block for each bank of 32 lasers, in dual return mode
 * two.
 *
 * @param banks blocks of 32 lasers that share an azimuth
 * @param firingsPerBlock firing sequences in a block, more than one where there are fewer lasers
 *     than 32
 * @param pairsTogether whether the two returns of a bank stand side by side in dual mode, or those
 *     of all banks come before the others
 * @param startNanos from the packet's time to its first laser
 * @param cycleNanos from firing sequence to firing sequence
 * @param laserNanos of each laser after the start of its firing sequence
 */
record VelodyneTiming(
        int banks,
        int firingsPerBlock,
        boolean pairsTogether,
        int startNanos,
        double cycleNanos,
        int[] laserNanos) {

    private static final int BANK = VelodynePacket.RETURNS_PER_BLOCK;

    /** VLP-16 and Puck Hi-Res: one laser after the other. User manual 63-9243, chapter 9.4. */
    static VelodyneTiming vlp16() {
        return new VelodyneTiming(1, 2, true, 0, 55_296, lasers(16, l -> 2_304.0 * l));
    }

    /** HDL-32E: one laser after the other. Application note 63-9277. */
    static VelodyneTiming hdl32() {
        return new VelodyneTiming(1, 1, true, 0, 46_080, lasers(BANK, l -> 1_152.0 * l));
    }

    /** VLP-32C: two lasers at a time. User manual 63-9325, chapter 9.4. */
    static VelodyneTiming vlp32() {
        return new VelodyneTiming(1, 1, true, 0, 55_296, lasers(BANK, l -> 2_304.0 * (l / 2)));
    }

    /**
     * VLS-128: eight lasers at a time, a rest of two such times after half of them and after all,
     * and the packet's time that of the fourth eight. The manual (63-9483, revision A, a draft)
     * gives the cycle of 20 times 2.665 us on average but one time of rest in the middle; packets
     * come each 160 us, and those of later firmware each 173.4 us, which is 2.89 us for eight.
     *
     * @param sequenceNanos time of a firing sequence as packets show it; not known if 0
     */
    static VelodyneTiming vls128(double sequenceNanos) {
        double eight = sequenceNanos > 55_500 ? 2_890 : 8_000 / 3.0;
        return new VelodyneTiming(
                4,
                1,
                true,
                -7_000,
                20 * eight,
                lasers(4 * BANK, l -> eight * (l / 8 + l / 64 * 2)));
    }

    /**
     * HDL-64E: both halves at once, four lasers in a row and a pause. S2 user manual, appendix of
     * firing times; S3 manual 63-HDL64ES3, the same at a slower beat.
     *
     * @param sequenceNanos time of a firing sequence as packets show it; S3 if 0
     */
    static VelodyneTiming hdl64(double sequenceNanos) {
        boolean second = sequenceNanos > 0 && sequenceNanos < 52_500;
        int[] inFour =
                second ? new int[] {0, 1_260, 2_460, 3_660} : new int[] {0, 1_300, 2_500, 3_700};
        int four = second ? 6_000 : 7_200;
        return new VelodyneTiming(
                2,
                1,
                false,
                0,
                8 * four,
                lasers(2 * BANK, l -> l % BANK / 4 * four + inFour[l % 4]));
    }

    private static int[] lasers(int count, IntToDoubleFunction nanos) {
        int[] out = new int[count];
        for (int l = 0; l < count; l++) {
            out[l] = (int) Math.round(nanos.applyAsDouble(l));
        }
        return out;
    }

    int lasers() {
        return laserNanos.length;
    }

    /** Blocks that share an azimuth. */
    int step(boolean dual) {
        return dual ? 2 * banks : banks;
    }

    /** Groups of such blocks in a packet. */
    int groups(boolean dual) {
        return VelodynePacket.BLOCKS / step(dual);
    }

    /** From a group of blocks to the next. */
    double groupNanos() {
        return firingsPerBlock * cycleNanos;
    }

    /** From the packet's time to the first laser of a group. */
    long groupStartNanos(int group) {
        return startNanos + Math.round(group * groupNanos());
    }

    /** Where in a group the first return of a bank stands. */
    int blockOf(int bank, boolean dual) {
        return dual && pairsTogether ? 2 * bank : bank;
    }

    /** Blocks from a return in dual mode to its twin. */
    int twin() {
        return pairsTogether ? 1 : banks;
    }
}
