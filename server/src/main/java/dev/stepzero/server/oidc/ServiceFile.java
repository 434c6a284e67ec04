package dev.stepzero.server.oidc;

import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.guard.federation.GroupRoles;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.machines.MachineKind;
import dev.stepzero.server.oidc.PeopleService.SecondFactor;
import dev.stepzero.ship.yaml.YamlFile;
import dev.stepzero.ship.yaml.YamlValue.Mapping;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads one service from its file. */
record ServiceFile(Path path) {
    private static final Pattern NAME = Pattern.compile("([a-z0-9][a-z0-9-]{0,39})\\.yaml");
    private static final Duration LONGEST_ROLES = Duration.ofDays(30);
    private static final Duration USUAL_ROLES = Duration.ofDays(3);
    private static final Duration LONGEST_SKEW = Duration.ofMinutes(5);

    /** What files say: services of people, of machines, or neither where a file is empty. */
    record Read(Optional<PeopleService> people, Optional<MachineService> machines) {}

    /**
     * Reads it.
     *
     * @throws UserError with file, line and what to write instead
     */
    Read read() {
        var name = name();
        var file = YamlFile.read(path.toString(), content(), ServiceShape.shape());
        if (file.isEmpty()) {
            return new Read(Optional.empty(), Optional.empty());
        }
        var service = file.get();
        var kind = service.text("for").flatMap(MachineKind::of);
        return kind.isPresent()
                ? new Read(Optional.empty(), Optional.of(new MachineService(name, kind.get(), issuer(service))))
                : new Read(Optional.of(people(name, service)), Optional.empty());
    }

    private String name() {
        var name = NAME.matcher(String.valueOf(path.getFileName()));
        if (!name.matches()) {
            throw UserError.unreadable("the file's name cannot be a service's")
                    .at(path.toString())
                    .fix("use small letters, digits and hyphens, and .yaml at the end");
        }
        return name.group(1);
    }

    private String content() {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw UserError.unreadable("cannot read the file: " + e)
                    .at(path.toString())
                    .fix("write it in UTF-8, and let the user who runs stepzero read it")
                    .because(e);
        }
    }

    private PeopleService people(String name, Mapping file) {
        var factor = file.mapping("secondFactor");
        return new PeopleService(
                name,
                file.text("label").orElse(name),
                issuer(file),
                file.text("clientId")
                        .orElseThrow(() -> UserError.unreadable("there is no clientId")
                                .at(file.place())
                                .fix("write what the service calls this server")),
                file.text("clientSecretFile").map(this::beside),
                file.texts("scopes").orElse(List.of("openid", "profile", "email")),
                file.text("nameClaim").orElse("preferred_username"),
                file.text("groupsClaim").orElse("groups"),
                new GroupRoles(file.items("roles").stream()
                        .map(item -> entry((Mapping) item))
                        .toList()),
                bounded(file, "rolesLast", USUAL_ROLES, LONGEST_ROLES),
                new SecondFactor(
                        Set.copyOf(factor.flatMap(one -> one.texts("amr")).orElse(List.of())),
                        factor.flatMap(one -> one.texts("acr")).orElse(List.of())));
    }

    private static GroupRoles.Entry entry(Mapping item) {
        var role = Role.of(item.text("role").orElseThrow()).orElseThrow();
        return new GroupRoles.Entry(item.text("group").orElseThrow(), new Grant(role, item.text("project")));
    }

    private Path beside(String file) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent()).resolve(file);
    }

    private static Issuer issuer(Mapping file) {
        var address = file.scalar("issuer").orElseThrow();
        try {
            var opened = file.texts("openAddresses").orElse(List.of()).stream()
                    .map(AddressRange::parse)
                    .collect(Collectors.toSet());
            return new Issuer(
                    new URI(address.text()),
                    file.texts("algorithms").orElse(Issuer.ALGORITHMS),
                    bounded(file, "clockSkew", Issuer.SKEW, LONGEST_SKEW),
                    opened);
        } catch (java.net.URISyntaxException e) {
            throw UserError.unreadable("the issuer is no URL")
                    .at(address.place())
                    .because(e);
        }
    }

    private static Duration bounded(Mapping file, String key, Duration usual, Duration longest) {
        var given = file.duration(key).orElse(usual);
        if (given.compareTo(longest) > 0) {
            throw UserError.unreadable("%s is longer than %d minutes".formatted(key, longest.toMinutes()))
                    .at(file.scalar(key).orElseThrow().place())
                    .fix("write a shorter time");
        }
        return given;
    }
}
