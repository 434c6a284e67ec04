package dev.stepzero.server.errors;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Who reads an answer. */
public enum Audience {
    PERSON,
    PROGRAM;

    /** The paths below which programs ask. */
    private static final List<String> INTERFACES = List.of("/api/", "/oauth/", "/hooks/", "/git/", "/health");

    public static Audience of(HttpServletRequest request) {
        var failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        var path = failed == null ? request.getRequestURI() : failed.toString();
        return INTERFACES.stream().anyMatch(path::startsWith) ? PROGRAM : PERSON;
    }
}
