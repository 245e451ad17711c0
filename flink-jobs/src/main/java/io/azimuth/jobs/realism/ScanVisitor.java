package io.azimuth.jobs.realism;

/** Takes scans one by one; a scan's points are reused after the call. */
interface ScanVisitor {
    /**
     * @param whole whether the cloud counts; else only the cars in it do
     */
    void visit(Scan scan, boolean whole);
}
