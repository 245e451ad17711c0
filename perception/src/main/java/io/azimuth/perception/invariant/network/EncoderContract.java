package io.azimuth.perception.invariant.network;

import io.azimuth.perception.inference.bundle.Manifest;
import io.azimuth.perception.inference.bundle.ModelRejected;
import io.azimuth.perception.inference.bundle.TensorSpec;
import io.azimuth.perception.invariant.SymmetryGroup;
import io.azimuth.perception.invariant.inputs.CropInputs;
import io.azimuth.perception.invariant.inputs.EncoderOption;
import io.azimuth.perception.invariant.inputs.InputConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a crop encoder's bundle says of its tensors, held against what this code makes and reads.
 *
 * @param specs of the network's inputs, each with its place among {@link CropInputs#specs}
 * @param places where each of the network's inputs stands in {@link CropInputs#specs}
 * @param temperature what logits are divided by
 * @param heading whether the network tells where the front is
 */
record EncoderContract(
        InputConfig config,
        List<TensorSpec> specs,
        int[] places,
        List<Integer> dimensions,
        double temperature,
        boolean heading,
        UnknownScore unknown) {
    static final String TASK = "crop-encoding";
    static final String EMBEDDING = "embedding";
    static final String LOGITS = "logits";
    static final String HEADING = "heading";
    static final int WIDTH = 128;
    static final int HEADING_WIDTH = 3;

    /**
     * The contract of a bundle.
     *
     * @throws ModelRejected naming the field that does not fit
     */
    static EncoderContract of(Manifest manifest, CropInputs made, InputConfig config) {
        EncoderFields after = new EncoderFields("postprocessing", manifest.postprocessing());
        List<Integer> dimensions =
                Arrays.stream(after.rising("dimensions", WIDTH)).boxed().toList();
        double temperature = after.has("temperature") ? after.number("temperature") : 1;
        if (!(temperature > 0)) {
            throw after.wrong("temperature", temperature, "above 0");
        }
        boolean heading = manifest.outputs().size() == 3;
        requireOutputs(manifest, heading);
        if (heading && !config.viewpoint()) {
            throw EncoderFields.rejected("outputs", HEADING, "none without a viewpoint");
        }
        return new EncoderContract(
                config,
                manifest.inputs(),
                places(manifest, made),
                dimensions,
                temperature,
                heading,
                UnknownScore.of(after, manifest.classes().size(), dimensions.size()));
    }

    /** The configuration of the inputs. */
    static InputConfig config(Manifest manifest) {
        if (!manifest.task().equals(TASK)) {
            throw EncoderFields.rejected("task", manifest.task(), TASK);
        }
        EncoderFields before = new EncoderFields("preprocessing", manifest.preprocessing());
        int version = before.whole("featureVersion");
        if (version != InputConfig.FEATURE_VERSION) {
            throw before.wrong("featureVersion", version, "" + InputConfig.FEATURE_VERSION);
        }
        String group = before.text("group");
        SymmetryGroup symmetry;
        try {
            symmetry = SymmetryGroup.valueOf(group.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw before.wrong("group", group, "none, yaw, so3 or o3");
        }
        try {
            return new InputConfig(
                    EncoderOption.ofLabel(before.text("encoder")),
                    symmetry,
                    before.whole("points"),
                    before.whole("neighbours"),
                    before.flag("viewpoint"),
                    before.isSecond("normalise", "none", "unit-sphere"),
                    before.isSecond("normals", "kept", "dense"),
                    before.isSecond("neighbourRanks", "near", "wide"),
                    before.isSecond("globals", "crop", "scene"));
        } catch (IllegalArgumentException e) {
            throw new ModelRejected(
                    ModelRejected.Code.SIGNATURE, "crop encoder: " + e.getMessage(), e);
        }
    }

    /** A network need not read all tensors that are made. */
    private static int[] places(Manifest manifest, CropInputs made) {
        List<String> names = new ArrayList<>();
        for (TensorSpec spec : made.specs()) {
            names.add(spec.name());
        }
        int[] places = new int[manifest.inputs().size()];
        for (int i = 0; i < places.length; i++) {
            TensorSpec wanted = manifest.inputs().get(i);
            places[i] = names.indexOf(wanted.name());
            if (places[i] < 0) {
                throw EncoderFields.rejected("inputs.name", wanted.name(), "one of " + names);
            }
            requireShape("inputs", wanted, made.specs().get(places[i]).shape());
        }
        return places;
    }

    private static void requireOutputs(Manifest manifest, boolean heading) {
        List<TensorSpec> found = manifest.outputs();
        List<String> names = new ArrayList<>(List.of(EMBEDDING, LOGITS));
        List<Integer> widths = new ArrayList<>(List.of(WIDTH, manifest.classes().size()));
        if (heading) {
            names.add(HEADING);
            widths.add(HEADING_WIDTH);
        }
        List<String> told = found.stream().map(TensorSpec::name).toList();
        if (!told.equals(names)) {
            throw EncoderFields.rejected("outputs", told, names.toString());
        }
        for (int i = 0; i < found.size(); i++) {
            requireShape("outputs", found.get(i), List.of(TensorSpec.BATCH, widths.get(i)));
        }
    }

    private static void requireShape(String field, TensorSpec found, List<Integer> expected) {
        if (!found.shape().equals(expected)) {
            throw EncoderFields.rejected(
                    "%s.shape of %s".formatted(field, found.name()),
                    found.shape(),
                    expected.toString());
        }
    }
}
