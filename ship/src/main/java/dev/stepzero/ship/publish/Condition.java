package dev.stepzero.ship.publish;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * On what a tag may be changed: RFC 9110, sections 13.1.1 and 13.1.2. The distribution specification knows no conditions
 * and most registries pass over them; one that keeps them refuses a change of something that it holds no more.
 *
 * @param header of the request; empty for no condition
 * @param value of the header
 */
record Condition(String header, String value) {
    static final Condition NONE = new Condition("", "");

    /** That the tag is still as it was read: absent, or with the entity tag that the registry named. */
    static Condition unchangedSince(Optional<HttpResponse<byte[]>> read) {
        if (read.isEmpty()) {
            return new Condition("If-None-Match", "*");
        }
        // A weak entity tag never matches where something is to be changed.
        return read.get()
                .headers()
                .firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .map(tag -> new Condition("If-Match", tag))
                .orElse(NONE);
    }

    void on(HttpRequest.Builder request) {
        if (!header.isEmpty()) {
            request.header(header, value);
        }
    }
}
