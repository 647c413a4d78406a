package com.comptappart.kernel;

/**
 * The caller asked for something that can't be; carries a stable code and a sentence that says what
 * to do.
 */
public final class Refused extends RuntimeException {

    /** Whose fault and of what kind; the API maps it to a status. */
    public enum Kind {
        INVALID,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        GONE
    }

    private final Kind kind;
    private final String code;

    private Refused(Kind kind, String code, String message) {
        super(message);
        this.kind = kind;
        this.code = code;
    }

    public static Refused invalid(String code, String message) {
        return new Refused(Kind.INVALID, code, message);
    }

    public static Refused forbidden(String code, String message) {
        return new Refused(Kind.FORBIDDEN, code, message);
    }

    public static Refused notFound(String code, String message) {
        return new Refused(Kind.NOT_FOUND, code, message);
    }

    public static Refused conflict(String code, String message) {
        return new Refused(Kind.CONFLICT, code, message);
    }

    public static Refused gone(String code, String message) {
        return new Refused(Kind.GONE, code, message);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    /** The message, which is never null here. */
    public String detail() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
