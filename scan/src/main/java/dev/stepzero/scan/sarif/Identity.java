package dev.stepzero.scan.sarif;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Fingerprints that stay the same when lines move: of the rule, the file, and what stands there. Where the file cannot be
 * read, of the excerpt that the tool gives, else of the hashes that it gives, else of its message without numbers. What
 * the tools themselves call a fingerprint is trusted only then, as some write lines or fixed words there.
 */
final class Identity {
    private static final Pattern HASH = Pattern.compile("(?i)[0-9a-f]{8,}([:_]\\d{1,5})?");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern NUMBERS = Pattern.compile("\\d+");
    private static final int MOST_LINES = 20;

    private final SourceText sources;
    private final Map<String, Integer> alike = new HashMap<>();

    Identity(SourceText sources) {
        this.sources = sources;
    }

    /**
     * The fingerprint; among results that are alike each further one has its number, in the order of the file.
     *
     * @param secret whether a secret stands there
     */
    String of(String rule, Location place, JsonNode result, String message, boolean secret) {
        var location = result.path("locations").path(0);
        var where = place.file().orElse(place.resource()) + " " + Places.logical(location);
        // A digest of a line with a secret would tell who guesses the secret that it is the one.
        var what = secret ? said(result, message) : content(place, location, result, message);
        int number = alike.merge(Finding.fingerprint(rule, where, what), 1, Integer::sum);
        return Finding.fingerprint(rule, where, what + " " + number);
    }

    private String content(Location place, JsonNode location, JsonNode result, String message) {
        var lines = place.file().isPresent() && place.line().isPresent()
                ? sources.lines(
                        place.file().get(),
                        place.startLine(),
                        Math.min(place.endLine(), place.startLine() + MOST_LINES - 1))
                : List.<String>of();
        var text = bare(String.join("\n", lines));
        if (!text.isEmpty()) {
            return "text " + text;
        }
        var snippet = bare(
                Texts.plain(location.path("physicalLocation").path("region").path("snippet")));
        return snippet.isEmpty() ? said(result, message) : "text " + snippet;
    }

    private static String said(JsonNode result, String message) {
        var hashes = hashes(result);
        return hashes.isEmpty()
                ? "message " + NUMBERS.matcher(message).replaceAll("#")
                : "hash " + String.join(" ", hashes);
    }

    private static String bare(String text) {
        return BLANKS.matcher(text).replaceAll("");
    }

    private static List<String> hashes(JsonNode result) {
        var hashes = new TreeMap<String, String>();
        for (var all : List.of(result.path("partialFingerprints"), result.path("fingerprints"))) {
            all.properties().forEach(each -> {
                var value = each.getValue().asString("");
                if (HASH.matcher(value).matches()) {
                    hashes.put(each.getKey(), value);
                }
            });
        }
        return new ArrayList<>(hashes.values());
    }
}
