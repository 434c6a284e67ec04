package dev.stepzero.server.errors;

import org.springframework.http.HttpStatus;

/**
 * What a program is told when its request fails: RFC 9457.
 *
 * @param title what this status means, the same each time
 * @param detail what happened this time, and what to do
 * @param request the request's number, which is in the log
 */
public record Problem(String type, String title, int status, String detail, String request) {
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(HttpStatus status, String detail, String request) {
        return new Problem("about:blank", status.getReasonPhrase(), status.value(), detail, request);
    }
}
