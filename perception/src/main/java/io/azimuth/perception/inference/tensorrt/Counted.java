package io.azimuth.perception.inference.tensorrt;

import java.util.concurrent.atomic.LongAdder;

/** Counters of a device. */
final class Counted {
    final LongAdder graphLaunches = new LongAdder();
    final LongAdder graphRefusals = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder discarded = new LongAdder();
    final LongAdder abandoned = new LongAdder();
}
