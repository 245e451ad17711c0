package io.azimuth.perception.invariant;

/**
 * What an encoder says of one crop; all numbers are finite. The arrays are the receiver's.
 *
 * @param status whether something was wrong with the crop
 * @param embedding of length 1; a prefix, normalised again, is a shorter embedding ({@link
 *     EncoderInfo#dimensions})
 * @param logits one a class, calibrated: their softmax are probabilities
 * @param headingYawRad where the object's front points, about the crop's up axis, in the crop's
 *     frame (radians from +x); NaN if the encoder does not tell
 * @param headingCertainty 0 (no idea) to 1 of the axis; 0 if the encoder does not tell
 * @param frontCertainty 0.5 (front and back alike) to 1 of which end is the front
 */
public record Encoding(
        CropStatus status,
        float[] embedding,
        float[] logits,
        double headingYawRad,
        double headingCertainty,
        double frontCertainty) {
    /**
     * The first {@code length} numbers of the embedding, normalised.
     *
     * @throws IllegalArgumentException if the embedding is shorter
     */
    public float[] prefix(int length) {
        if (length < 1 || length > embedding.length) {
            throw new IllegalArgumentException(
                    "prefix of %d numbers, accepted 1 to %d".formatted(length, embedding.length));
        }
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) embedding[i] * embedding[i];
        }
        float[] out = new float[length];
        double scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
        for (int i = 0; i < length; i++) {
            out[i] = (float) (embedding[i] * scale);
        }
        return out;
    }

    /** Softmax of the logits. */
    public double[] probabilities() {
        double top = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            top = Math.max(top, logit);
        }
        double[] out = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = StrictMath.exp(logits[i] - top);
            sum += out[i];
        }
        for (int i = 0; i < out.length; i++) {
            out[i] /= sum;
        }
        return out;
    }
}
