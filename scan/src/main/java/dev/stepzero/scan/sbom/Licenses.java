package dev.stepzero.scan.sbom;

import java.util.Set;

/** Which licence names are identifiers or expressions of SPDX, and which are only what somebody wrote. */
final class Licenses {
    /** The identifiers that packages commonly name; any other is written as a name, which is always right. */
    private static final Set<String> KNOWN = Set.of(
            "0BSD",
            "AFL-2.1",
            "AGPL-3.0-only",
            "AGPL-3.0-or-later",
            "Apache-1.1",
            "Apache-2.0",
            "Artistic-1.0",
            "Artistic-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSD-4-Clause",
            "BSL-1.0",
            "BlueOak-1.0.0",
            "CC-BY-3.0",
            "CC-BY-4.0",
            "CC-BY-SA-4.0",
            "CC0-1.0",
            "CDDL-1.0",
            "CDDL-1.1",
            "EPL-1.0",
            "EPL-2.0",
            "EUPL-1.2",
            "GPL-1.0-or-later",
            "GPL-2.0-only",
            "GPL-2.0-or-later",
            "GPL-3.0-only",
            "GPL-3.0-or-later",
            "ISC",
            "LGPL-2.0-or-later",
            "LGPL-2.1-only",
            "LGPL-2.1-or-later",
            "LGPL-3.0-only",
            "LGPL-3.0-or-later",
            "MIT",
            "MIT-0",
            "MPL-1.1",
            "MPL-2.0",
            "OFL-1.1",
            "OpenSSL",
            "PostgreSQL",
            "PSF-2.0",
            "Python-2.0",
            "Ruby",
            "Unicode-DFS-2016",
            "Unlicense",
            "UPL-1.0",
            "W3C",
            "WTFPL",
            "X11",
            "Zlib",
            "ZPL-2.1",
            "curl");

    private Licenses() {}

    static boolean isIdentifier(String text) {
        return KNOWN.contains(text);
    }

    /** Whether the text is an expression of known identifiers, such as {@code (MIT OR Apache-2.0)}. */
    static boolean isExpression(String text) {
        var words = text.replace('(', ' ').replace(')', ' ').strip().split("\\s+", -1);
        if (words.length < 3 || words.length % 2 == 0) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            boolean fits = i % 2 == 0 ? isIdentifier(words[i]) : words[i].equals("AND") || words[i].equals("OR");
            if (!fits) {
                return false;
            }
        }
        return balanced(text);
    }

    private static boolean balanced(String text) {
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (open < 0) {
                return false;
            }
        }
        return open == 0;
    }
}
