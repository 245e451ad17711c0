@NullMarked
package io.azimuth.jobs.report;

import org.jspecify.annotations.NullMarked;
