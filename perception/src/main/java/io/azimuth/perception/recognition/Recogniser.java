package io.azimuth.perception.recognition;

import io.azimuth.perception.geometry.Detection;
import io.azimuth.perception.geometry.Detection.Recognition;
import io.azimuth.perception.geometry.ObjectClass;
import io.azimuth.perception.geometry.OrientedBox;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.invariant.Crop;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Refines a sweep's detections by what a {@link CropEncoder} says of their points: class, score and
 * heading, and a {@link Recognition} with an embedding. At most {@link RecogniserConfig#budget}
 * crops a sweep are encoded, in one call. The result is a pure function of the sweep, the
 * detections and the configuration. One instance a thread.
 *
 * <p>A class that is background to the encoder lowers a score, it never renames. A class is renamed
 * only if the box has a size that the new one may have.
 */
public final class Recogniser implements AutoCloseable {
    private final RecogniserConfig config;
    private final CropEncoder encoder;
    private final ToDoubleFunction<Encoding> unknownScore;
    private final CropClasses classes;
    private final ScoreFusion fusion;
    private final HeadingChoice headings;
    private final CropCutter cutter = new CropCutter();
    private long cropsEncoded;

    /**
     * Takes the encoder over and closes it.
     *
     * @param unknownScore of an encoding: above 0 if its crop is like nothing that was taught
     * @throws IllegalArgumentException if none of the encoder's classes is an object's, or its
     *     embedding is too short
     */
    public Recogniser(
            RecogniserConfig config, CropEncoder encoder, ToDoubleFunction<Encoding> unknownScore) {
        this.config = config;
        this.encoder = encoder;
        this.unknownScore = unknownScore;
        this.classes = new CropClasses(encoder.info());
        this.fusion = new ScoreFusion(config, classes);
        this.headings = new HeadingChoice(config);
        int longest = encoder.info().dimensions().stream().mapToInt(i -> i).max().orElse(0);
        if (longest < Recognition.EMBEDDING_LENGTH) {
            throw new IllegalArgumentException(
                    "encoder %s has embeddings of %d numbers, expected %d or more"
                            .formatted(encoder.info().id(), longest, Recognition.EMBEDDING_LENGTH));
        }
    }

    /**
     * The detections, some of them refined, best score first.
     *
     * @param detections of this sweep, in the detector's order
     * @throws io.azimuth.perception.inference.InferenceFailed if the network fails
     */
    public List<Detection> recognise(Sweep sweep, List<Detection> detections) {
        int[] chosen =
                EncodingBudget.choose(detections, sweep.seq(), config.budget(), config.minPoints());
        if (chosen.length == 0) {
            return detections;
        }
        List<OrientedBox> boxes = new ArrayList<>(chosen.length);
        for (int i : chosen) {
            boxes.add(detections.get(i).box());
        }
        List<Crop> crops = cutter.cut(sweep.points(), boxes);
        List<Crop> seen = new ArrayList<>(crops);
        seen.removeIf(c -> c.size() < config.minPoints());
        List<Encoding> encodings = encoder.encode(seen);
        cropsEncoded += seen.size();
        List<Detection> out = new ArrayList<>(detections);
        int next = 0;
        for (int i = 0; i < chosen.length; i++) {
            if (crops.get(i).size() >= config.minPoints()) {
                out.set(chosen[i], refined(detections.get(chosen[i]), encodings.get(next++)));
            }
        }
        out.sort(Detection.ORDER);
        return out;
    }

    /** Crops encoded so far. */
    public long cropsEncoded() {
        return cropsEncoded;
    }

    private Detection refined(Detection d, Encoding e) {
        double[] probabilities = e.probabilities();
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        ObjectClass objectClass = renamed(d, best, probabilities);
        double evidence = fusion.evidence(objectClass, e.logits());
        HeadingChoice.Choice heading = headings.of(d, e);
        Recognition recognition =
                new Recognition(
                        classes.label(best),
                        (float) probabilities[best],
                        (float) evidence,
                        (float) unknownScore.applyAsDouble(e),
                        classes.chances(probabilities),
                        Recognition.quantised(e.embedding()));
        return new Detection(
                heading.box(),
                objectClass,
                fusion.fused(d.score(), objectClass, evidence),
                heading.known(),
                d.points(),
                d.timeOffsetNanos(),
                recognition);
    }

    private ObjectClass renamed(Detection d, int best, double[] probabilities) {
        int own = classes.of(d.objectClass());
        if (own < 0 || own == best || !classes.isObject(best)) {
            return d.objectClass();
        }
        boolean clear = probabilities[best] - probabilities[own] > config.changeMargin();
        ObjectClass other = classes.object(best, d.box().length());
        return clear && fits(other, d.box()) ? other : d.objectClass();
    }

    /** Whether an object of the class may fill such a box; generous, metres. */
    private static boolean fits(ObjectClass c, OrientedBox box) {
        double longer = Math.max(box.length(), box.width());
        return switch (c) {
            case PEDESTRIAN -> longer <= 1.5;
            case CYCLIST -> longer >= 0.8 && longer <= 3;
            case CAR -> longer >= 2.5 && longer <= 7;
            case VAN, TRUCK, BUS -> longer >= 3.5;
            case UNKNOWN -> false;
        };
    }

    @Override
    public void close() {
        encoder.close();
    }
}
