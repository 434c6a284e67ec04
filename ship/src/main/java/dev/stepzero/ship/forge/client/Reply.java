package dev.stepzero.ship.forge.client;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a forge answered.
 *
 * @param headers the first value of each, by name in any case
 */
@SuppressWarnings("ArrayRecordComponent") // read once and compared by nobody
record Reply(int status, Map<String, String> headers, byte[] body) {
    Reply {
        var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    boolean isRedirect() {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }
}
