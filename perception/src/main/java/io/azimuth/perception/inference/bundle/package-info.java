/**
 * Model bundles: a folder or tar archive with {@code manifest.json}, the network and golden
 * tensors, read by {@link io.azimuth.perception.inference.bundle.BundleReader}. A bundle may come
 * from a stranger: every byte is hashed and looked through before a native library sees it, and
 * what is not understood is refused with a code ({@link
 * io.azimuth.perception.inference.bundle.ModelRejected}).
 *
 * <p>Not here: running networks (the package above), the meaning of pre- and postprocessing (the
 * detector that owns the network).
 */
@NullMarked
package io.azimuth.perception.inference.bundle;

import org.jspecify.annotations.NullMarked;
