/**
 * What {@code deploy/gpu-check} runs on a host with a GPU: {@link
 * io.azimuth.jobs.gpucheck.GpuCheck} builds, compares and times the shipped networks.
 */
@NullMarked
package io.azimuth.jobs.gpucheck;

import org.jspecify.annotations.NullMarked;
