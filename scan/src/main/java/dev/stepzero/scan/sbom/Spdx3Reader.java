package dev.stepzero.scan.sbom;

import dev.stepzero.core.Digest;
import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.packages.PackageUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads SPDX 3, a list of elements that refer to each other. */
final class Spdx3Reader implements Dialect {
    private final Draft draft = new Draft();
    private final Map<String, JsonNode> others = new HashMap<>();
    private final Map<String, String> licenses = new HashMap<>();
    private final List<Declared> declared = new ArrayList<>();
    private String root = "";
    private boolean own;

    private record Declared(String component, String license) {}

    @Override
    public boolean take(String key, Elements value) {
        switch (key) {
            case "@context" -> own = value.value().toString().contains("spdx.org/rdf/3.");
            case "@graph" -> value.forEach(this::element);
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<Sbom> sbom() {
        if (!own) {
            return Optional.empty();
        }
        for (var each : declared) {
            var license = licenses.get(each.license());
            if (license != null) {
                draft.license(each.component(), license);
            }
        }
        var subject = others.get(root);
        draft.subject(
                root,
                subject == null ? "" : text(subject, "name"),
                subject == null ? "" : text(subject, "software_packageVersion"),
                subject != null && text(subject, "software_primaryPurpose").equals("container")
                        ? digest(subject)
                        : Optional.empty());
        return Optional.of(draft.sbom());
    }

    private void element(JsonNode node) {
        switch (text(node, "type")) {
            case "CreationInfo" -> draft.created(text(node, "created"));
            case "SpdxDocument", "software_Sbom" -> root(node);
            case "software_Package" -> one(node);
            case "Relationship", "LifecycleScopedRelationship" -> relationship(node);
            case "simplelicensing_LicenseExpression" -> license(node, "simplelicensing_licenseExpression");
            case "simplelicensing_SimpleLicensingText" -> license(node, "simplelicensing_licenseText");
            default -> {}
        }
    }

    private void license(JsonNode node, String property) {
        if (licenses.size() < MOST_COMPONENTS) {
            licenses.put(text(node, "spdxId"), text(node, property));
        }
    }

    /** The document's root may be an SBOM, whose root in turn is the subject. */
    private void root(JsonNode node) {
        for (var each : node.path("rootElement")) {
            if (root.isEmpty() || text(node, "type").equals("software_Sbom")) {
                root = each.asString("");
            }
        }
    }

    private void one(JsonNode node) {
        var reference = text(node, "spdxId");
        var purl = purl(node);
        if (text(node, "software_primaryPurpose").equals("operatingSystem")) {
            draft.distribution(text(node, "name"), text(node, "software_packageVersion"), text(node, "summary"));
        } else if (purl.isPresent()) {
            draft.add(
                    reference,
                    new Draft.Found(
                            purl.get(),
                            Component.Scope.RUNTIME,
                            Places.read(text(node, "software_sourceInfo")),
                            digest(node),
                            List.of()));
        } else if (others.size() < MOST_COMPONENTS) {
            others.put(reference, node);
        }
    }

    private static Optional<PackageUrl> purl(JsonNode node) {
        var said = PackageUrl.tryParse(text(node, "software_packageUrl"));
        for (var identifier : node.path("externalIdentifier")) {
            if (said.isEmpty() && text(identifier, "externalIdentifierType").equals("packageUrl")) {
                said = PackageUrl.tryParse(text(identifier, "identifier"));
            }
        }
        return said;
    }

    private static Optional<Digest> digest(JsonNode node) {
        for (var hash : node.path("verifiedUsing")) {
            if (text(hash, "algorithm").equals("sha256")) {
                return Draft.sha256(text(hash, "hashValue"));
            }
        }
        return Optional.empty();
    }

    private void relationship(JsonNode node) {
        var from = text(node, "from");
        for (var to : node.path("to")) {
            switch (text(node, "relationshipType")) {
                case "dependsOn" -> {
                    draft.depends(from, to.asString(""));
                    scope(node, to.asString(""));
                }
                case "contains" -> scope(node, to.asString(""));
                case "hasDeclaredLicense" -> declared(from, to.asString(""));
                case "hasOptionalDependency" -> draft.scope(to.asString(""), Component.Scope.OPTIONAL);
                case "hasProvidedDependency" -> draft.scope(to.asString(""), Component.Scope.PROVIDED);
                default -> {}
            }
        }
    }

    private void declared(String component, String license) {
        if (declared.size() >= MOST_DEPENDENCIES) {
            throw Dialect.tooMany(MOST_DEPENDENCIES, "licences");
        }
        declared.add(new Declared(component, license));
    }

    private void scope(JsonNode node, String to) {
        switch (text(node, "scope")) {
            case "development", "test", "build" -> draft.scope(to, Component.Scope.DEVELOPMENT);
            default -> {}
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
