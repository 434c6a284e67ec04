package dev.stepzero.scan.vulnerabilities.osv;

import java.util.List;

/**
 * What matching needs of an OSV record; see <a href="https://ossf.github.io/osv-schema/">the schema</a>.
 *
 * @param withdrawn whether its authors took it back
 */
public record Advisory(Head head, boolean withdrawn, List<Affected> affected) {
    public Advisory {
        affected = List.copyOf(affected);
    }

    /**
     * What it is about.
     *
     * @param modified when it was published or last changed, in RFC 3339; empty where the record does not say
     * @param aliases the same vulnerability in other databases
     * @param upstream the vulnerabilities that a distribution's record is made from
     * @param related CVEs that belong to it without being the same
     * @param summary in a line; may be empty
     * @param ratings how bad it is, as the record says it: vectors, scores or words, the weightiest source first
     * @param cwe the weaknesses in MITRE's numbering
     */
    public record Head(
            String id,
            String modified,
            List<String> aliases,
            List<String> upstream,
            List<String> related,
            String summary,
            List<String> ratings,
            List<Integer> cwe) {
        public Head {
            aliases = List.copyOf(aliases);
            upstream = List.copyOf(upstream);
            related = List.copyOf(related);
            ratings = List.copyOf(ratings);
            cwe = List.copyOf(cwe);
        }
    }
}
