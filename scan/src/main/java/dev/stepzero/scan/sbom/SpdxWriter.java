package dev.stepzero.scan.sbom;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.Distribution;
import dev.stepzero.scan.packages.PackageUrl;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Writes <a href="https://spdx.github.io/spdx-spec/v2.3/">SPDX 2.3</a>. */
final class SpdxWriter {
    static final String ROOT = "SPDXRef-Subject";
    /** Before names of licences that are no identifiers of SPDX, or of which it is not known whether all hold. */
    static final String NAMED = "as the package names it:\n";

    private static final String DOCUMENT = "SPDXRef-DOCUMENT";
    private static final String UNSAID = "NOASSERTION";

    private final JsonGenerator json;
    private final Map<PackageUrl, String> ids = new HashMap<>();

    SpdxWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Sbom sbom) {
        json.writeStartObject();
        json.writeStringProperty("spdxVersion", "SPDX-2.3");
        json.writeStringProperty("dataLicense", "CC0-1.0");
        json.writeStringProperty("SPDXID", DOCUMENT);
        json.writeStringProperty("name", sbom.name());
        json.writeStringProperty("documentNamespace", "https://stepzero.dev/spdx/" + Documents.identity(sbom));
        json.writeObjectPropertyStart("creationInfo");
        json.writeStringProperty(
                "created", sbom.created().truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeArrayPropertyStart("creators").writeString("Tool: stepzero").writeEndArray();
        json.writeEndObject();
        json.writeArrayPropertyStart("packages");
        subject(sbom);
        sbom.inventory().distribution().ifPresent(this::distribution);
        sbom.inventory().components().forEach(this::component);
        json.writeEndArray();
        relationships(sbom);
        json.writeEndObject();
    }

    private void subject(Sbom sbom) {
        begin(ROOT, sbom.name(), sbom.version());
        json.writeStringProperty("primaryPackagePurpose", sbom.image().isPresent() ? "CONTAINER" : "APPLICATION");
        json.writeStringProperty("licenseDeclared", UNSAID);
        sbom.image().ifPresent(digest -> checksum(digest.hex()));
        json.writeEndObject();
    }

    private void distribution(Distribution distribution) {
        begin("SPDXRef-OperatingSystem", distribution.id(), distribution.version());
        json.writeStringProperty("primaryPackagePurpose", "OPERATING_SYSTEM");
        json.writeStringProperty("licenseDeclared", UNSAID);
        if (!distribution.codename().isEmpty()) {
            json.writeStringProperty("summary", distribution.codename());
        }
        json.writeEndObject();
    }

    private void component(Component component) {
        var id = "SPDXRef-Package-" + (ids.size() + 1);
        ids.put(component.purl(), id);
        begin(id, component.purl().displayName(), component.purl().version());
        json.writeStringProperty("primaryPackagePurpose", "LIBRARY");
        json.writeStringProperty("licenseDeclared", declared(component));
        if (!component.licenses().isEmpty() && declared(component).equals(UNSAID)) {
            json.writeStringProperty("licenseComments", NAMED + String.join("\n", component.licenses()));
        }
        component.digest().ifPresent(digest -> checksum(digest.hex()));
        json.writeArrayPropertyStart("externalRefs").writeStartObject();
        json.writeStringProperty("referenceCategory", "PACKAGE-MANAGER");
        json.writeStringProperty("referenceType", "purl");
        json.writeStringProperty("referenceLocator", Upstream.written(component).toString());
        json.writeEndObject().writeEndArray();
        json.writeStringProperty("sourceInfo", Places.written(component.places()));
        json.writeEndObject();
    }

    private static String declared(Component component) {
        var licenses = component.licenses();
        boolean said = licenses.size() == 1
                && (Licenses.isIdentifier(licenses.getFirst()) || Licenses.isExpression(licenses.getFirst()));
        return said ? licenses.getFirst() : UNSAID;
    }

    private void begin(String id, String name, String version) {
        json.writeStartObject();
        json.writeStringProperty("SPDXID", id);
        json.writeStringProperty("name", name);
        if (!version.isEmpty()) {
            json.writeStringProperty("versionInfo", version);
        }
        json.writeStringProperty("downloadLocation", UNSAID);
        json.writeBooleanProperty("filesAnalyzed", false);
        json.writeStringProperty("licenseConcluded", UNSAID);
        json.writeStringProperty("copyrightText", UNSAID);
    }

    private void checksum(String hex) {
        json.writeArrayPropertyStart("checksums").writeStartObject();
        json.writeStringProperty("algorithm", "SHA256");
        json.writeStringProperty("checksumValue", hex);
        json.writeEndObject().writeEndArray();
    }

    private void relationships(Sbom sbom) {
        json.writeArrayPropertyStart("relationships");
        relationship(DOCUMENT, "DESCRIBES", ROOT);
        for (var component : sbom.inventory().components()) {
            scope(component);
            for (var to : sbom.inventory().dependencies().getOrDefault(component.purl(), Set.of())) {
                relationship(id(component.purl()), "DEPENDS_ON", id(to));
            }
        }
        json.writeEndArray();
    }

    /** Every package belongs to the subject; what it directly asks for, it depends on. */
    private void scope(Component component) {
        var id = id(component.purl());
        if (component.direct()) {
            relationship(ROOT, "DEPENDS_ON", id);
        }
        switch (component.scope()) {
            case RUNTIME -> relationship(ROOT, "CONTAINS", id);
            case OPTIONAL -> relationship(id, "OPTIONAL_DEPENDENCY_OF", ROOT);
            case PROVIDED -> relationship(id, "PROVIDED_DEPENDENCY_OF", ROOT);
            case DEVELOPMENT -> relationship(id, "DEV_DEPENDENCY_OF", ROOT);
        }
    }

    private String id(PackageUrl purl) {
        return Objects.requireNonNull(ids.get(purl));
    }

    private void relationship(String from, String type, String to) {
        json.writeStartObject();
        json.writeStringProperty("spdxElementId", from);
        json.writeStringProperty("relationshipType", type);
        json.writeStringProperty("relatedSpdxElement", to);
        json.writeEndObject();
    }
}
