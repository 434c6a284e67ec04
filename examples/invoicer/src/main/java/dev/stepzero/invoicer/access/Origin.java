package dev.stepzero.invoicer.access;

import dev.stepzero.invoicer.http.Call;
import java.net.URI;

/** Tells from what a browser adds on its own, and no script can change, whether a request comes from another site. */
final class Origin {
    private Origin() {}

    /** Programs that are no browsers send neither header, and are not foreign. */
    static boolean foreign(Call call) {
        return call.header("sec-fetch-site")
                .map(site -> !site.equals("same-origin") && !site.equals("none"))
                .orElseGet(() ->
                        call.header("origin").map(origin -> !ours(origin, call)).orElse(false));
    }

    private static boolean ours(String origin, Call call) {
        try {
            return call.header("host")
                    .filter(host -> host.equals(URI.create(origin).getRawAuthority()))
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
