/**
 * The {@code azimuth} command: one class a subcommand, all started by {@link
 * io.azimuth.jobs.cli.Azimuth}. Data goes to standard output, talk to standard error; every outcome
 * has an exit code ({@link io.azimuth.jobs.cli.ExitCode}). Not here: anything that computes.
 */
@NullMarked
package io.azimuth.jobs.cli;

import org.jspecify.annotations.NullMarked;
