package io.azimuth.perception.inference.serving;

/**
 * How often the second engine had to answer, for metrics.
 *
 * @param fallbacks runs that the second engine did in place of the first
 * @param opened times that the first was given up for a while
 * @param usingFirst whether runs go to the first engine now
 */
public record FallbackStats(long fallbacks, long opened, boolean usingFirst) {}
