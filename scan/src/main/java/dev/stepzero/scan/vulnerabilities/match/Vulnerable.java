package dev.stepzero.scan.vulnerabilities.match;

import dev.stepzero.scan.packages.Component;
import dev.stepzero.scan.reach.BuiltTree;
import dev.stepzero.scan.vulnerabilities.database.Exploitation;
import java.util.List;
import java.util.Optional;

/**
 * A package with a vulnerability. Records that are aliases of each other are one.
 *
 * @param advisory the id of the record that names it: GitHub's where there is one, then a CVE, then any
 * @param aliases all other ids, in order
 * @param summary in a line; may be empty
 * @param range the affected versions that hold the package's, such as {@code >=1.0, <1.2.3}
 * @param fixed the smallest version above that none of the records affects
 * @param cwe the weaknesses in MITRE's numbering
 * @param symbols the vulnerable methods or classes that the advisories name, of Java only; empty where they name none
 */
public record Vulnerable(
        Component component,
        String advisory,
        List<String> aliases,
        String summary,
        Rating rating,
        Exploitation exploitation,
        String range,
        Optional<String> fixed,
        List<Integer> cwe,
        List<String> symbols)
        implements BuiltTree.Asked {
    public Vulnerable {
        symbols = List.copyOf(symbols);
        aliases = List.copyOf(aliases);
        cwe = List.copyOf(cwe);
    }

    /** The id that stays the same whichever database tells of it: the CVE where there is one. */
    public String lastingId() {
        if (advisory.startsWith("CVE-")) {
            return advisory;
        }
        return aliases.stream()
                .filter(each -> each.startsWith("CVE-"))
                .findFirst()
                .orElse(advisory);
    }
}
