package dev.stepzero.scan.sbom;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6</a>. */
final class CycloneDxWriter {
    /** Says what an optional component is there for, which CycloneDX has no word for. */
    static final String SCOPE = "stepzero:scope";

    static final String ROOT = "subject";

    private final JsonGenerator json;

    CycloneDxWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Sbom sbom) {
        json.writeStartObject();
        json.writeStringProperty("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.writeStringProperty("bomFormat", "CycloneDX");
        json.writeStringProperty("specVersion", "1.6");
        json.writeStringProperty("serialNumber", "urn:uuid:" + Documents.identity(sbom));
        json.writeNumberProperty("version", 1);
        metadata(sbom);
        json.writeArrayPropertyStart("components");
        sbom.inventory().distribution().ifPresent(this::distribution);
        sbom.inventory().components().forEach(this::component);
        json.writeEndArray();
        dependencies(sbom);
        json.writeEndObject();
    }

    private void metadata(Sbom sbom) {
        json.writeObjectPropertyStart("metadata");
        json.writeStringProperty("timestamp", sbom.created().toString());
        json.writeObjectPropertyStart("tools").writeArrayPropertyStart("components");
        json.writeStartObject();
        json.writeStringProperty("type", "application");
        json.writeStringProperty("name", "stepzero");
        json.writeEndObject().writeEndArray().writeEndObject();
        json.writeObjectPropertyStart("component");
        json.writeStringProperty("type", sbom.image().isPresent() ? "container" : "application");
        json.writeStringProperty("bom-ref", ROOT);
        json.writeStringProperty("name", sbom.name());
        if (!sbom.version().isEmpty()) {
            json.writeStringProperty("version", sbom.version());
        }
        sbom.image().ifPresent(digest -> hash(digest.hex()));
        json.writeEndObject().writeEndObject();
    }

    private void distribution(Distribution distribution) {
        json.writeStartObject();
        json.writeStringProperty("type", "operating-system");
        json.writeStringProperty("bom-ref", "os:" + distribution.id());
        json.writeStringProperty("name", distribution.id());
        if (!distribution.version().isEmpty()) {
            json.writeStringProperty("version", distribution.version());
        }
        if (!distribution.codename().isEmpty()) {
            json.writeStringProperty("description", distribution.codename());
        }
        json.writeEndObject();
    }

    private void component(Component component) {
        var purl = Upstream.written(component);
        json.writeStartObject();
        json.writeStringProperty("type", "library");
        json.writeStringProperty("bom-ref", component.purl().toString());
        if (!purl.namespace().isEmpty()) {
            json.writeStringProperty("group", purl.namespace());
        }
        json.writeStringProperty("name", purl.name());
        if (!purl.version().isEmpty()) {
            json.writeStringProperty("version", purl.version());
        }
        json.writeStringProperty("scope", scope(component.scope()));
        component.digest().ifPresent(digest -> hash(digest.hex()));
        licenses(component.licenses());
        json.writeStringProperty("purl", purl.toString());
        if (component.scope() != Component.Scope.RUNTIME) {
            json.writeArrayPropertyStart("properties").writeStartObject();
            json.writeStringProperty("name", SCOPE);
            json.writeStringProperty("value", component.scope().name());
            json.writeEndObject().writeEndArray();
        }
        occurrences(component.places());
        json.writeEndObject();
    }

    private static String scope(Component.Scope scope) {
        return switch (scope) {
            case RUNTIME -> "required";
            case OPTIONAL, PROVIDED -> "optional";
            case DEVELOPMENT -> "excluded";
        };
    }

    private void hash(String hex) {
        json.writeArrayPropertyStart("hashes").writeStartObject();
        json.writeStringProperty("alg", "SHA-256");
        json.writeStringProperty("content", hex);
        json.writeEndObject().writeEndArray();
    }

    /** Several licences are named one by one: whether all hold or any is not known. */
    private void licenses(List<String> licenses) {
        if (licenses.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("licenses");
        boolean expression = licenses.size() == 1 && Licenses.isExpression(licenses.getFirst());
        for (var license : licenses) {
            json.writeStartObject();
            if (expression) {
                json.writeStringProperty("expression", license);
            } else {
                json.writeObjectPropertyStart("license");
                json.writeStringProperty(Licenses.isIdentifier(license) ? "id" : "name", license);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void occurrences(List<Component.Place> places) {
        json.writeObjectPropertyStart("evidence").writeArrayPropertyStart("occurrences");
        for (var place : places) {
            json.writeStartObject();
            json.writeStringProperty("location", place.path());
            if (place.line() > 0) {
                json.writeNumberProperty("line", place.line());
            }
            if (place.layer() >= 0) {
                json.writeStringProperty("additionalContext", "layer " + place.layer());
            }
            json.writeEndObject();
        }
        json.writeEndArray().writeEndObject();
    }

    private void dependencies(Sbom sbom) {
        var inventory = sbom.inventory();
        json.writeArrayPropertyStart("dependencies");
        dependency(
                ROOT,
                inventory.components().stream()
                        .filter(Component::direct)
                        .map(component -> component.purl().toString())
                        .toList());
        Map<PackageUrl, List<String>> edges = new HashMap<>();
        inventory
                .dependencies()
                .forEach((from, to) ->
                        edges.put(from, to.stream().map(PackageUrl::toString).toList()));
        for (var component : inventory.components()) {
            if (edges.containsKey(component.purl())) {
                dependency(component.purl().toString(), edges.get(component.purl()));
            }
        }
        json.writeEndArray();
    }

    private void dependency(String from, List<String> to) {
        json.writeStartObject();
        json.writeStringProperty("ref", from);
        json.writeArrayPropertyStart("dependsOn");
        to.forEach(json::writeString);
        json.writeEndArray().writeEndObject();
    }
}
