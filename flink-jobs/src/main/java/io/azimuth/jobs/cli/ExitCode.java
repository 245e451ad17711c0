package io.azimuth.jobs.cli;

/** How a command ended; the number is what the shell sees. */
public enum ExitCode {
    OK(0, "done"),
    BUG(1, "unexpected failure: a defect of azimuth; run again with -vv and report what it prints"),
    USAGE(2, "the command line is wrong"),
    INPUT_MISSING(3, "an input is missing or cannot be read"),
    INPUT_MALFORMED(4, "an input is malformed; the message names file and place"),
    CONFIG(5, "the configuration is not accepted"),
    OUTSIDE(6, "something outside is not usable: broker, native library, memory"),
    BELOW_THRESHOLD(7, "the result is below what --require asks for"),
    PARTIAL(8, "done with --keep-going, but some sweeps failed"),
    REFUSED(9, "the result cannot be trusted and was refused"),
    INTERRUPTED(130, "interrupted");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** The lines of the list in {@code --help}. */
    static String[] table() {
        String[] out = new String[values().length];
        for (ExitCode code : values()) {
            out[code.ordinal()] = code.number + ":" + code.meaning;
        }
        return out;
    }
}
