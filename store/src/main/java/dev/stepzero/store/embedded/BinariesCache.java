package dev.stepzero.store.embedded;

import dev.stepzero.store.process.Accounts;
import java.nio.file.Path;
import java.util.Optional;

/** Where programs that can be unpacked again are kept, by the XDG base directory specification and the FHS. */
final class BinariesCache {
    private BinariesCache() {}

    static Path ofThisUser() {
        if (Accounts.current() == 0) {
            return Path.of("/var/cache/stepzero");
        }
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("stepzero");
    }
}
