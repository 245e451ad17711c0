package io.azimuth.jobs.cli;

import io.azimuth.connectors.dataset.CropSet;
import io.azimuth.connectors.dataset.SensorChoice;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Crops to train recognition with. */
@Command(
        name = "crops",
        description = {
            "Write the points of single objects and pieces of background, cut from simulated sweeps: .npy files and crops.csv.",
            "Same options, same bytes; a run continues one that was interrupted or had a smaller --count."
        },
        mixinStandardHelpOptions = true)
final class SimCropsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DatasetOptions set = new DatasetOptions();

    @Option(
            names = "--beams",
            converter = Beams.class,
            description = "Of the sensor: mixed, 128, 64, 32 or 16 (default mixed).")
    private SensorChoice sensor = SensorChoice.MIXED;

    @Option(
            names = "--jitter",
            description =
                    "Misplace boxes and spoil crops as detections are: parts hidden, beams and points missing, ground left over.")
    private boolean jitter;

    @Option(
            names = "--lone",
            description =
                    "One object on empty ground a crop, 5 to 40 m away, seen by 3 beams at least; else parts of towns.")
    private boolean lone;

    @Option(names = "--shard-size", description = "Crops a shard (default 500).")
    private int shardSize = 500;

    /** Sensors by their number of beams. */
    static final class Beams implements ITypeConverter<SensorChoice> {
        @Override
        public SensorChoice convert(String word) {
            return switch (word) {
                case "mixed" -> SensorChoice.MIXED;
                case "128" -> SensorChoice.OS1_128;
                case "64" -> SensorChoice.HDL64;
                case "32" -> SensorChoice.HDL32;
                case "16" -> SensorChoice.VLP16;
                default ->
                        throw new TypeConversionException(
                                "expected mixed, 128, 64, 32 or 16, found '" + word + "'");
            };
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Talk talk = new Talk(spec);
        return set.write(
                () ->
                        CropSet.write(
                                set.out,
                                new CropSet.Options(
                                        set.count,
                                        set.seed,
                                        set.family,
                                        sensor,
                                        jitter,
                                        lone,
                                        shardSize,
                                        set.workers),
                                Version.program(),
                                talk::note),
                "crops",
                talk);
    }
}
