package dev.stepzero.server.machines;

import dev.stepzero.guard.identity.ApiTokens;
import dev.stepzero.guard.identity.Audit;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.guard.identity.Secret;
import dev.stepzero.guard.identity.Source;
import dev.stepzero.guard.identity.Throttle;
import dev.stepzero.guard.machines.MachineTrust;
import dev.stepzero.guard.machines.MachineTrusts;
import dev.stepzero.server.oidc.Claims;
import dev.stepzero.server.oidc.Distrust;
import dev.stepzero.server.oidc.Hashes;
import dev.stepzero.server.oidc.MachineService;
import dev.stepzero.server.oidc.Services;
import dev.stepzero.server.oidc.SignedTokens;
import dev.stepzero.server.oidc.Unanswered;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives a job that proves itself a token for one project, by the first of the project's rules that its claims fit. Each
 * token of a CI service counts once.
 */
@Component
final class Exchange {
    private static final int LONGEST_NAME = 100;
    private static final int FREE = 20;

    private final Services services;
    private final SignedTokens tokens;
    private final MachineTrusts trusts;
    private final ApiTokens given;
    private final Throttle throttle;
    private final Audit audit;
    private final JsonMapper json = new JsonMapper();

    Exchange(
            Services services,
            SignedTokens tokens,
            MachineTrusts trusts,
            ApiTokens given,
            Throttle throttle,
            Audit audit) {
        this.services = services;
        this.tokens = tokens;
        this.trusts = trusts;
        this.given = given;
        this.throttle = throttle;
        this.audit = audit;
    }

    /** What a job got. */
    record Given(Secret token, MachineTrust trust) {}

    /**
     * Exchanges a token.
     *
     * @param project where it is to count
     * @param role what is asked for; empty for what the first fitting rule gives
     * @param audience what the token must be meant for: this server
     * @throws Distrust if the token or the rules do not give it; the caller is told why the token fails, and not what the
     *     rules are
     */
    Given exchange(String token, String project, Optional<Role> role, String audience, Source source)
            throws Distrust, Unanswered {
        var service = services.machines(issuer(token))
                .orElseThrow(() -> new Distrust("no service is known that issues such tokens"));
        var claims = tokens.check(token, service.issuer(), audience);
        var name = name(service, claims);
        // Only what is proved counts, so that no other job can hold this one up, whatever machine both ran on.
        var subject = "token exchange of " + Hashes.encoded(name);
        if (throttle.attempt(subject, FREE).isPositive()) {
            throw new Distrust("this job was refused too often; try again in a quarter of an hour");
        }
        var trust = fitting(service, claims, project, role, name, source);
        if (!trusts.use(service.issuer().address().toString(), number(claims), expiry(claims, service))) {
            audit.record(Audit.Entry.refused("machine.exchange", name, "the token was exchanged before", source));
            throw new Distrust("it was exchanged before");
        }
        var secret = given.createForMachine(name, trust.grant(), trust.life(), trust.id());
        throttle.succeeded(subject);
        audit.record(new Audit.Entry(
                "machine.exchange", name, trust.grant().toString(), true, "rule " + trust.id(), source));
        return new Given(secret, trust);
    }

    private MachineTrust fitting(
            MachineService service, Claims claims, String project, Optional<Role> role, String name, Source source)
            throws Distrust {
        var why = "the project has no rule for " + service.issuer().address();
        for (var trust : trusts.of(project)) {
            if (!trust.issuer().equals(service.issuer().address().toString())
                    || role.filter(wanted -> wanted != trust.role()).isPresent()) {
                continue;
            }
            var refused = trust.refuse(service.kind(), claims.plain());
            if (refused.isEmpty()) {
                return trust;
            }
            why = refused.get();
        }
        audit.record(Audit.Entry.refused("machine.exchange", name, project + ": " + why, source));
        throw new Distrust("no rule of the project trusts this job");
    }

    /** Whose keys to judge a token by, before anything in it is believed. */
    private String issuer(String token) throws Distrust {
        var parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > SignedTokens.LONGEST) {
            throw new Distrust("it is no signed token");
        }
        try {
            var claims = json.readTree(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            return claims.path("iss").stringValue("");
        } catch (IllegalArgumentException | JacksonException e) {
            throw new Distrust("it is no signed token");
        }
    }

    private static String number(Claims claims) throws Distrust {
        return claims.text("jti").orElseThrow(() -> new Distrust("it has no number by which it counts once"));
    }

    private static Instant expiry(Claims claims, MachineService service) {
        var seconds = claims.values().get("exp") instanceof Number number ? number.longValue() : 0;
        return Instant.ofEpochSecond(seconds).plus(service.issuer().skew().multipliedBy(2));
    }

    /** As the ledger calls the job. No person can be called so, for their names have no colon. */
    private static String name(MachineService service, Claims claims) {
        var subject = claims.text("sub").orElseThrow().replaceAll("\\p{Cntrl}", "");
        var name = service.name() + ":" + subject;
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
