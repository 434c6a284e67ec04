package dev.stepzero.guard.machines;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule that trusts jobs of a CI service in one project.
 *
 * @param id its number; 0 before it is kept
 * @param issuer who signs the tokens
 * @param role what the jobs may; never what only a person decides
 * @param claims what the token must say, by the claim's name
 * @param life how long what is given for a token lives
 */
public record MachineTrust(
        long id,
        String project,
        String issuer,
        Role role,
        Map<String, ClaimPattern> claims,
        Duration life,
        Instant created,
        String createdBy) {
    /** What a machine may be: it neither approves, nor accepts risks, nor gives roles. */
    public static final Set<Role> ROLES = Set.of(Role.VIEWER, Role.DEVELOPER, Role.OPERATOR, Role.AUDITOR);

    public static final Duration SHORTEST = Duration.ofMinutes(1);
    public static final Duration LONGEST = Duration.ofHours(1);

    public MachineTrust {
        claims = Map.copyOf(claims);
    }

    /**
     * A new rule.
     *
     * @throws UserError if it would trust more than somebody can mean
     */
    public static MachineTrust of(
            String project,
            MachineKind kind,
            String issuer,
            Role role,
            Map<String, ClaimPattern> claims,
            Duration life,
            String createdBy) {
        if (!ROLES.contains(role)) {
            throw UserError.usage("a machine cannot be " + role.word())
                    .fix("give it another role; people approve, accept risks and give roles");
        }
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw UserError.usage("what a machine gets lives from one minute to one hour")
                    .fix("choose a time between them");
        }
        claims.keySet().stream().filter(claim -> !kind.knows(claim)).findFirst().ifPresent(claim -> {
            throw UserError.usage(
                            "tokens of %s have no claim '%.40s' that a rule can be about".formatted(kind.word(), claim))
                    .fix("use one of " + names(kind.repositories()) + ", " + names(kind.places()) + " and the like");
        });
        if (kind.repositories().stream().noneMatch(claim -> isExact(claims.get(claim)))) {
            throw UserError.usage("the rule does not say whose jobs it trusts")
                    .fix("write one of %s out, without a *".formatted(names(kind.repositories())));
        }
        if (kind.places().stream().noneMatch(claim -> narrows(claims.get(claim)))) {
            throw UserError.usage("the rule trusts every branch of the repository")
                    .fix("add one of " + names(kind.places()));
        }
        return new MachineTrust(0, project, issuer, role, claims, life, Instant.EPOCH, createdBy);
    }

    private static boolean isExact(@Nullable ClaimPattern pattern) {
        return pattern != null && pattern.isExact();
    }

    private static boolean narrows(@Nullable ClaimPattern pattern) {
        return pattern != null && !pattern.isAnything();
    }

    private static String names(Set<String> claims) {
        return String.join(", ", claims.stream().sorted().toList());
    }

    public Grant grant() {
        return Grant.in(project, role);
    }

    /** Why a token's claims are not enough for this rule, for the ledger; empty if they are. */
    public Optional<String> refuse(MachineKind kind, Map<String, String> said) {
        var event = claims.get(kind.event());
        if (kind.isProposal(said) && (event == null || !event.isExact())) {
            return Optional.of("it was started for a change that somebody proposes");
        }
        return new TreeMap<>(claims)
                .entrySet().stream()
                        .filter(claim -> !claim.getValue().matches(said.getOrDefault(claim.getKey(), "")))
                        .findFirst()
                        .map(claim ->
                                claim.getKey() + " is not " + claim.getValue().text());
    }
}
