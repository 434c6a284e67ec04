package dev.stepzero.scan.terraform.plan;

import dev.stepzero.scan.tree.TreeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Tells from a file's first bytes whether it may be a plan or a state; most JSON in a tree is neither. */
final class FirstLook {
    private static final int GLANCE = 256;
    private static final int MOST = 64 << 10;

    /** What stands first, as Terraform writes it or with the names in order. */
    private static final Set<String> FIRST = Set.of(
            "applyable",
            "check_results",
            "checks",
            "complete",
            "configuration",
            "errored",
            "format_version",
            "lineage",
            "outputs",
            "planned_values",
            "resource_changes",
            "resources",
            "serial",
            "terraform_version",
            "version");

    private FirstLook() {}

    static boolean promising(TreeFile file) {
        try (var input = file.open()) {
            var glance = input.readNBytes(GLANCE);
            if (!FIRST.contains(firstName(new String(glance, StandardCharsets.ISO_8859_1)))) {
                return false;
            }
            var start = new String(glance, StandardCharsets.ISO_8859_1)
                    + new String(input.readNBytes(MOST - GLANCE), StandardCharsets.ISO_8859_1);
            return start.contains("\"terraform_version\"")
                    || start.contains("\"planned_values\"")
                    || start.contains("\"resource_changes\"")
                    || start.contains("\"provider_config\"");
        } catch (IOException e) {
            // Whoever reads it as something else says that it cannot be read.
            return false;
        }
    }

    private static String firstName(String text) {
        int at = space(text, text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0);
        if (at >= text.length() || text.charAt(at) != '{') {
            return "";
        }
        at = space(text, at + 1);
        int end = at < text.length() && text.charAt(at) == '"' ? text.indexOf('"', at + 1) : -1;
        return end < 0 ? "" : text.substring(at + 1, end);
    }

    private static int space(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }
}
