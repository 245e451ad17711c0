package io.azimuth.perception.inference.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.azimuth.perception.inference.InferenceStats;
import io.azimuth.perception.inference.bundle.ModelBundle;
import io.azimuth.perception.inference.bundle.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * One native session of one network, shared by all who loaded it. Counted: every model and every
 * lease holds one share, the last one closes it.
 */
final class SharedSession {
    /** What makes two loads the same: the network and the shapes it is used with. */
    private record Key(String sha256, List<TensorSpec> inputs, List<TensorSpec> outputs) {}

    private static final Map<Key, SharedSession> LOADED = new HashMap<>();

    private final Key key;
    private final OrtSession session;
    private final long weightBytes;
    private int shares;

    final LongAdder runs = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder runNanos = new LongAdder();
    final LongAdder leases = new LongAdder();
    final LongAdder bufferBytes = new LongAdder();

    private SharedSession(Key key, OrtSession session, long weightBytes) {
        this.key = key;
        this.session = session;
        this.weightBytes = weightBytes;
    }

    /** A share of the bundle's session, made if the JVM has none. Loads are one after another. */
    static SharedSession share(ModelBundle bundle) {
        Key key = new Key(bundle.sha256(), bundle.manifest().inputs(), bundle.manifest().outputs());
        synchronized (LOADED) {
            SharedSession found = LOADED.get(key);
            if (found == null) {
                OrtSession session = SessionStart.open(bundle);
                found = new SharedSession(key, session, bundle.summary().weightBytes());
                LOADED.put(key, found);
            }
            found.shares++;
            return found;
        }
    }

    /** One more share for somebody who has the session already. */
    void retain() {
        synchronized (LOADED) {
            if (shares == 0) {
                throw new IllegalStateException("the session of " + key.sha256() + " is closed");
            }
            shares++;
        }
    }

    void release() {
        synchronized (LOADED) {
            shares--;
            if (shares > 0) {
                return;
            }
            LOADED.remove(key);
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("the session of " + key.sha256(), e);
            }
        }
    }

    OrtSession session() {
        return session;
    }

    InferenceStats stats() {
        return new InferenceStats(
                runs.sum(),
                failures.sum(),
                runNanos.sum(),
                leases.sum(),
                weightBytes + bufferBytes.sum());
    }

    /** Sessions that the JVM holds now. */
    static int open() {
        synchronized (LOADED) {
            return LOADED.size();
        }
    }
}
