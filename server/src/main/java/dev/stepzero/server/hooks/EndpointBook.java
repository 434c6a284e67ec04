package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.ForgeProject;
import dev.stepzero.ship.forge.endpoint.Endpoint;
import dev.stepzero.ship.forge.endpoint.Endpoints;
import dev.stepzero.ship.forge.webhook.Authentication;
import dev.stepzero.ship.forge.webhook.WebhookSecrets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The endpoints as they were some seconds ago: asking for one takes as long whether it is there or not. */
@Component
class EndpointBook {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int SECRET_BYTES = 32;

    private final Endpoints endpoints;
    private final Clock clock;
    private final Map<Forge, Authentication> nobody;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Pages pages = new Pages(Map.of(), Instant.MIN);

    private record Pages(Map<String, Endpoint> all, Instant at) {}

    /**
     * What answers at an address.
     *
     * @param known false if there is no such project, it lives at another forge, or it has no secret
     */
    record Answering(Forge forge, Authentication authentication, boolean known) {}

    EndpointBook(Endpoints endpoints, Clock clock, SecureRandom random) {
        this.endpoints = endpoints;
        this.clock = clock;
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        var secrets = WebhookSecrets.of(HexFormat.of().formatHex(secret));
        nobody = Arrays.stream(Forge.values())
                .collect(Collectors.toMap(Function.identity(), forge -> new Authentication(forge, secrets, clock)));
    }

    Answering of(Optional<Forge> asked, String project) {
        var forge = asked.orElse(Forge.GITHUB);
        var endpoint = Optional.ofNullable(current().get(project))
                .filter(found -> asked.isPresent() && found.project().forge() == forge)
                .flatMap(Endpoint::authentication);
        return new Answering(forge, endpoint.orElseGet(() -> nobodys(forge)), endpoint.isPresent());
    }

    /** A project that was there some seconds ago. */
    Optional<ForgeProject> project(String name) {
        return Optional.ofNullable(current().get(name)).map(Endpoint::project);
    }

    private Authentication nobodys(Forge forge) {
        return Objects.requireNonNull(nobody.get(forge));
    }

    /** One thread reads; the others take what is there, unless nothing is yet. */
    private Map<String, Endpoint> current() {
        var now = clock.instant();
        if (isFresh(now)) {
            return pages.all();
        }
        if (pages.at().equals(Instant.MIN)) {
            reading.lock();
        } else if (!reading.tryLock()) {
            return pages.all();
        }
        try {
            if (!isFresh(now)) {
                pages = new Pages(endpoints.all(), now);
            }
            return pages.all();
        } finally {
            reading.unlock();
        }
    }

    /** A clock that was set back makes the next look come earlier, never later. */
    private boolean isFresh(Instant now) {
        var at = pages.at();
        return !at.equals(Instant.MIN) && Duration.between(at, now).abs().compareTo(FRESH) < 0;
    }

    /** Lets a change count here at once. */
    void forget() {
        pages = new Pages(pages.all(), Instant.MIN);
    }
}
