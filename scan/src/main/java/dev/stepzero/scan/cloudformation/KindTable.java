package dev.stepzero.scan.cloudformation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What each CloudFormation type is called by the Terraform provider, and where their properties differ by more than
 * spelling. The tables stand in {@code *.kinds} files; {@code compute.kinds} explains how they are written.
 */
final class KindTable {
    private static final List<String> FILES =
            List.of("compute", "network", "storage", "database", "identity", "messaging", "operations", "serverless");

    private final Map<String, List<KindRule>> kinds;

    private KindTable(Map<String, List<KindRule>> kinds) {
        this.kinds = kinds;
    }

    static KindTable load() {
        var kinds = new HashMap<String, List<KindRule>>();
        for (var file : FILES) {
            try (var in = Objects.requireNonNull(KindTable.class.getResourceAsStream(file + ".kinds"), file);
                    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                new KindTableParser(kinds).parse(lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new KindTable(kinds);
    }

    /** The resources that a type becomes: at least one, called after the type if nothing is known of it. */
    List<KindRule> of(String type) {
        var known = kinds.get(type);
        return known != null ? known : List.of(unknown(type));
    }

    Map<String, List<KindRule>> all() {
        return kinds;
    }

    /** The property whose value {@code Ref} gives; empty if that is not known before the stack is made. */
    String referred(String type) {
        var known = kinds.get(type);
        return known == null ? "" : known.getFirst().referred();
    }

    private static KindRule unknown(String type) {
        var parts = new ArrayList<String>();
        for (var part : type.split("::", -1)) {
            parts.add(SnakeCase.of(part));
        }
        var kind = type.startsWith("Custom::") ? "aws_cloudformation_custom_resource" : String.join("_", parts);
        return new KindRule(kind, "", "", "", List.of(), false, "", new PropertyRules());
    }
}
