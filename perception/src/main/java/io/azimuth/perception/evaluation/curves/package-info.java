/**
 * What is drawn of detections: {@link io.azimuth.perception.evaluation.curves.PrCurve}, {@link
 * io.azimuth.perception.evaluation.curves.Reliability} and {@link
 * io.azimuth.perception.evaluation.curves.Confusion}. Numbers only; not here: pictures.
 */
@NullMarked
package io.azimuth.perception.evaluation.curves;

import org.jspecify.annotations.NullMarked;
