package io.azimuth.jobs.places;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.azimuth.perception.geometry.Sweep;
import io.azimuth.perception.invariant.CropEncoder;
import io.azimuth.perception.invariant.places.ConcentricPlaces;
import io.azimuth.perception.invariant.places.PatchPlaces;
import io.azimuth.perception.invariant.places.PlaceDescriptor;
import io.azimuth.perception.invariant.places.PlaceProjection;
import io.azimuth.perception.simulation.TownFamily;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Recall of places that are visited again in simulated towns. A place is found if one of the first
 * answers was taken within 10 m of it; all towns of a study are searched together.
 */
public final class PlaceStudy {
    private static final double NEAR_M = 10;
    private static final double RIDGE = 0.1;
    private static final int CENTRE_SWEEPS = 20;

    private PlaceStudy() {}

    /**
     * What to study.
     *
     * @param towns of seeds {@code seed}, {@code seed + 1}, ...
     * @param beams of the sensor: 64, 32 or 16
     */
    public record Plan(TownFamily family, int beams, int towns, long seed) {
        public Plan {
            if (towns < 1 || towns > 1000) {
                throw new IllegalArgumentException("%d towns, expected 1 .. 1000".formatted(towns));
            }
        }
    }

    /**
     * Recall by way of coming back and length of the descriptor's prefix.
     *
     * @param places that were searched
     * @param recall {@code visit -> [prefix][0: at 1, 1: at 5]}
     */
    public record Outcome(
            Plan plan,
            String descriptor,
            int places,
            List<Integer> prefixes,
            Map<String, double[][]> recall,
            Map<String, Integer> queries) {

        public ObjectNode json() {
            ObjectNode out = new ObjectMapper().createObjectNode();
            out.put("family", plan.family().name().toLowerCase(Locale.ROOT));
            out.put("beams", plan.beams()).put("towns", plan.towns()).put("seed", plan.seed());
            out.put("descriptor", descriptor).put("places", places).put("nearM", NEAR_M);
            ObjectNode visits = out.putObject("visits");
            recall.forEach(
                    (visit, rows) -> {
                        ObjectNode node = visits.putObject(visit);
                        node.put("queries", queries.get(visit));
                        for (int p = 0; p < rows.length; p++) {
                            node.put("recallAt1." + prefixes.get(p), rows[p][0]);
                            node.put("recallAt5." + prefixes.get(p), rows[p][1]);
                        }
                    });
            return out;
        }

        /** Rows of a table in Markdown, heading first. */
        public List<String> table() {
            List<String> out = new ArrayList<>();
            StringBuilder head = new StringBuilder("| visit | queries |");
            prefixes.forEach(
                    p -> head.append(" @1, %d numbers | @5, %d numbers |".formatted(p, p)));
            out.add(head.toString());
            out.add("|---|---|" + "---|".repeat(2 * prefixes.size()));
            recall.forEach(
                    (visit, rows) -> {
                        StringBuilder row =
                                new StringBuilder(
                                        "| %s | %d |".formatted(visit, queries.get(visit)));
                        for (double[] r : rows) {
                            row.append(
                                    String.format(
                                            Locale.ROOT, " %.1f | %.1f |", 100 * r[0], 100 * r[1]));
                        }
                        out.add(row.toString());
                    });
            return out;
        }
    }

    /** Drives through the towns and looks every place of the second time up. */
    public static Outcome run(Plan plan, PlaceDescriptor descriptor, Consumer<String> progress) {
        List<PlaceTown.Place> known = new ArrayList<>();
        Map<Visit, List<PlaceTown.Place>> asked = new EnumMap<>(Visit.class);
        for (int t = 0; t < plan.towns(); t++) {
            new PlaceTown(plan.seed() + t, plan.family(), plan.beams())
                    .describe(
                            t,
                            descriptor,
                            (visit, place) -> {
                                if (visit == Visit.FIRST) {
                                    known.add(place);
                                } else {
                                    asked.computeIfAbsent(visit, v -> new ArrayList<>()).add(place);
                                }
                            });
            progress.accept(
                    "town %d of %d: %d places".formatted(t + 1, plan.towns(), known.size()));
        }
        List<Integer> prefixes = new ArrayList<>();
        for (int p : new int[] {16, 64, descriptor.length()}) {
            if (p <= descriptor.length() && !prefixes.contains(p)) {
                prefixes.add(p);
            }
        }
        Map<String, double[][]> recall = new java.util.LinkedHashMap<>();
        Map<String, Integer> queries = new java.util.LinkedHashMap<>();
        asked.forEach(
                (visit, places) -> {
                    double[][] rows = new double[prefixes.size()][];
                    for (int p = 0; p < rows.length; p++) {
                        rows[p] = recall(places, known, prefixes.get(p));
                    }
                    recall.put(visit.words, rows);
                    queries.put(visit.words, places.size());
                });
        return new Outcome(plan, descriptor.id(), known.size(), prefixes, recall, queries);
    }

    private static double[] recall(
            List<PlaceTown.Place> asked, List<PlaceTown.Place> known, int prefix) {
        int one = 0;
        int five = 0;
        for (PlaceTown.Place q : asked) {
            double[] score = new double[known.size()];
            for (int k = 0; k < score.length; k++) {
                score[k] = similarity(q.descriptor(), known.get(k).descriptor(), prefix);
            }
            for (int rank = 0; rank < 5; rank++) {
                int best = 0;
                for (int k = 1; k < score.length; k++) {
                    best = score[k] > score[best] ? k : best;
                }
                if (score[best] > Double.NEGATIVE_INFINITY
                        && q.distanceM(known.get(best)) <= NEAR_M) {
                    one += rank == 0 ? 1 : 0;
                    five++;
                    break;
                }
                score[best] = Double.NEGATIVE_INFINITY;
            }
        }
        return new double[] {(double) one / asked.size(), (double) five / asked.size()};
    }

    /** Cosine of the angle between the prefixes. */
    private static double similarity(float[] a, float[] b, int prefix) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < prefix; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
    }

    /**
     * Fits the projection of {@link ConcentricPlaces} to the places of other towns: a place of the
     * first drive and the nearest of every way of coming back make a pair.
     */
    public static PlaceProjection fit(List<Plan> plans, int length, Consumer<String> progress) {
        ConcentricPlaces raw = new ConcentricPlaces(null);
        List<float[]> first = new ArrayList<>();
        List<float[]> second = new ArrayList<>();
        for (Plan plan : plans) {
            for (int t = 0; t < plan.towns(); t++) {
                List<PlaceTown.Place> known = new ArrayList<>();
                List<PlaceTown.Place> seen = new ArrayList<>();
                new PlaceTown(plan.seed() + t, plan.family(), plan.beams())
                        .describe(
                                t,
                                raw,
                                (visit, place) -> (visit == Visit.FIRST ? known : seen).add(place));
                for (PlaceTown.Place place : seen) {
                    PlaceTown.Place near = nearest(place, known);
                    if (place.distanceM(near) < NEAR_M) {
                        first.add(near.descriptor());
                        second.add(place.descriptor());
                    }
                }
                progress.accept(
                        "%d beams, town %d of %d: %d pairs"
                                .formatted(plan.beams(), t + 1, plan.towns(), first.size()));
            }
        }
        return PlaceProjection.fit(first, second, length, RIDGE);
    }

    /** Mean of the embeddings of what stands around in another town. */
    public static float[] centre(Plan plan, CropEncoder encoder) {
        List<Sweep> sweeps =
                new PlaceTown(plan.seed(), plan.family(), plan.beams()).sweeps(CENTRE_SWEEPS);
        return PatchPlaces.centre(encoder, sweeps);
    }

    private static PlaceTown.Place nearest(PlaceTown.Place to, List<PlaceTown.Place> among) {
        PlaceTown.Place best = among.get(0);
        for (PlaceTown.Place p : among) {
            best = to.distanceM(p) < to.distanceM(best) ? p : best;
        }
        return best;
    }
}
