/**
 * The typed configuration tree: {@link io.azimuth.jobs.config.AzimuthConfig} is a tree of records
 * whose component names are the keys; {@link io.azimuth.jobs.config.ConfigLoader} lays file,
 * environment and command line over the defaults and remembers where each value came from. Not
 * here: what the settings mean; that is documented at each record.
 */
@NullMarked
package io.azimuth.jobs.config;

import org.jspecify.annotations.NullMarked;
