package io.azimuth.connectors.packets;

import io.azimuth.connectors.packets.CaptureReader.Place;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts fragmented IP datagrams together, a bounded number at a time: the one begun first gives way.
 * Fragments may come in any order, twice or overlapping (the later bytes win). Not thread-safe.
 */
final class Fragments {
    private static final int MOST_OPEN = 16;
    private static final int MOST_BYTES = 65_535;
    private static final int UNIT_BYTES = 8;

    /** A datagram of which parts are missing. */
    private static final class Open {
        final byte[] data = new byte[MOST_BYTES];
        final boolean[] present = new boolean[MOST_BYTES / UNIT_BYTES + 1];
        long source;
        long target;
        long id;
        int units;
        int total;
        long age;
        Place first = new Place(0, 0);
    }

    private final @Nullable Open[] open = new @Nullable Open[MOST_OPEN];
    private long clock;

    /** Datagrams given up because parts of them never came. */
    private long abandoned;

    long abandoned() {
        return abandoned;
    }

    /** The whole datagram; only meaningful after {@link #add} said so, until its next call. */
    byte[] data = new byte[0];

    int length;

    /** Where the fragment of it lies that came first. */
    Place first = new Place(0, 0);

    /** Counts anew. */
    void forget() {
        abandoned = 0;
    }

    void clear() {
        for (Open o : open) {
            if (o != null) {
                o.units = -1;
            }
        }
    }

    /**
     * Takes a fragment.
     *
     * @param offset of its bytes in the datagram
     * @param last whether no more follow
     * @return whether its datagram is whole now
     */
    boolean add(
            long source,
            long target,
            long id,
            int offset,
            boolean last,
            byte[] from,
            int at,
            int count,
            Place place) {
        if (count <= 0 || offset + count > MOST_BYTES || (!last && count % UNIT_BYTES != 0)) {
            return false;
        }
        Open o = find(source, target, id, place);
        System.arraycopy(from, at, o.data, offset, count);
        for (int u = offset / UNIT_BYTES; u * UNIT_BYTES < offset + count; u++) {
            if (!o.present[u]) {
                o.present[u] = true;
                o.units++;
            }
        }
        if (last) {
            o.total = offset + count;
        }
        if (o.total == 0 || o.units < (o.total + UNIT_BYTES - 1) / UNIT_BYTES) {
            return false;
        }
        data = o.data;
        length = o.total;
        first = o.first;
        o.units = -1;
        return true;
    }

    private Open find(long source, long target, long id, Place place) {
        int slot = -1;
        for (int i = 0; i < MOST_OPEN; i++) {
            Open o = open[i];
            if (o != null
                    && o.units >= 0
                    && o.source == source
                    && o.target == target
                    && o.id == id) {
                return o;
            }
            if (slot < 0 || age(o) < age(open[slot])) {
                slot = i;
            }
        }
        Open o = open[slot];
        if (o == null) {
            o = new Open();
            open[slot] = o;
        } else if (o.units >= 0) {
            abandoned++;
        }
        Arrays.fill(o.present, false);
        o.source = source;
        o.target = target;
        o.id = id;
        o.units = 0;
        o.total = 0;
        o.age = ++clock;
        o.first = place;
        return o;
    }

    /** Free slots are the oldest. */
    private static long age(@Nullable Open o) {
        return o == null || o.units < 0 ? 0 : o.age;
    }
}
