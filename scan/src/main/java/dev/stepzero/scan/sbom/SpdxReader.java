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

/** Reads SPDX 2. A relationship may be told from either end, and before or after the packages. */
final class SpdxReader implements Dialect {
    private static final String UNSAID = "NOASSERTION";

    private final Draft draft = new Draft();
    private final Map<String, JsonNode> withoutPurl = new HashMap<>();
    private final List<String> described = new ArrayList<>();
    private String name = "";
    private boolean own;

    @Override
    public boolean take(String key, Elements value) {
        switch (key) {
            case "spdxVersion" -> own = value.value().asString("").startsWith("SPDX-2.");
            case "name" -> name = value.value().asString("");
            case "creationInfo" -> draft.created(value.value().path("created").asString(""));
            case "packages" -> value.forEach(this::one);
            case "documentDescribes" -> value.forEach(each -> described.add(each.asString("")));
            case "relationships" -> value.forEach(this::relationship);
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
        var subject = described.stream().filter(withoutPurl::containsKey).findFirst();
        subject.map(withoutPurl::get)
                .ifPresentOrElse(
                        node -> draft.subject(
                                subject.get(),
                                text(node, "name"),
                                text(node, "versionInfo"),
                                text(node, "primaryPackagePurpose").equals("CONTAINER")
                                        ? digest(node)
                                        : Optional.empty()),
                        () -> draft.subject(
                                described.isEmpty() ? "" : described.getFirst(), name, "", Optional.empty()));
        return Optional.of(draft.sbom());
    }

    private void one(JsonNode node) {
        var reference = text(node, "SPDXID");
        // The specification writes a hyphen here, its JSON schema an underscore; there are documents of both kinds.
        if (text(node, "primaryPackagePurpose").replace('-', '_').equals("OPERATING_SYSTEM")) {
            draft.distribution(text(node, "name"), text(node, "versionInfo"), text(node, "summary"));
        }
        var purl = purl(node);
        if (purl.isPresent()) {
            draft.add(
                    reference,
                    new Draft.Found(
                            purl.get(),
                            Component.Scope.RUNTIME,
                            Places.read(text(node, "sourceInfo")),
                            digest(node),
                            licenses(node)));
        } else if (withoutPurl.size() < MOST_COMPONENTS) {
            withoutPurl.put(reference, node);
        }
    }

    private static Optional<PackageUrl> purl(JsonNode node) {
        for (var reference : node.path("externalRefs")) {
            if (text(reference, "referenceType").equals("purl")) {
                return PackageUrl.tryParse(text(reference, "referenceLocator"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Digest> digest(JsonNode node) {
        for (var checksum : node.path("checksums")) {
            if (text(checksum, "algorithm").equals("SHA256")) {
                return Draft.sha256(text(checksum, "checksumValue"));
            }
        }
        return Optional.empty();
    }

    private static List<String> licenses(JsonNode node) {
        var declared = text(node, "licenseDeclared");
        var comments = text(node, "licenseComments");
        if (comments.startsWith(SpdxWriter.NAMED)) {
            return List.of(comments.substring(SpdxWriter.NAMED.length()).split("\n", -1));
        }
        return declared.isEmpty() || declared.equals(UNSAID) || declared.equals("NONE") ? List.of() : List.of(declared);
    }

    private void relationship(JsonNode node) {
        var from = text(node, "spdxElementId");
        var to = text(node, "relatedSpdxElement");
        switch (text(node, "relationshipType")) {
            case "DESCRIBES" -> described.add(to);
            case "DESCRIBED_BY" -> described.add(from);
            case "DEPENDS_ON" -> draft.depends(from, to);
            case "DEPENDENCY_OF" -> draft.depends(to, from);
            case "OPTIONAL_DEPENDENCY_OF" -> draft.scope(from, Component.Scope.OPTIONAL);
            case "PROVIDED_DEPENDENCY_OF" -> draft.scope(from, Component.Scope.PROVIDED);
            case "DEV_DEPENDENCY_OF", "TEST_DEPENDENCY_OF" -> draft.scope(from, Component.Scope.DEVELOPMENT);
            default -> {}
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
