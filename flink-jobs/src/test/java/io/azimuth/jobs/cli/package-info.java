/** The command line from outside: arguments in, streams and exit code out. */
@NullMarked
package io.azimuth.jobs.cli;

import org.jspecify.annotations.NullMarked;
