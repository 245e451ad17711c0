package io.azimuth.perception.geometry;

/**
 * Data that cannot be what it claims to be: a file, a record or a field. The message says where,
 * what was found, what is accepted and what to do.
 */
public final class MalformedDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedDataException(String message) {
        super(message);
    }

    public MalformedDataException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * @param where the file or topic with its record
     * @param offset byte at which the fault was noticed
     * @param problem what was found and what is accepted
     */
    public static MalformedDataException at(String where, long offset, String problem) {
        return new MalformedDataException(where + ": byte " + offset + ": " + problem);
    }
}
