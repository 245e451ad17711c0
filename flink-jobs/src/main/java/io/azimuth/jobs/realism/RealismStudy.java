package io.azimuth.jobs.realism;

import io.azimuth.perception.simulation.TownConfig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measures recordings and simulated towns with the same code and compares them. A pure function of
 * the recordings, the towns and the simulator. Not thread-safe.
 */
public final class RealismStudy {
    private static final List<String> DOCS =
            List.of("range", "birdseye", "rings", "car-10m-1", "car-20m-1");

    private final List<Path> folders;
    private final List<TownConfig> towns;
    private final Album real = new Album();
    private final Album simulated = new Album();
    private final Likeness likeness;

    private RealismStudy(List<Path> folders, List<TownConfig> towns, int every) throws IOException {
        this.folders = folders;
        this.towns = towns;
        Survey ofReal = new Survey();
        new RealScans(folders)
                .visit(
                        (scan, whole) -> {
                            ofReal.add(scan, whole);
                            real.add(scan, whole);
                        });
        Survey ofSimulated = new Survey();
        new SimulatedScans(towns, every)
                .visit(
                        (scan, whole) -> {
                            ofSimulated.add(scan, whole);
                            simulated.add(scan, whole);
                        });
        likeness = new Likeness(ofReal.findings(), ofSimulated.findings());
    }

    /**
     * Runs the study and keeps the pictures' material.
     *
     * @param folders recordings of a 64-beam sensor, at least one
     * @param towns to simulate, of one vehicle with one sensor each, at least one
     * @param every so many sweeps of a town one is measured, at least 1
     * @throws java.nio.file.NoSuchFileException if a recording is missing
     */
    public static RealismStudy of(List<Path> folders, List<TownConfig> towns, int every)
            throws IOException {
        return new RealismStudy(List.copyOf(folders), List.copyOf(towns), every);
    }

    /** All figures of both sides with bars and verdicts, a line each. */
    public String table() {
        return LikenessText.table(likeness);
    }

    /** All figures and curves, one object with {@code schemaVersion}. */
    public String json() {
        List<String> names = folders.stream().map(f -> String.valueOf(f.getFileName())).toList();
        return LikenessText.json(likeness, names, towns.stream().map(TownConfig::seed).toList());
    }

    /**
     * Writes {@code simulator.json}, {@code index.html} and pictures into a folder that is made.
     */
    public void write(Path out) throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("simulator.json"), json() + "\n");
        LikenessPage.write(out, likeness, real, simulated);
    }

    /** Writes pictures of the simulated side alone, small enough to be kept beside the text. */
    public void writeSimulatedPictures(Path docs) throws IOException {
        Files.createDirectories(docs);
        for (Map.Entry<String, BufferedImage> picture : simulated.pictures().entrySet()) {
            if (DOCS.contains(picture.getKey())) {
                String name = "simulator-" + picture.getKey() + ".png";
                LikenessPage.save(picture.getValue(), docs.resolve(name));
            }
        }
    }
}
