package io.azimuth.jobs.pipeline;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Passes the event time of a partition on as its split's watermark, record by record: waiting for
 * the periodic call would only add latency at 10 sweeps a second.
 */
final class IntakeWatermarks implements WatermarkStrategy<Intake> {
    private static final long serialVersionUID = 1L;

    @Override
    public WatermarkGenerator<Intake> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new Forwarding();
    }

    @Override
    public TimestampAssigner<Intake> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return (intake, recordTimestamp) ->
                intake.sweep() == null
                        ? recordTimestamp
                        : Math.floorDiv(intake.sweep().endNanos(), 1_000_000L);
    }

    private static final class Forwarding implements WatermarkGenerator<Intake> {
        private long lastMillis = Long.MIN_VALUE;

        @Override
        public void onEvent(Intake intake, long timestamp, WatermarkOutput output) {
            if (intake.watermarkMillis() > lastMillis) {
                lastMillis = intake.watermarkMillis();
                output.emitWatermark(new Watermark(lastMillis));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // every watermark left with its record
        }
    }
}
