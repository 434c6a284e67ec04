package dev.stepzero.ship.image;

import dev.stepzero.ship.debian.LockedPackage;
import dev.stepzero.ship.debian.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which packages the kinds of images are made of. */
final class Recipes {
    private static final String AT_INSTALLATION = "only scripts that run at an installation need it";

    private static final Map<String, String> NEVER = Map.of(
            "adduser", AT_INSTALLATION,
            "debconf", AT_INSTALLATION,
            "dpkg", AT_INSTALLATION,
            "init-system-helpers", AT_INSTALLATION,
            "lsb-base", AT_INSTALLATION,
            "passwd", AT_INSTALLATION,
            "sysvinit-utils", AT_INSTALLATION,
            "ucf", AT_INSTALLATION,
            "usr-is-merged", "the image is made that way",
            "usrmerge", "the image is made that way");

    private static final List<String> BASE = List.of("base-files", "ca-certificates", "libc-bin", "libc6", "tzdata");

    private Recipes() {}

    /** What a server stands on: no shell, no tools. */
    static Request server(List<String> packages, Map<String, String> without) {
        var never = new HashMap<>(without);
        never.putAll(NEVER);
        never.put("awk", AT_INSTALLATION);
        never.put("openssl", "the certificates are put together without it");
        never.put("perl*", AT_INSTALLATION);
        if (!packages.contains("dash")) {
            never.put("dash", AT_INSTALLATION);
        }
        return new Request(and(BASE, packages), never);
    }

    static Request java(List<String> packages) {
        return server(
                packages, packages.isEmpty() ? Map.of("libcrypt1", "the Java runtime checks no passwords") : Map.of());
    }

    static Request loadBalancer() {
        return server(List.of("haproxy"), Map.of());
    }

    static Request database() {
        return server(
                List.of("dash", "postgresql-*"),
                Map.of(
                        "libllvm*", "compiling queries is worth less than its 80 MB",
                        "locales", "C.UTF-8 comes with libc-bin",
                        "postgresql-client*", "the server does not need it",
                        "postgresql-common", "it manages clusters of a host",
                        "ssl-cert", "certificates are made where the database runs"));
    }

    /** The name of the package that the request for a database came to. */
    static String newestPostgresql(List<LockedPackage> packages) {
        return packages.stream()
                .map(LockedPackage::name)
                .filter(name -> name.matches("postgresql-[0-9]+"))
                .findFirst()
                .orElseThrow();
    }

    static Request toolchain(List<String> packages) {
        var tools = List.of(
                "coreutils",
                "dash",
                "findutils",
                "grep",
                "gzip",
                "libstdc++6",
                "mawk",
                "sed",
                "tar",
                "unzip",
                "util-linux",
                "zlib1g");
        return new Request(and(and(BASE, tools), packages), NEVER);
    }

    private static List<String> and(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
