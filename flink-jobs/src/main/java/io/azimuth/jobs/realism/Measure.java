package io.azimuth.jobs.realism;

/** Something measured on scans: shown one after the other, then asked for its figures. */
interface Measure {
    void add(Scan scan);

    /** States what was found so far. */
    void report(Findings out);
}
