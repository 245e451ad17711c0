package io.azimuth.jobs.pairs;

import io.azimuth.perception.evaluation.registration.PairTruth;
import io.azimuth.perception.geometry.RigidTransform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an estimate was computed from, as digests: the name of a set does not say which scans it
 * has, and estimates of others must not be counted as of these. Where the files lie, and what else
 * is in the set, does not matter.
 *
 * @param scans of the bytes of both scans and of the truth, which errors are told by
 * @param run of the turn, its seed and the method with its settings
 */
record PairOrigin(String scans, String run) {
    private static final int DIGITS = 16;

    static PairOrigin of(PairCase pair, PairTurn turn, long seed, PairMethod method)
            throws IOException {
        MessageDigest scans = sha256();
        file(scans, pair.target());
        file(scans, pair.source());
        text(scans, truth(pair.truth()));
        MessageDigest run = sha256();
        text(run, turn == PairTurn.NONE ? turn.name() : turn.name() + " " + seed);
        text(run, method.settings());
        return new PairOrigin(hex(scans), hex(run));
    }

    private static String truth(PairTruth truth) {
        StringBuilder out = new StringBuilder();
        out.append(truth.unmatchable()).append(truth.negative());
        RigidTransform known = truth.targetFromSource();
        for (double v : known == null ? new double[0] : known.toRows()) {
            out.append(' ').append(v);
        }
        return out.toString();
    }

    private static void file(MessageDigest sha, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        text(sha, String.valueOf(bytes.length));
        sha.update(bytes);
    }

    private static void text(MessageDigest sha, String text) {
        sha.update(text.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
    }

    private static String hex(MessageDigest sha) {
        return HexFormat.of().formatHex(sha.digest()).substring(0, DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
