package io.azimuth.perception.invariant;

/** What an encoder found about a crop besides its encoding, which is finite in every case. */
public enum CropStatus {
    OK,
    /** Fewer than 4 distinct finite points: the encoding says little. */
    TOO_FEW,
    /** Points that were NaN or infinite were left out. */
    NON_FINITE_REMOVED,
    /** No frame is well defined (all on a line, alike in all directions): a fall-back was used. */
    DEGENERATE
}
