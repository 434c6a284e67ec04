package dev.stepzero.ship.debian;

import dev.stepzero.core.UserError;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The archives that this machine trusts, as its apt configuration names them (sources.list(5)). Only sources whose
 * keyring is Debian's own take part, so that an image does not depend on which vendors' repositories a developer added.
 *
 * @param sources where packages come from; empty on a machine that is not Debian
 * @param notes the sources that were passed over, and why
 */
public record AptSources(List<Source> sources, List<String> notes) {
    /** {@code URL SUITE COMPONENT[,COMPONENT...] [KEYRING]}; several are separated by semicolons. */
    public static final String VARIABLE = "STEPZERO_DEBIAN_ARCHIVE";

    static final Path DEBIAN_KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

    public AptSources {
        sources = List.copyOf(sources);
        notes = List.copyOf(notes);
    }

    /**
     * Reads the configuration.
     *
     * @param etcApt the directory {@code /etc/apt}
     * @param environment the process's environment, in which {@link #VARIABLE} replaces the configuration
     * @throws UserError if the variable makes no sense
     */
    public static AptSources read(Path etcApt, Map<String, String> environment) {
        var declared = environment.getOrDefault(VARIABLE, "");
        return declared.isBlank() ? new AptConfiguration(etcApt).read() : declared(declared);
    }

    private static AptSources declared(String text) {
        var sources = new ArrayList<Source>();
        for (var declared : text.split(";", -1)) {
            var words = declared.strip().split("\\s+", -1);
            if (words.length < 3 || words.length > 4) {
                throw UserError.usage("'" + declared.strip() + "' does not name a Debian archive")
                        .at(VARIABLE)
                        .fix("write URL SUITE COMPONENT, such as 'https://mirror.example/debian bookworm main'");
            }
            var keyring = words.length == 4 ? Path.of(words[3]) : DEBIAN_KEYRING;
            sources.add(new Source(
                    address(words[0]), words[1], Arrays.asList(words[2].split(",", -1)), List.of(keyring), true));
        }
        return new AptSources(sources, List.of());
    }

    static URI address(String text) {
        try {
            var uri = new URI(text.endsWith("/") ? text : text + "/");
            if (!Set.of("http", "https", "file").contains(String.valueOf(uri.getScheme()))) {
                throw UserError.usage("an archive is reached over http, https or file, not by '" + text + "'");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw UserError.usage("'" + text + "' is not an address").because(e);
        }
    }
}
