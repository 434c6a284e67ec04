package dev.stepzero.server.errors;

import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Ends a request of a program with a problem that names the field or the parameter that is at fault. */
public final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String field;

    private Rejected(HttpStatus status, String field, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
    }

    /** What is wrong with a field, and what would be right. */
    public static Rejected field(HttpStatus status, String field, String detail) {
        return new Rejected(status, field, detail);
    }

    /** What is wrong with the request as a whole. */
    public static Rejected request(HttpStatus status, String detail) {
        return new Rejected(status, "", detail);
    }

    public HttpStatus status() {
        return status;
    }

    public Optional<String> field() {
        return Optional.of(field).filter(name -> !name.isEmpty());
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
