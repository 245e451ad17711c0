/**
 * Tables that go with data sets, as comma-separated text: pairs of scans with their truth or with
 * estimates ({@link io.azimuth.connectors.dataset.tables.PairTable}), and rows of any kind by the
 * names of their columns ({@link io.azimuth.connectors.dataset.tables.CsvRows}).
 */
@NullMarked
package io.azimuth.connectors.dataset.tables;

import org.jspecify.annotations.NullMarked;
