package dev.stepzero.server.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * What a program is told when its request fails: RFC 9457.
 *
 * @param title what this status means, the same each time
 * @param detail what happened this time, and what to do
 * @param request the request's number, which is in the log
 * @param field the parameter, or the field of the body, that is at fault, if one is
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Problem(String type, String title, int status, String detail, String request, Optional<String> field) {
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(HttpStatus status, String detail, String request, Optional<String> field) {
        return new Problem("about:blank", status.getReasonPhrase(), status.value(), detail, request, field);
    }
}
