package io.azimuth.connectors.dataset;

import java.util.List;

/**
 * What a run wrote.
 *
 * @param items frames or pairs of the whole data set
 * @param made shards written by this run
 * @param kept shards that were there already, whole
 * @param histograms of the whole data set
 */
public record DatasetReport(int items, int made, int kept, List<Histogram> histograms) {
    public DatasetReport {
        histograms = List.copyOf(histograms);
    }
}
