package dev.stepzero.server.hooks;

import dev.stepzero.ship.forge.Forge;
import dev.stepzero.ship.forge.inbox.Incoming;
import dev.stepzero.ship.forge.inbox.Stored;
import dev.stepzero.ship.forge.webhook.Authentication.Believed;
import dev.stepzero.ship.forge.webhook.Authentication.Refused;
import dev.stepzero.ship.forge.webhook.Headers;
import dev.stepzero.ship.forge.webhook.Webhook;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where forges deliver. Whoever is not believed gets the same answer whatever the reason, after the same work: a project
 * that is not there is asked for with a secret that nobody has.
 */
@RestController
class HookDoor {
    private static final Logger LOG = LoggerFactory.getLogger(HookDoor.class);

    private final EndpointBook endpoints;
    private final DeliveryBatches deliveries;
    private final RefusalLog refusals;
    private final HookRates rates;
    private final BodyReader bodies;
    private final Room room;
    private final DeliveryWorker worker;

    HookDoor(
            EndpointBook endpoints,
            DeliveryBatches deliveries,
            RefusalLog refusals,
            HookRates rates,
            BodyReader bodies,
            Room room,
            DeliveryWorker worker) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.refusals = refusals;
        this.rates = rates;
        this.bodies = bodies;
        this.room = room;
        this.worker = worker;
    }

    /**
     * What a forge is told.
     *
     * @param delivery its number here
     */
    record Taken(long delivery, String answer) {}

    @PostMapping("/hooks/{provider}/{project}")
    ResponseEntity<?> deliver(@PathVariable String provider, @PathVariable String project, HttpServletRequest request)
            throws IOException {
        var visitor = Visitor.of(request, project);
        if (!rates.mayTry(visitor)) {
            return HookAnswer.tooOften(HookRates.RETRY);
        }
        try (var stay = room.enter()) {
            return read(provider, project, visitor, request, stay);
        }
    }

    private ResponseEntity<?> read(
            String provider, String project, Visitor visitor, HttpServletRequest request, Room.Stay stay)
            throws IOException {
        var read = bodies.read(request, stay);
        if (read instanceof BodyReader.Unread unread) {
            return HookAnswer.problem(unread.status(), unread.why());
        }
        var webhook = new Webhook(headers(request), ((BodyReader.Whole) read).bytes());
        var forge = forge(provider);
        var endpoint = endpoints.of(forge, project);
        return switch (endpoint.authentication().authenticate(webhook)) {
            case Refused refused -> {
                rates.refused(visitor);
                refusals.add(endpoint.known() ? project : "", forge, visitor.address(), refused.reason());
                yield HookAnswer.notBelieved();
            }
            case Believed believed when rates.believed(visitor) -> store(endpoint.forge(), project, believed, visitor);
            case Believed believed -> HookAnswer.tooOften(HookRates.PAUSE);
        };
    }

    private ResponseEntity<?> store(Forge forge, String project, Believed believed, Visitor visitor) {
        var incoming = new Incoming(
                project,
                forge,
                believed.event(),
                believed.delivery(),
                believed.json(),
                visitor.address().getHostAddress());
        Stored stored;
        try {
            stored = deliveries.store(incoming);
        } catch (JdbiException e) {
            // stepzero:ignore java-log-injection an endpoint believed the delivery, so this is the name of a project
            LOG.error("a delivery of project {} cannot be stored", project, e);
            return HookAnswer.problem(
                    HttpStatus.SERVICE_UNAVAILABLE, "The delivery cannot be stored now. Send it again.");
        }
        return switch (stored) {
            case Stored.New fresh -> taken(fresh.id());
            case Stored.Again again -> taken(again.id());
            case Stored.Repeat repeat -> ResponseEntity.ok(new Taken(repeat.id(), repeat.answer()));
            case Stored.Conflict conflict -> {
                refusals.add(project, Optional.of(forge), visitor.address(), "an old id with new content");
                yield HookAnswer.problem(HttpStatus.CONFLICT, "The delivery's id is that of another one.");
            }
        };
    }

    private ResponseEntity<Taken> taken(long id) {
        worker.nudge();
        return ResponseEntity.accepted().body(new Taken(id, "stored"));
    }

    private static Optional<Forge> forge(String label) {
        return Arrays.stream(Forge.values())
                .filter(forge -> forge.label().equals(label))
                .findFirst();
    }

    private static Headers headers(HttpServletRequest request) {
        var all = new LinkedHashMap<String, List<String>>();
        for (var name : Collections.list(request.getHeaderNames())) {
            all.put(name, Collections.list(request.getHeaders(name)));
        }
        return Headers.of(all);
    }
}
