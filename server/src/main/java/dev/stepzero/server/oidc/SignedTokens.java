package dev.stepzero.server.oidc;

import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.springframework.stereotype.Component;

/**
 * Judges tokens that a service signed: by a key of that service and an algorithm that is pinned for it, for us, now, and
 * not for longer than a day. Keys that a token brings along or points to are never used.
 */
@Component
public final class SignedTokens {
    public static final int LONGEST = 16 << 10;
    private static final Duration LONGEST_LIFE = Duration.ofHours(24);
    private static final Map<Integer, String> REASONS = Map.of(
            ErrorCodes.EXPIRED, "it has expired",
            ErrorCodes.EXPIRATION_MISSING, "it never expires",
            ErrorCodes.EXPIRATION_TOO_FAR_IN_FUTURE, "it lives for too long",
            ErrorCodes.NOT_YET_VALID, "it is not valid yet",
            ErrorCodes.ISSUED_AT_INVALID_FUTURE, "it is from the future",
            ErrorCodes.ISSUER_INVALID, "it is of another issuer",
            ErrorCodes.AUDIENCE_INVALID, "it is meant for somebody else",
            ErrorCodes.AUDIENCE_MISSING, "it is meant for nobody",
            ErrorCodes.SIGNATURE_INVALID, "its signature is wrong");

    private final Issuers issuers;
    private final Clock clock;

    SignedTokens(Issuers issuers, Clock clock) {
        this.issuers = issuers;
        this.clock = clock;
    }

    /**
     * What a token says, if it holds.
     *
     * @param audience what it must be meant for
     * @throws Distrust if it does not hold
     * @throws Unanswered if the keys cannot be had
     */
    public Claims check(String token, Issuer issuer, String audience) throws Distrust, Unanswered {
        if (token.length() > LONGEST) {
            throw new Distrust("it is longer than %d characters".formatted(LONGEST));
        }
        var consumer = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, issuer.algorithms().toArray(String[]::new)))
                .setVerificationKeyResolver(new Keys(issuer))
                .setExpectedIssuer(true, issuer.address().toString())
                .setExpectedAudience(true, audience)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setIssuedAtRestrictions(
                        Math.toIntExact(issuer.skew().toSeconds()), Math.toIntExact(LONGEST_LIFE.toSeconds()))
                .setMaxFutureValidityInMinutes(Math.toIntExact(LONGEST_LIFE.toMinutes()))
                .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                .setAllowedClockSkewInSeconds(Math.toIntExact(issuer.skew().toSeconds()))
                .build();
        try {
            return new Claims(withoutNulls(consumer.processToClaims(token).getClaimsMap()));
        } catch (InvalidJwtException e) {
            var keys = unanswered(e);
            if (keys.isPresent()) {
                throw keys.get();
            }
            throw new Distrust(reason(e));
        }
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> claims) {
        claims.values().removeIf(value -> value == null);
        return claims;
    }

    private static Optional<Unanswered> unanswered(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Unanswered one) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static String reason(InvalidJwtException e) {
        return e.getErrorDetails().stream()
                .map(error -> REASONS.getOrDefault(error.getErrorCode(), "it is no token that can be believed"))
                .findFirst()
                .orElse("it is no token that can be believed");
    }

    /** Finds the one key of the issuer that fits a token's head, and looks for it anew if there is none. */
    private final class Keys implements VerificationKeyResolver {
        private final Issuer issuer;

        Keys(Issuer issuer) {
            this.issuer = issuer;
        }

        @Override
        public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> around) throws UnresolvableKeyException {
            try {
                var key = select(token, issuers.keys(issuer));
                return key.isPresent()
                        ? key.get()
                        : select(token, issuers.keysAgain(issuer))
                                .orElseThrow(() -> new UnresolvableKeyException("none of the issuer's keys fits"));
            } catch (Unanswered | JoseException e) {
                throw new UnresolvableKeyException("no key can be had", e);
            }
        }

        private Optional<Key> select(JsonWebSignature token, List<JsonWebKey> keys) throws JoseException {
            return Optional.ofNullable(new VerificationJwkSelector().select(token, keys))
                    .map(JsonWebKey::getKey);
        }
    }
}
