package io.azimuth.registration.pcl;

import java.lang.ref.Reference;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The passage to native code: what it throws becomes ours, what it reads stays reachable. */
final class Native {
    private static final String REFUSED = "AZPCL:INVALID_ARGUMENT:";
    private static final String TOO_FEW = "AZPCL:TOO_FEW:";
    private static final String CLOSED = "AZPCL:CLOSED:";

    private Native() {}

    /** Refused because the points do not suffice, whatever the arguments. */
    static final class TooFewPoints extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TooFewPoints(String message) {
            super(message);
        }
    }

    /**
     * Calls, and keeps the clouds from being collected meanwhile.
     *
     * @throws IllegalArgumentException what the facade refused
     * @throws IllegalStateException a closed cloud
     * @throws PclException whatever else PCL threw
     */
    static int count(IntSupplier call, Object... reachable) {
        return (int) handle(call::getAsInt, reachable);
    }

    /** As {@link #count}, for a call that returns a cloud. */
    static long handle(LongSupplier call, Object... reachable) {
        try {
            return call.getAsLong();
        } catch (RuntimeException thrown) {
            throw translated(thrown);
        } finally {
            for (Object each : reachable) {
                Reference.reachabilityFence(each);
            }
        }
    }

    /** As {@link #count}, for a call that returns nothing. */
    static void run(Runnable call, Object... reachable) {
        handle(
                () -> {
                    call.run();
                    return 0;
                },
                reachable);
    }

    private static RuntimeException translated(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (message.startsWith(REFUSED)) {
            return new IllegalArgumentException(message.substring(REFUSED.length()));
        }
        if (message.startsWith(TOO_FEW)) {
            return new TooFewPoints(message.substring(TOO_FEW.length()));
        }
        if (message.startsWith(CLOSED)) {
            return new IllegalStateException(message.substring(CLOSED.length()));
        }
        return thrown.getClass() == RuntimeException.class
                ? new PclException("PCL: " + message, thrown)
                : thrown;
    }
}
