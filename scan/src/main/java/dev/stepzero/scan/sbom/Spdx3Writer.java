package dev.stepzero.scan.sbom;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.PackageUrl;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Writes <a href="https://spdx.github.io/spdx-spec/v3.0.1/">SPDX 3.0.1</a> as JSON-LD, a list of elements. */
final class Spdx3Writer {
    private static final String CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
    private static final String CREATION = "_:creation";

    private final JsonGenerator json;
    private final Map<PackageUrl, String> ids = new HashMap<>();
    private final Map<String, String> licenses = new LinkedHashMap<>();
    private String base = "";
    private int relationships;

    Spdx3Writer(JsonGenerator json) {
        this.json = json;
    }

    void write(Sbom sbom) {
        base = "https://stepzero.dev/spdx/" + Documents.identity(sbom) + "#";
        json.writeStartObject();
        json.writeStringProperty("@context", CONTEXT);
        json.writeArrayPropertyStart("@graph");
        creation(sbom);
        document(sbom);
        subject(sbom);
        sbom.inventory().distribution().ifPresent(this::distribution);
        sbom.inventory().components().forEach(this::component);
        licenses.forEach(this::license);
        sbom.inventory().components().forEach(component -> relationships(component, sbom));
        json.writeEndArray();
        json.writeEndObject();
    }

    private void creation(Sbom sbom) {
        json.writeStartObject();
        json.writeStringProperty("type", "CreationInfo");
        json.writeStringProperty("@id", CREATION);
        json.writeStringProperty("specVersion", "3.0.1");
        json.writeStringProperty(
                "created", sbom.created().truncatedTo(ChronoUnit.SECONDS).toString());
        strings("createdBy", List.of(base + "Stepzero"));
        json.writeEndObject();
        begin("SoftwareAgent", base + "Stepzero");
        json.writeStringProperty("name", "stepzero");
        json.writeEndObject();
    }

    private void document(Sbom sbom) {
        begin("SpdxDocument", base + "Document");
        json.writeStringProperty("name", sbom.name());
        strings("profileConformance", List.of("core", "software", "simpleLicensing"));
        strings("rootElement", List.of(base + "Bill"));
        json.writeEndObject();
        begin("software_Sbom", base + "Bill");
        strings("software_sbomType", List.of(sbom.image().isPresent() ? "build" : "source"));
        strings("rootElement", List.of(root()));
        json.writeEndObject();
    }

    private void subject(Sbom sbom) {
        begin("software_Package", root());
        named(sbom.name(), sbom.version());
        json.writeStringProperty("software_primaryPurpose", sbom.image().isPresent() ? "container" : "application");
        hash(sbom.image());
        json.writeEndObject();
    }

    private void distribution(Distribution distribution) {
        begin("software_Package", base + "OperatingSystem");
        named(distribution.id(), distribution.version());
        json.writeStringProperty("software_primaryPurpose", "operatingSystem");
        if (!distribution.codename().isEmpty()) {
            json.writeStringProperty("summary", distribution.codename());
        }
        json.writeEndObject();
    }

    private void component(Component component) {
        var id = base + "Package-" + (ids.size() + 1);
        ids.put(component.purl(), id);
        begin("software_Package", id);
        named(component.purl().displayName(), component.purl().version());
        json.writeStringProperty("software_primaryPurpose", "library");
        json.writeStringProperty(
                "software_packageUrl", Upstream.written(component).toString());
        json.writeStringProperty("software_sourceInfo", Places.written(component.places()));
        hash(component.digest());
        json.writeEndObject();
        for (var license : component.licenses()) {
            licenses.computeIfAbsent(license, _ -> base + "License-" + (licenses.size() + 1));
        }
    }

    /** What is no expression of SPDX is quoted as it was found. */
    private void license(String text, String id) {
        if (Licenses.isIdentifier(text) || Licenses.isExpression(text)) {
            begin("simplelicensing_LicenseExpression", id);
            json.writeStringProperty("simplelicensing_licenseExpression", text);
        } else {
            begin("simplelicensing_SimpleLicensingText", id);
            json.writeStringProperty("simplelicensing_licenseText", text);
        }
        json.writeEndObject();
    }

    private void relationships(Component component, Sbom sbom) {
        var id = id(component.purl());
        if (component.direct()) {
            relationship(root(), "dependsOn", List.of(id));
        }
        switch (component.scope()) {
            case RUNTIME -> relationship(root(), "contains", List.of(id));
            case OPTIONAL -> relationship(root(), "hasOptionalDependency", List.of(id));
            case PROVIDED -> relationship(root(), "hasProvidedDependency", List.of(id));
            case DEVELOPMENT -> inDevelopment(id);
        }
        var dependencies = sbom.inventory().dependencies().getOrDefault(component.purl(), Set.of());
        if (!dependencies.isEmpty()) {
            relationship(id, "dependsOn", dependencies.stream().map(this::id).toList());
        }
        if (!component.licenses().isEmpty()) {
            relationship(
                    id,
                    "hasDeclaredLicense",
                    component.licenses().stream().map(this::license).toList());
        }
    }

    private void inDevelopment(String id) {
        beginRelationship("LifecycleScopedRelationship", root(), "contains", List.of(id));
        json.writeStringProperty("scope", "development");
        json.writeEndObject();
    }

    private void relationship(String from, String type, List<String> to) {
        beginRelationship("Relationship", from, type, to);
        json.writeEndObject();
    }

    private void beginRelationship(String kind, String from, String type, List<String> to) {
        begin(kind, base + "Relationship-" + ++relationships);
        json.writeStringProperty("from", from);
        json.writeStringProperty("relationshipType", type);
        strings("to", to);
    }

    private void begin(String type, String id) {
        json.writeStartObject();
        json.writeStringProperty("type", type);
        json.writeStringProperty("spdxId", id);
        json.writeStringProperty("creationInfo", CREATION);
    }

    private void named(String name, String version) {
        json.writeStringProperty("name", name);
        if (!version.isEmpty()) {
            json.writeStringProperty("software_packageVersion", version);
        }
    }

    private void hash(Optional<Digest> digest) {
        digest.ifPresent(known -> {
            json.writeArrayPropertyStart("verifiedUsing").writeStartObject();
            json.writeStringProperty("type", "Hash");
            json.writeStringProperty("algorithm", "sha256");
            json.writeStringProperty("hashValue", known.hex());
            json.writeEndObject().writeEndArray();
        });
    }

    private void strings(String name, Collection<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    private String root() {
        return base + "Subject";
    }

    private String id(PackageUrl purl) {
        return Objects.requireNonNull(ids.get(purl));
    }

    private String license(String text) {
        return Objects.requireNonNull(licenses.get(text));
    }
}
