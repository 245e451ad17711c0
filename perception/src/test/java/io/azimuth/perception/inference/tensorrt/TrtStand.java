package io.azimuth.perception.inference.tensorrt;

import io.azimuth.perception.inference.tensorrt.plan.PlanStore;
import io.azimuth.perception.inference.tensorrt.probe.ProbeVerdict;
import io.azimuth.perception.inference.tensorrt.seam.ScriptedTrtNative;
import io.azimuth.perception.inference.tensorrt.seam.TrtDevice;
import io.azimuth.perception.inference.tensorrt.seam.TrtVersions;
import java.nio.file.Path;
import java.util.List;

/** A device of a test with its store, clock and backend. */
public final class TrtStand implements AutoCloseable {
    public final ScriptedTrtNative trt;
    public final ManualTicker ticker = new ManualTicker();
    public final TrtHost host;
    public final TrtBackend backend;

    public TrtStand(ScriptedTrtNative trt, Path folder, TrtOptions options) {
        this.trt = trt;
        host = new TrtHost(trt, PlanStore.open(folder, 1L << 30, ticker), ticker, options);
        backend = new TrtBackend(usable(), host);
    }

    /** What a probe says of the scripted device. */
    public static ProbeVerdict usable() {
        return ProbeVerdict.usable(
                new TrtVersions(110201, 110201, 13030, 13030),
                List.of(new TrtDevice(0, "Scripted", 9, 0, 132, 1L << 37, "0000:01:00")));
    }

    @Override
    public void close() {
        host.close();
    }
}
