/** Tests of the stream job. */
@NullMarked
package io.azimuth.jobs.pipeline;

import org.jspecify.annotations.NullMarked;
