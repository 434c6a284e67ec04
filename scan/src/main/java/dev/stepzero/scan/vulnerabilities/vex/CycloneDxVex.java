package dev.stepzero.scan.vulnerabilities.vex;

import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.vex.Statement.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The analyses in a CycloneDX document, with or without the components that they are about. */
final class CycloneDxVex {
    private final String name;
    private final JsonNode root;
    private final Map<String, PackageUrl> components = new HashMap<>();

    CycloneDxVex(String name, JsonNode root) {
        this.name = name;
        this.root = root;
        remember(root.path("metadata").path("component"));
        root.path("components").forEach(this::remember);
    }

    private void remember(JsonNode component) {
        var purl = PackageUrl.tryParse(component.path("purl").asString(""));
        purl.ifPresent(each -> components.put(component.path("bom-ref").asString(""), each));
        component.path("components").forEach(this::remember);
    }

    void read(List<Statement> statements, List<String> refused) {
        var made = time(root.path("metadata").path("timestamp")).orElse(Instant.EPOCH);
        for (var node : root.path("vulnerabilities")) {
            var analysis = node.path("analysis");
            var status = status(analysis.path("state").asString(""));
            if (status.isEmpty()) {
                // An SBOM may list vulnerabilities that nobody has judged.
                continue;
            }
            var names = new HashSet<String>();
            names.add(node.path("id").asString(""));
            node.path("references").forEach(each -> names.add(each.path("id").asString("")));
            names.remove("");
            var packages = packages(node.path("affects"));
            if (names.isEmpty() || packages.isEmpty()) {
                refused.add(names.stream().sorted().findFirst().orElse("an analysis")
                        + " names no vulnerability or no package by a package URL");
                continue;
            }
            var why = Text.joined(
                    analysis.path("justification").asString(""),
                    analysis.path("detail").asString(""));
            var time = time(analysis.path("lastUpdated"))
                    .or(() -> time(analysis.path("firstIssued")))
                    .orElse(made);
            statements.add(new Statement(
                    names,
                    packages,
                    status.get(),
                    why.isEmpty() ? analysis.path("state").asString("") : why,
                    time,
                    name));
        }
    }

    private List<PackageUrl> packages(JsonNode affects) {
        var packages = new ArrayList<PackageUrl>();
        for (var affected : affects) {
            var reference = affected.path("ref").asString("");
            // A BOM-Link ends with the reference in the other document, which may be a package URL itself.
            var local = reference.substring(reference.indexOf('#') + 1);
            Optional.ofNullable(components.get(reference))
                    .or(() -> PackageUrl.tryParse(reference))
                    .or(() -> PackageUrl.tryParse(
                            local.replace("%2F", "/").replace("%40", "@").replace("%3A", ":")))
                    .ifPresent(packages::add);
        }
        return packages;
    }

    private static Optional<Status> status(String state) {
        return switch (state) {
            case "not_affected", "false_positive" -> Optional.of(Status.NOT_AFFECTED);
            case "resolved", "resolved_with_pedigree" -> Optional.of(Status.FIXED);
            case "exploitable" -> Optional.of(Status.AFFECTED);
            case "in_triage" -> Optional.of(Status.UNDER_INVESTIGATION);
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> time(JsonNode node) {
        return Text.time(node.asString(""));
    }
}
