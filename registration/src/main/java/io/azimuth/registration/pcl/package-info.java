/**
 * PCL 1.13 (Point Cloud Library) as an optional second back-end, over our own facade in {@code
 * src/main/cpp}: filters, features, segmentation, neighbours and registration, a cloud a call.
 *
 * <p>Start with {@link io.azimuth.registration.pcl.PclRuntime#probe}; put points into a {@link
 * io.azimuth.registration.pcl.NativeCloud} and close it. What PCL would end the process on is
 * refused before it is called. Without PCL the package loads and says what to install.
 *
 * <p>Not here: the refiners that run by default ({@code icp}); they need nothing installed.
 */
@NullMarked
package io.azimuth.registration.pcl;

import org.jspecify.annotations.NullMarked;
