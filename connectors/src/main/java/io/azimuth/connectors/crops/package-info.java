/**
 * Sets of crops as they lie on disk, read into {@link io.azimuth.connectors.crops.CropTable}: the
 * folders that {@code connectors.dataset} writes, NumPy arrays, and folders of clouds.
 */
@NullMarked
package io.azimuth.connectors.crops;

import org.jspecify.annotations.NullMarked;
