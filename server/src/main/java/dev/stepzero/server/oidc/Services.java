package dev.stepzero.server.oidc;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.machines.MachineKind;
import dev.stepzero.server.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The services that an operator has named in {@code server/oidc/NAME.yaml} below Stepzero's home, and the public CI
 * services. Files are read when the server starts, where one that is wrong ends the start, and again when they change,
 * where such a one is left out until it is mended.
 */
@Component
public class Services {
    private static final Logger LOG = LoggerFactory.getLogger(Services.class);
    private static final int MOST = 50;

    private final Path directory;
    private Map<Path, FileTime> seen = Map.of();
    private List<PeopleService> people = List.of();
    private List<MachineService> machines = List.of();

    Services(ServerSettings settings) {
        this.directory = settings.home().root().resolve("server").resolve("oidc");
        read(files(), true);
    }

    /** Those that people sign in with, in the order of their files. */
    public synchronized List<PeopleService> people() {
        refresh();
        return people;
    }

    public Optional<PeopleService> people(String name) {
        return people().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Those whose jobs prove themselves: the operator's own first, then the public ones. */
    public synchronized List<MachineService> machines() {
        refresh();
        return machines;
    }

    /** What an issuer's tokens are believed by. */
    public Optional<MachineService> machines(String issuer) {
        return machines().stream()
                .filter(one -> one.issuer().address().toString().equals(issuer))
                .findFirst();
    }

    private void refresh() {
        var now = files();
        if (!now.equals(seen)) {
            read(now, false);
        }
    }

    private void read(Map<Path, FileTime> files, boolean strict) {
        var found = files.keySet().stream()
                .flatMap(path -> read(path, strict).stream())
                .toList();
        people = found.stream().flatMap(one -> one.people().stream()).toList();
        var own = found.stream().flatMap(one -> one.machines().stream());
        var open = Arrays.stream(MachineKind.values())
                .map(kind -> new MachineService(kind.word(), kind, Issuer.at(kind.publicIssuer())));
        machines = java.util.stream.Stream.concat(own, open).toList();
        seen = files;
    }

    private static Optional<ServiceFile.Read> read(Path path, boolean strict) {
        try {
            return Optional.of(new ServiceFile(path).read());
        } catch (UserError wrong) {
            if (strict) {
                throw wrong;
            }
            LOG.error("{} is left out: {}", wrong.where().orElse(path.toString()), wrong.what());
            return Optional.empty();
        }
    }

    private Map<Path, FileTime> files() {
        if (!Files.isDirectory(directory)) {
            return Map.of();
        }
        try (var below = Files.list(directory)) {
            var files = new LinkedHashMap<Path, FileTime>();
            for (var path : below.filter(one -> one.toString().endsWith(".yaml"))
                    .sorted()
                    .limit(MOST)
                    .toList()) {
                files.put(path, Files.getLastModifiedTime(path));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
