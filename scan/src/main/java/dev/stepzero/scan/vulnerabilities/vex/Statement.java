package dev.stepzero.scan.vulnerabilities.vex;

import dev.stepzero.scan.packages.PackageUrl;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What somebody says about vulnerabilities in packages.
 *
 * @param vulnerabilities all names of the one vulnerability
 * @param packages the packages it is about; one without a version stands for all versions, without qualifiers for all makes
 * @param why the justification and what is said beside it
 * @param time when it was said; of several about the same the latest holds
 * @param document the file it stands in
 */
public record Statement(
        Set<String> vulnerabilities,
        List<PackageUrl> packages,
        Status status,
        String why,
        Instant time,
        String document) {
    public Statement {
        vulnerabilities = Set.copyOf(vulnerabilities);
        packages = List.copyOf(packages);
    }

    /** OpenVEX's four words. */
    public enum Status {
        NOT_AFFECTED,
        AFFECTED,
        FIXED,
        UNDER_INVESTIGATION;

        /** Whether a finding need not be shown. */
        public boolean settles() {
            return this == NOT_AFFECTED || this == FIXED;
        }
    }

    boolean isAbout(Set<String> ids, PackageUrl purl) {
        return vulnerabilities.stream().anyMatch(ids::contains)
                && packages.stream().anyMatch(each -> covers(each, purl));
    }

    private static boolean covers(PackageUrl said, PackageUrl purl) {
        return said.type().equals(purl.type())
                && said.namespace().equals(purl.namespace())
                && said.name().equals(purl.name())
                && (said.version().isEmpty() || said.version().equals(purl.version()))
                && said.qualifiers().entrySet().stream()
                        .allMatch(each -> purl.qualifier(each.getKey()).equals(each.getValue()));
    }
}
