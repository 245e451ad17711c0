/** Which of these belongs to which of those: assignment problems that several rooms share. */
@NullMarked
package io.azimuth.perception.geometry.matching;

import org.jspecify.annotations.NullMarked;
