package io.azimuth.jobs.crops;

import io.azimuth.connectors.crops.CropLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was taken for what. Columns are labels (in the encoder's order, then those it does not
 * know), rows are answers. Immutable.
 */
public final class ClassTally {
    private final List<String> labels;
    private final List<String> answers;
    private final int[][] counts; // answer, label; the last answer is none at all

    private ClassTally(List<String> labels, List<String> answers, int[][] counts) {
        this.labels = List.copyOf(labels);
        this.answers = List.copyOf(answers);
        this.counts = counts;
    }

    /**
     * Counts the crops whose label is known.
     *
     * @param classes the encoder's
     * @throws IllegalArgumentException if the labels are bare numbers beyond the encoder's classes
     */
    public static ClassTally of(List<CropResult> results, CropLabels truth, List<String> classes) {
        List<String> labels = new ArrayList<>(classes);
        for (String name : truth.classes()) {
            if (!labels.contains(name)) {
                labels.add(name);
            }
        }
        int[][] counts = new int[classes.size() + 1][labels.size()];
        for (int i = 0; i < results.size(); i++) {
            int number = truth.label()[i];
            if (number < 0) {
                continue;
            }
            boolean named = !truth.classes().isEmpty();
            int column = named ? labels.indexOf(truth.classes().get(number)) : number;
            if (column >= labels.size()) {
                throw new IllegalArgumentException(
                        "crop %d has label %d, expected 0 .. %d as the model has classes %s; name the classes in the labels"
                                .formatted(i, number, classes.size() - 1, classes));
            }
            int best = results.get(i).best();
            counts[best < 0 ? classes.size() : best][column]++;
        }
        return new ClassTally(labels, classes, counts);
    }

    /** Names of the columns. */
    public List<String> labels() {
        return labels;
    }

    /** Names of the rows; one more row counts crops without points. */
    public List<String> answers() {
        return answers;
    }

    /** Crops of a label that got an answer ({@code answers().size()}: none). */
    public int count(int answer, int label) {
        return counts[answer][label];
    }

    /** Crops of a label. */
    public int total(int label) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[label];
        }
        return sum;
    }

    /** Labelled crops. */
    public int total() {
        int sum = 0;
        for (int c = 0; c < labels.size(); c++) {
            sum += total(c);
        }
        return sum;
    }

    /** Share of a label's crops that are recognised; NaN without crops. */
    public double recall(int label) {
        int right = label < answers.size() ? counts[label][label] : 0;
        return total(label) == 0 ? Double.NaN : (double) right / total(label);
    }

    /** Share of an answer's crops that have its label; NaN if it was never given. */
    public double precision(int answer) {
        int sum = 0;
        for (int n : counts[answer]) {
            sum += n;
        }
        return sum == 0 ? Double.NaN : (double) counts[answer][answer] / sum;
    }

    /** Share of all labelled crops that are recognised. */
    public double accuracy() {
        int right = 0;
        for (int c = 0; c < answers.size(); c++) {
            right += counts[c][c];
        }
        return total() == 0 ? Double.NaN : (double) right / total();
    }

    /** Mean of the labels' recalls, over those with crops. */
    public double classMean() {
        double sum = 0;
        int n = 0;
        for (int c = 0; c < labels.size(); c++) {
            if (total(c) > 0) {
                sum += recall(c);
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    /** Every figure by name: {@code accuracy}, {@code class_mean}, {@code recall.CLASS}. */
    public SortedMap<String, Double> figures() {
        SortedMap<String, Double> out = new TreeMap<>();
        out.put("accuracy", accuracy());
        out.put("class_mean", classMean());
        for (int c = 0; c < labels.size(); c++) {
            if (total(c) > 0) {
                out.put("recall." + labels.get(c), recall(c));
            }
        }
        return out;
    }
}
