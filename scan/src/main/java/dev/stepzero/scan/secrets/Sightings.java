package dev.stepzero.scan.secrets;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Location;
import dev.stepzero.core.Severity;
import dev.stepzero.core.Stride;
import dev.stepzero.rules.secrets.SecretRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers where each credential was seen; one that stands in many places is one. For use by several threads. */
final class Sightings {
    private static final int MOST_SECRETS = 10_000;
    private static final int MOST_PLACES = 20;
    private static final List<Integer> CWE = List.of(798, 312);

    private final SecretHash hash;
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private int left;

    /** One credential, with its value until the end of the scan. */
    static final class Seen {
        private final String name;
        private Hit hit;
        private final List<Place> places = new ArrayList<>();
        private String verdict = "";
        private boolean dead;

        private Seen(String name, Hit hit) {
            this.name = name;
            this.hit = hit;
        }

        Hit hit() {
            return hit;
        }

        /** Notes what the issuer said. */
        void answered(String sentence, boolean live) {
            verdict = sentence;
            dead = !live;
        }
    }

    Sightings(SecretHash hash) {
        this.hash = hash;
    }

    void add(Hit hit, Place place) {
        var name = hash.of(hit.rule().id(), hit.value());
        synchronized (this) {
            var known = seen.get(name);
            if (known == null && seen.size() >= MOST_SECRETS) {
                left++;
                return;
            }
            if (known == null) {
                known = new Seen(name, hit);
                seen.put(name, known);
            } else if (known.hit.doubtful() && !hit.doubtful()) {
                known.hit = hit;
            }
            if (known.places.size() < MOST_PLACES && !known.places.contains(place)) {
                known.places.add(place);
            }
        }
    }

    /** The name that a credential has here. */
    String name(Hit hit) {
        return hash.of(hit.rule().id(), hit.value());
    }

    /** How many more there were than are kept. */
    synchronized int left() {
        return left;
    }

    synchronized List<Seen> all() {
        return List.copyOf(seen.values());
    }

    synchronized List<Finding> findings() {
        return seen.values().stream()
                .map(Sightings::finding)
                .sorted(Finding.BY_PLACE)
                .toList();
    }

    private static Finding finding(Seen seen) {
        var rule = seen.hit.rule();
        seen.places.sort(Comparator.comparing(Place::path).thenComparingInt(Place::line));
        var resource = "secret:" + seen.name;
        return new Finding(
                rule.id(),
                rule.aliases(),
                rule.title(),
                seen.hit.doubtful() || seen.dead ? Severity.LOW : rule.severity(),
                location(resource, seen.places.getFirst()),
                message(seen),
                rule.fix(),
                SecretRule.controls(),
                CWE,
                Set.of(Stride.INFORMATION_DISCLOSURE, Stride.SPOOFING),
                seen.places.stream()
                        .skip(1)
                        .map(place -> location(resource, place))
                        .toList(),
                Finding.fingerprint(rule.id(), "secret", seen.name));
    }

    private static Location location(String resource, Place place) {
        return new Location(resource, place.path(), place.line(), place.line());
    }

    private static String message(Seen seen) {
        var first = seen.places.getFirst();
        var more = seen.places.size() - 1;
        return "%s%s%s: %s%s%s"
                .formatted(
                        Masked.of(seen.hit),
                        first.origin(),
                        seen.hit.doubtful() ? ", doubtful" : "",
                        seen.hit.reasons().stream().distinct().collect(Collectors.joining("; ")),
                        seen.verdict.isEmpty() ? "" : "; " + seen.verdict,
                        more == 0 ? "" : more == 1 ? "; in one more place" : "; in %d more places".formatted(more));
    }
}
