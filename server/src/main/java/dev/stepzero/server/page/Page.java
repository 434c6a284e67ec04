package dev.stepzero.server.page;

import java.util.HashMap;
import java.util.Map;

/**
 * What a handler answers to have a page made of a template in {@code src/main/jte}.
 *
 * @param template the template's path without its end, such as {@code overview/overview}
 * @param title what the browser's tab and the heading say
 * @param status HTTP's
 * @param model what the template's parameters get, besides {@code frame}
 */
public record Page(String template, String title, int status, Map<String, Object> model) {
    private static final int OK = 200;

    public Page {
        model = Map.copyOf(model);
    }

    public static Page of(String template, String title) {
        return new Page(template, title, OK, Map.of());
    }

    /** The same page with one more parameter for its template. */
    public Page with(String parameter, Object value) {
        var more = new HashMap<>(model);
        more.put(parameter, value);
        return new Page(template, title, status, more);
    }

    /** The same page under another status. */
    public Page status(int code) {
        return new Page(template, title, code, model);
    }
}
