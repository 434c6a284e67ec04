package dev.stepzero.scan.vulnerabilities.vex;

import dev.stepzero.core.Digest;
import dev.stepzero.core.UserError;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.vulnerabilities.vex.Statement.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenVEX statement about one vulnerability in one package, to be written into a document.
 *
 * @param aliases the vulnerability's other names
 * @param justification one of {@link #JUSTIFICATIONS}; empty for other statuses than not affected
 * @param impact why, in words; may be empty
 */
public record Draft(
        String vulnerability,
        List<String> aliases,
        PackageUrl product,
        Status status,
        String justification,
        String impact) {
    /** What OpenVEX lets one say why something is not affected. */
    public static final Set<String> JUSTIFICATIONS = Set.of(
            "component_not_present",
            "vulnerable_code_not_present",
            "vulnerable_code_not_in_execute_path",
            "vulnerable_code_cannot_be_controlled_by_adversary",
            "inline_mitigations_already_exist");

    private static final String CONTEXT = "https://openvex.dev/ns/v0.2.0";

    public Draft {
        aliases = List.copyOf(aliases);
        if (!justification.isEmpty() && !JUSTIFICATIONS.contains(justification)) {
            throw UserError.usage("OpenVEX has no justification '%s'".formatted(justification))
                    .fix("use one of "
                            + String.join(", ", JUSTIFICATIONS.stream().sorted().toList()));
        }
        if (status == Status.NOT_AFFECTED && justification.isEmpty() && impact.isEmpty()) {
            throw UserError.usage("who says that something is not affected must say why")
                    .fix("add --justification or --statement");
        }
    }

    /**
     * A document with this statement.
     *
     * @param former the document that it joins as a new version
     * @throws UserError if the former document is no OpenVEX
     */
    public String document(String author, Instant now, Optional<String> former) {
        var json = JsonMapper.shared();
        var root = former.map(Draft::parsed).orElseGet(json::createObjectNode);
        var time = now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        if (former.isEmpty()) {
            var seed = author + time + vulnerability + product;
            root.put("@context", CONTEXT)
                    .put(
                            "@id",
                            "urn:stepzero:vex:"
                                    + Digest.of(seed.getBytes(StandardCharsets.UTF_8))
                                            .hex()
                                            .substring(0, 32))
                    .put("author", author)
                    .put("timestamp", time)
                    .put("version", 1);
        } else {
            root.put("last_updated", time).put("version", root.path("version").asInt(1) + 1);
        }
        var statement = root.withArray("statements").addObject();
        var named = statement.putObject("vulnerability").put("name", vulnerability);
        if (!aliases.isEmpty()) {
            var all = named.putArray("aliases");
            aliases.forEach(all::add);
        }
        statement.put("timestamp", time);
        statement.putArray("products").addObject().put("@id", product.toString());
        statement.put("status", status.name().toLowerCase(Locale.ROOT));
        if (!justification.isEmpty()) {
            statement.put("justification", justification);
        }
        if (!impact.isEmpty()) {
            statement.put(status == Status.AFFECTED ? "action_statement" : "impact_statement", impact);
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static ObjectNode parsed(String former) {
        try {
            if (JsonMapper.shared().readTree(former) instanceof ObjectNode root
                    && root.path("@context").asString("").contains("openvex")) {
                return root;
            }
        } catch (JacksonException e) {
            throw noDocument().because(e);
        }
        throw noDocument();
    }

    private static UserError noDocument() {
        return UserError.unreadable("the file that the statement should join is no OpenVEX document")
                .fix("name another file with --output");
    }
}
