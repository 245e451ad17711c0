package io.azimuth.perception.inference.tensorrt.seam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Handles that are alive, by kind, and what was done wrong with them. Thread-safe. */
final class HandleBook {
    private final Map<Long, String> alive = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long last = 4096;

    synchronized long open(String kind) {
        last += 16;
        alive.put(last, kind);
        return last;
    }

    synchronized void use(String kind, long handle, String call) {
        if (!kind.equals(alive.get(handle))) {
            wrong.add(call + " on " + kind + " " + handle + ", which is " + alive.get(handle));
        }
    }

    synchronized void close(String kind, long handle, String call) {
        use(kind, handle, call);
        alive.remove(handle);
    }

    synchronized void blame(String what) {
        wrong.add(what);
    }

    synchronized List<String> wrong() {
        return new ArrayList<>(wrong);
    }

    synchronized List<String> alive() {
        return new ArrayList<>(alive.values());
    }
}
