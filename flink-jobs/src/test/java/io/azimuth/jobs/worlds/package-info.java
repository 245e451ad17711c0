/** Tests of the study on scenes, boxes and plans that are made by hand. */
@NullMarked
package io.azimuth.jobs.worlds;

import org.jspecify.annotations.NullMarked;
