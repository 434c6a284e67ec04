package dev.stepzero.server.errors;

import org.springframework.http.HttpStatus;

/** What a status means to its reader, and what they can do. */
final class Meaning {
    private Meaning() {}

    static String of(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "Sign in first, or send an API token: Authorization: Bearer TOKEN.";
            case FORBIDDEN ->
                "You may not do this. Ask an administrator for the role, or reload the page if it was open for long.";
            case NOT_FOUND -> "There is nothing here. It may have been removed, or the address has a slip.";
            case METHOD_NOT_ALLOWED -> "This address does not take such a request.";
            case CONTENT_TOO_LARGE -> "What was sent is too large.";
            case TOO_MANY_REQUESTS -> "That was too often. Wait a little and try again.";
            case INTERNAL_SERVER_ERROR -> "This is a fault of ours. The log tells more under the request's number.";
            default ->
                status.is4xxClientError()
                        ? "The request could not be understood."
                        : "The server cannot answer now. Try again in a moment.";
        };
    }
}
