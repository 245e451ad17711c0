/**
 * Plans on disk: built once a host, found again by all that can change them, refused when a byte is
 * not as we wrote it. A plan is native code, so only files of our own in a folder that nobody else
 * can write to are ever handed to the runtime.
 */
@NullMarked
package io.azimuth.perception.inference.tensorrt.plan;

import org.jspecify.annotations.NullMarked;
