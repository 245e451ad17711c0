/** Tests of the measures on clouds whose answer is known. */
@NullMarked
package io.azimuth.jobs.realism;

import org.jspecify.annotations.NullMarked;
