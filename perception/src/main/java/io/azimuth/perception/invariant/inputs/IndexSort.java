package io.azimuth.perception.invariant.inputs;

/** Sorts indices, stable, without allocating once it has grown. Not thread-safe. */
final class IndexSort {
    /** An order of things that indices stand for. */
    interface Order {
        /** Whether b comes strictly before a. */
        boolean swapped(int a, int b);
    }

    private int[] buffer = new int[0];

    /** Sorts the first {@code count} indices (merge sort from below). */
    void sort(int[] indices, int count, Order order) {
        if (buffer.length < count) {
            buffer = new int[count + count / 2];
        }
        for (int width = 1; width < count; width *= 2) {
            for (int from = 0; from < count - width; from += 2 * width) {
                int middle = from + width;
                if (order.swapped(indices[middle - 1], indices[middle])) {
                    merge(indices, from, middle, Math.min(middle + width, count), order);
                }
            }
        }
    }

    private void merge(int[] indices, int from, int middle, int to, Order order) {
        System.arraycopy(indices, from, buffer, from, middle - from);
        int left = from;
        int right = middle;
        int out = from;
        while (left < middle) {
            if (right < to && order.swapped(buffer[left], indices[right])) {
                indices[out++] = indices[right++];
            } else {
                indices[out++] = buffer[left++];
            }
        }
    }
}
