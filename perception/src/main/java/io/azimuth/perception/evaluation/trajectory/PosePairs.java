package io.azimuth.perception.evaluation.trajectory;

import io.azimuth.perception.geometry.RigidTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * True and estimated poses of the same instants, in order. Immutable, thread-safe.
 *
 * @param keys sweep numbers or stamps in nanoseconds, of the truth; owned by the record
 * @param truth worldFromSensor, metres
 * @param estimate worldFromSensor of the same instants; its world may be another one
 * @param missing poses of the truth without an estimate
 * @param unmatched poses of the estimate without truth
 */
public record PosePairs(
        long[] keys,
        List<RigidTransform> truth,
        List<RigidTransform> estimate,
        int missing,
        int unmatched) {

    public PosePairs {
        boolean together = keys.length == truth.size() && truth.size() == estimate.size();
        if (!together || keys.length == 0) {
            throw new IllegalArgumentException(
                    "pairs have %d keys, %d true and %d estimated poses, expected the same number, at least 1"
                            .formatted(keys.length, truth.size(), estimate.size()));
        }
        truth = List.copyOf(truth);
        estimate = List.copyOf(estimate);
    }

    /**
     * Pairs poses that are nearest to each other both ways and at most {@code tolerance} apart; of
     * equally near ones the earlier. So pairs never cross, and 0 asks for equal keys.
     *
     * @param truthKeys strictly increasing
     * @param estimateKeys strictly increasing
     * @param tolerance largest difference of keys, at least 0
     * @throws IllegalArgumentException if there is no pair, or the tolerance is below 0
     */
    public static PosePairs associate(
            long[] truthKeys,
            List<RigidTransform> truth,
            long[] estimateKeys,
            List<RigidTransform> estimate,
            long tolerance) {
        if (tolerance < 0) {
            throw new IllegalArgumentException(
                    "largest difference of keys is " + tolerance + ", expected 0 or more");
        }
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        for (int i = 0; i < truthKeys.length; i++) {
            int j = nearest(estimateKeys, truthKeys[i]);
            boolean mutual = j >= 0 && nearest(truthKeys, estimateKeys[j]) == i;
            if (mutual && Math.abs(estimateKeys[j] - truthKeys[i]) <= tolerance) {
                left.add(i);
                right.add(j);
            }
        }
        if (left.isEmpty()) {
            throw new IllegalArgumentException(
                    "truth (%d poses) and estimate (%d poses) share no sweep, expected at least one"
                            .formatted(truth.size(), estimate.size()));
        }
        return new PosePairs(
                left.stream().mapToLong(i -> truthKeys[i]).toArray(),
                left.stream().map(truth::get).toList(),
                right.stream().map(estimate::get).toList(),
                truth.size() - left.size(),
                estimate.size() - right.size());
    }

    /** Index of the nearest key, the lower of equally near ones; -1 if there are none. */
    private static int nearest(long[] keys, long key) {
        int after = Arrays.binarySearch(keys, key);
        if (after >= 0) {
            return after;
        }
        after = -after - 1;
        if (after == 0) {
            return keys.length == 0 ? -1 : 0;
        }
        boolean before = after == keys.length || key - keys[after - 1] <= keys[after] - key;
        return before ? after - 1 : after;
    }

    public int size() {
        return keys.length;
    }

    /**
     * {@code (T_i^-1 T_j)^-1 (E_i^-1 E_j)}: identity if the estimate moves from i to j as the truth
     * does.
     */
    public RigidTransform motionError(int i, int j) {
        RigidTransform moved = truth.get(i).inverse().times(truth.get(j));
        return moved.inverse().times(estimate.get(i).inverse().times(estimate.get(j)));
    }

    /** Length of the truth's path from the first pose to each pose, metres. */
    public double[] walkedM() {
        double[] sum = new double[truth.size()];
        for (int i = 1; i < sum.length; i++) {
            RigidTransform a = truth.get(i - 1);
            RigidTransform b = truth.get(i);
            double dx = b.tx() - a.tx();
            double dy = b.ty() - a.ty();
            double dz = b.tz() - a.tz();
            sum[i] = sum[i - 1] + Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
        return sum;
    }
}
