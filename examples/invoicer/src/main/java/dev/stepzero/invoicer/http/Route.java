package dev.stepzero.invoicer.http;

import java.util.regex.Pattern;

/**
 * One method on one kind of path.
 *
 * @param open whether strangers may use it
 */
public record Route(String method, Pattern path, boolean open, Action action) {
    /** Answers a call, or refuses it by throwing a {@link Refusal}. */
    @FunctionalInterface
    public interface Action {
        Answer answer(Call call);
    }

    /** A route for known callers; a group in the pattern becomes the call's argument. */
    public static Route closed(String method, String path, Action action) {
        return new Route(method, Pattern.compile(path), false, action);
    }

    public static Route open(String method, String path, Action action) {
        return new Route(method, Pattern.compile(path), true, action);
    }

    /** GET routes answer HEAD as well; the web server leaves the body out. */
    boolean takes(String wanted) {
        return method.equals(wanted) || method.equals("GET") && wanted.equals("HEAD");
    }
}
