package io.azimuth.perception.inference.tensorrt;

/**
 * What a device did since its first use, for metrics.
 *
 * @param graphLaunches runs by a recorded graph
 * @param graphRefusals contexts whose runs could not be recorded, and run call by call
 * @param late runs that were done after the deadline
 * @param discarded contexts that were closed after a failure and made anew
 * @param abandoned contexts that were left as they are, since the device may still write to them
 * @param planHits plans found on disk
 * @param planBuilds plans built
 * @param planRefusals files of plans that were not as we wrote them
 * @param lost why the device is no longer used by this process; empty if it is
 */
public record TrtStats(
        long graphLaunches,
        long graphRefusals,
        long late,
        long discarded,
        long abandoned,
        long planHits,
        long planBuilds,
        long planRefusals,
        String lost) {}
