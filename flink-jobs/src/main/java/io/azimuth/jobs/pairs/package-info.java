/**
 * Registers two scans by any of the engine's ways: one name a method, one kind of answer. What the
 * command line and the benchmarks share.
 */
@NullMarked
package io.azimuth.jobs.pairs;

import org.jspecify.annotations.NullMarked;
