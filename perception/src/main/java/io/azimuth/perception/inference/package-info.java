/**
 * Running networks: an {@link io.azimuth.perception.inference.InferenceBackend} loads a verified
 * bundle once a JVM, a {@link io.azimuth.perception.inference.LoadedModel} gives out leases, and a
 * {@link io.azimuth.perception.inference.Lease} holds the buffers that one thread fills, runs and
 * reads without a copy.
 *
 * <pre>{@code
 * try (LoadedModel model = new OrtBackend().load(BundleReader.read(folder), LoadOptions.single());
 *         Lease lease = model.acquire()) {
 *     lease.input("canvas").put(0, canvas);
 *     lease.run(1);
 *     lease.output("heat").get(0, heat);
 * }
 * }</pre>
 *
 * <p>Not here: what goes into a network and what comes out of it (the detector), batching,
 * deadlines.
 */
@NullMarked
package io.azimuth.perception.inference;

import org.jspecify.annotations.NullMarked;
