package dev.stepzero.scan.vulnerabilities.vex;

import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.vex.Statement.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** An OpenVEX document, of version 0.0.1 or 0.2.0. */
final class OpenVex {
    private final String name;
    private final JsonNode root;

    OpenVex(String name, JsonNode root) {
        this.name = name;
        this.root = root;
    }

    void read(List<Statement> statements, List<String> refused) {
        var time = time(root).orElse(Instant.EPOCH);
        for (var node : root.path("statements")) {
            var names = names(node.path("vulnerability"));
            var label = names.stream().sorted().findFirst().orElse("a statement");
            var packages = packages(node.path("products"));
            var status = status(node.path("status").asString(""));
            var justification = node.path("justification").asString("");
            var impact = node.path("impact_statement").asString("");
            if (names.isEmpty() || status.isEmpty()) {
                refused.add(label + " names no vulnerability or has no status that OpenVEX knows");
            } else if (packages.isEmpty()) {
                refused.add(label + " names no product by a package URL");
            } else if (status.get() == Status.NOT_AFFECTED && justification.isEmpty() && impact.isEmpty()) {
                refused.add(label + " is said not to affect, without a justification or an impact statement");
            } else {
                var why = Text.joined(
                        justification, impact, node.path("status_notes").asString(""));
                statements.add(new Statement(
                        names, packages, status.get(), why, time(node).orElse(time), name));
            }
        }
    }

    private static Set<String> names(JsonNode vulnerability) {
        var names = new HashSet<String>();
        names.add(vulnerability.asString(""));
        names.add(vulnerability.path("name").asString(""));
        vulnerability.path("aliases").forEach(alias -> names.add(alias.asString("")));
        names.remove("");
        return names;
    }

    /** What is said of a component within a product is said of the component. */
    private static List<PackageUrl> packages(JsonNode products) {
        var packages = new ArrayList<PackageUrl>();
        for (var product : products) {
            var parts = product.path("subcomponents");
            if (parts.isEmpty()) {
                purl(product).ifPresent(packages::add);
            } else {
                parts.forEach(part -> purl(part).ifPresent(packages::add));
            }
        }
        return packages;
    }

    private static Optional<PackageUrl> purl(JsonNode node) {
        for (var text : List.of(
                node.path("identifiers").path("purl").asString(""),
                node.path("@id").asString(""),
                node.asString(""))) {
            var purl = PackageUrl.tryParse(text);
            if (purl.isPresent()) {
                return purl;
            }
        }
        return Optional.empty();
    }

    private static Optional<Status> status(String word) {
        for (var status : Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> time(JsonNode node) {
        return Text.time(node.path("last_updated").asString(""))
                .or(() -> Text.time(node.path("timestamp").asString("")));
    }
}
