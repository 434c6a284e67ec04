package dev.stepzero.invoicer.page;

import dev.stepzero.invoicer.http.Answer;
import dev.stepzero.invoicer.http.Call;
import dev.stepzero.invoicer.http.Caller;
import dev.stepzero.invoicer.http.Route;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The page on which people look up and delete invoices. */
public final class Page {
    private final String html;
    private final List<StaticFile> files = List.of(
            StaticFile.load("invoicer.js", "text/javascript; charset=utf-8"),
            StaticFile.load("invoicer.css", "text/css; charset=utf-8"),
            StaticFile.load("icon.svg", "image/svg+xml"));

    public Page() {
        var template = new String(StaticFile.bytes("index.html"), StandardCharsets.UTF_8);
        for (var file : files) {
            template = template.replace("{{" + file.name() + "}}", file.path());
        }
        html = template;
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        routes.add(Route.closed("GET", "/", this::index));
        files.forEach(file -> routes.add(file.route()));
        return List.copyOf(routes);
    }

    private Answer index(Call call) {
        var token = call.caller() instanceof Caller.Person person ? person.csrfToken() : "";
        // A name is the issuer's text and goes in last, so that nothing in it is taken for a placeholder.
        var page = html.replace("{{csrf-token}}", token)
                .replace("{{sign-out}}", token.isEmpty() ? "hidden" : "")
                .replace("{{user}}", escape(call.caller().label()));
        return Answer.of(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
