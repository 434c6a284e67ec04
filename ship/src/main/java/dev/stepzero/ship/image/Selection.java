package dev.stepzero.ship.image;

import java.util.Map;
import java.util.regex.Pattern;

/** Which files of a package get into an image. */
enum Selection {
    /** What a server needs that nobody logs in to. */
    SERVER {
        @Override
        boolean keeps(String name, String path) {
            var only = ONLY.get(name);
            return only == null ? super.keeps(name, path) : only.matcher(path).matches();
        }
    },
    /** What a build needs: all but documentation. */
    TOOLS;

    /** Licences stay: to leave them out would break them. */
    private static final Pattern LICENCE = Pattern.compile("usr/share/(doc/[^/]+/copyright|common-licenses/.*)");

    private static final Pattern NEVER =
            Pattern.compile("usr/share/(man|info|locale|lintian|bug|menu|doc|doc-base|gtk-doc"
                    + "|bash-completion|zsh|fish|applications|pixmaps|icons|metainfo|apport|ca-certificates)(/.*)?"
                    + "|usr/lib/systemd/.*|usr/lib/(tmpfiles|sysusers)\\.d/.*"
                    + "|etc/(init|init\\.d|cron[^/]*|logrotate\\.d|apparmor\\.d|bash_completion\\.d|apt|dpkg|profile\\.d)(/.*)?"
                    + "|usr/lib/postgresql/[0-9]+/lib/(llvmjit|bitcode).*"
                    + "|var/lib/dpkg/.*|var/cache/.*|usr/share/zoneinfo/(right|posix)(/.*)?");

    private static final Map<String, Pattern> ONLY = Map.of(
            "libc6",
            Pattern.compile(
                    "usr/lib(64)?/([^/]+/)?(ld-linux[^/]*|lib(c|m|mvec|dl|pthread|rt|util|resolv|nss_dns|nss_files)"
                            + "\\.so\\.[0-9]+)|usr/share/doc/libc6/copyright"),
            "libc-bin",
            Pattern.compile("usr/lib/locale/C\\.utf8(/.*)?|usr/share/doc/libc-bin/copyright"),
            "ca-certificates",
            Pattern.compile("usr/share/doc/ca-certificates/copyright"),
            "base-files",
            Pattern.compile("(etc|usr/lib)/os-release|etc/debian_version|usr/share/doc/base-files/copyright"));

    /** Whether the file of this canonical path stays. */
    boolean keeps(String name, String path) {
        return LICENCE.matcher(path).matches() || !NEVER.matcher(path).matches();
    }
}
