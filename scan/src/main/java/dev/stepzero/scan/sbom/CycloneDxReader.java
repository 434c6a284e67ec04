package dev.stepzero.scan.sbom;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads CycloneDX. Components within components count as if they stood beside each other. */
final class CycloneDxReader implements Dialect {
    private final Draft draft = new Draft();
    private boolean own;

    @Override
    public boolean take(String key, Elements value) {
        switch (key) {
            case "bomFormat" -> own = value.value().asString("").equals("CycloneDX");
            case "metadata" -> metadata(value.value());
            case "components" -> value.forEach(this::component);
            case "dependencies" -> value.forEach(this::dependency);
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<Sbom> sbom() {
        return own ? Optional.of(draft.sbom()) : Optional.empty();
    }

    private void metadata(JsonNode metadata) {
        draft.created(metadata.path("timestamp").asString(""));
        var subject = metadata.path("component");
        if (subject.isObject()) {
            var image =
                    subject.path("type").asString("").equals("container") ? digest(subject) : Optional.<Digest>empty();
            draft.subject(reference(subject), text(subject, "name"), text(subject, "version"), image);
            subject.path("components").forEach(this::component);
        }
    }

    private void component(JsonNode component) {
        if (text(component, "type").equals("operating-system")) {
            draft.distribution(text(component, "name"), text(component, "version"), text(component, "description"));
        }
        PackageUrl.tryParse(text(component, "purl"))
                .ifPresent(purl -> draft.add(
                        reference(component),
                        new Draft.Found(
                                purl, scope(component), places(component), digest(component), licenses(component))));
        component.path("components").forEach(this::component);
    }

    private static String reference(JsonNode component) {
        var reference = text(component, "bom-ref");
        return reference.isEmpty() ? text(component, "purl") : reference;
    }

    private static Component.Scope scope(JsonNode component) {
        for (var property : component.path("properties")) {
            if (text(property, "name").equals(CycloneDxWriter.SCOPE)) {
                for (var scope : Component.Scope.values()) {
                    if (scope.name().equals(text(property, "value"))) {
                        return scope;
                    }
                }
            }
        }
        return switch (text(component, "scope")) {
            case "optional" -> Component.Scope.OPTIONAL;
            case "excluded" -> Component.Scope.DEVELOPMENT;
            default -> Component.Scope.RUNTIME;
        };
    }

    private static List<Component.Place> places(JsonNode component) {
        var places = new ArrayList<Component.Place>();
        for (var each : component.path("evidence").path("occurrences")) {
            var context = text(each, "additionalContext");
            places.add(new Component.Place(
                    text(each, "location"),
                    Math.max(0, each.path("line").asInt(0)),
                    context.startsWith("layer ") ? Places.number(context.substring("layer ".length()), -1) : -1));
        }
        return places;
    }

    private static Optional<Digest> digest(JsonNode component) {
        for (var hash : component.path("hashes")) {
            if (text(hash, "alg").equals("SHA-256")) {
                return Draft.sha256(text(hash, "content"));
            }
        }
        return Optional.empty();
    }

    private static List<String> licenses(JsonNode component) {
        var licenses = new ArrayList<String>();
        for (var each : component.path("licenses")) {
            var license = each.path("license");
            for (var said : List.of(text(each, "expression"), text(license, "id"), text(license, "name"))) {
                if (!said.isEmpty()) {
                    licenses.add(said);
                    break;
                }
            }
        }
        return licenses;
    }

    private void dependency(JsonNode dependency) {
        var from = text(dependency, "ref");
        for (var to : dependency.path("dependsOn")) {
            draft.depends(from, to.asString(""));
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
