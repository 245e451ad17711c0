package io.azimuth.connectors.mcap;

/**
 * What is wrong with a recording that could be read in part.
 *
 * @param bytesLost bytes of the file whose messages cannot be read; 0 if only its index was bad
 * @param faults how many faults were met
 * @param reason the first fault: where, what was found, what is accepted
 */
public record McapDamage(long bytesLost, int faults, String reason) {}
