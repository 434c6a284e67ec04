package dev.stepzero.invoicer.http;

import java.util.List;
import java.util.TreeSet;

/** The table of everything this program answers, with the guard in front of it. */
public final class Routes {
    /** Decides who calls. */
    @FunctionalInterface
    public interface Guard {
        /** @throws Refusal when the caller is unknown or the request may be forged */
        Caller admit(Call call);
    }

    private final Guard guard;
    private final List<Route> table;

    public Routes(Guard guard, List<Route> table) {
        this.guard = guard;
        this.table = List.copyOf(table);
    }

    /** The caller as far as known, and the answer. */
    record Outcome(Caller caller, Answer answer) {}

    /** Strangers learn nothing about closed paths, not even which exist. */
    Outcome run(Call call) {
        var onPath = table.stream()
                .filter(route -> route.path().matcher(call.path()).matches())
                .toList();
        var open = !onPath.isEmpty() && onPath.stream().allMatch(Route::open);
        var caller = call.caller();
        try {
            caller = open ? caller : guard.admit(call);
            return new Outcome(caller, answer(call.from(caller), onPath));
        } catch (Refusal refusal) {
            return new Outcome(caller, refusal.answer());
        }
    }

    private static Answer answer(Call call, List<Route> onPath) {
        if (onPath.isEmpty()) {
            return Answer.notFound();
        }
        return onPath.stream()
                .filter(route -> route.takes(call.method()))
                .findFirst()
                .map(route -> route.action().answer(call.about(argument(route, call.path()))))
                .orElseGet(() -> Answer.error(405, "405 method not allowed").with("Allow", allowed(onPath)));
    }

    private static String argument(Route route, String path) {
        var matcher = route.path().matcher(path);
        return matcher.matches() && matcher.groupCount() > 0 ? matcher.group(1) : "";
    }

    private static String allowed(List<Route> onPath) {
        var methods = new TreeSet<String>();
        for (var route : onPath) {
            methods.add(route.method());
            if (route.method().equals("GET")) {
                methods.add("HEAD");
            }
        }
        return String.join(", ", methods);
    }
}
