package dev.stepzero.server.request;

import jakarta.servlet.http.HttpServletRequest;

/** The number that a request was given. */
public final class RequestId {
    static final String ATTRIBUTE = RequestId.class.getName();

    /** The request's attribute that names who sent it, for the log. */
    public static final String WHO = RequestId.class.getName() + ".who";

    private RequestId() {}

    public static String of(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ATTRIBUTE));
    }
}
