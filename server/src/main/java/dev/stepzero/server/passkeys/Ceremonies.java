package dev.stepzero.server.passkeys;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.stepzero.guard.identity.Challenges;
import dev.stepzero.guard.identity.Passkeys;
import dev.stepzero.guard.identity.Person;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What browsers and this server say to each other to make a passkey and to sign in by it. The user is always verified. */
@Component
class Ceremonies {
    private static final String SIGN_IN = "passkey sign-in";
    private static final List<Integer> ALGORITHMS = List.of(-8, -7, -257);
    private static final int MILLISECONDS = 300_000;

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter keys = new AttestedCredentialDataConverter(converter);
    private final Challenges challenges;
    private final Passkeys passkeys;
    private final Site site;

    Ceremonies(Challenges challenges, Passkeys passkeys, Site site) {
        this.challenges = challenges;
        this.passkeys = passkeys;
        this.site = site;
    }

    /** What {@code navigator.credentials.create} is given. */
    Map<String, Object> creation(Person person, HttpServletRequest request) {
        return Map.of(
                "challenge", base64(challenges.make(purpose(person))),
                "rp", Map.of("id", site.address(request).getHost(), "name", "Stepzero"),
                "user",
                        Map.of(
                                "id", base64(handle(person)),
                                "name", person.name(),
                                "displayName", person.displayName()),
                "pubKeyCredParams",
                        ALGORITHMS.stream()
                                .map(number -> Map.of("type", "public-key", "alg", number))
                                .toList(),
                "authenticatorSelection", Map.of("residentKey", "required", "userVerification", "required"),
                "attestation", "none",
                "timeout", MILLISECONDS);
    }

    /** What {@code navigator.credentials.get} is given. */
    Map<String, Object> request(HttpServletRequest request) {
        return Map.of(
                "challenge",
                base64(challenges.make(SIGN_IN)),
                "rpId",
                site.address(request).getHost(),
                "userVerification",
                "required",
                "timeout",
                MILLISECONDS);
    }

    /** Enrols a passkey if the browser's answer proves it; false if it does not. */
    boolean enrol(Person person, String name, String answer, HttpServletRequest request) {
        var read = read(() -> manager.parseRegistrationResponseJSON(answer));
        if (read.isEmpty()) {
            return false;
        }
        try {
            var data = read.get();
            var client = data.getCollectedClientData();
            if (client == null || !challenges.answer(client.getChallenge().getValue(), purpose(person))) {
                return false;
            }
            var algorithms = ALGORITHMS.stream()
                    .map(number -> new PublicKeyCredentialParameters(
                            PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(number)))
                    .toList();
            manager.verify(data, new RegistrationParameters(expected(client, request), algorithms, true, true));
            var authenticator = data.getAttestationObject() == null
                    ? null
                    : data.getAttestationObject().getAuthenticatorData();
            var key = authenticator == null ? null : authenticator.getAttestedCredentialData();
            if (authenticator == null || key == null) {
                return false;
            }
            passkeys.add(person.id(), name, key.getCredentialId(), keys.convert(key), authenticator.getSignCount());
            return true;
        } catch (DataConversionException | VerificationException e) {
            return false;
        }
    }

    /** Whose passkey answered, if it did. */
    Optional<Long> signIn(String answer, HttpServletRequest request) {
        var read = read(() -> manager.parseAuthenticationResponseJSON(answer));
        if (read.isEmpty()) {
            return Optional.empty();
        }
        try {
            var data = read.get();
            var client = data.getCollectedClientData();
            if (client == null || !challenges.answer(client.getChallenge().getValue(), SIGN_IN)) {
                return Optional.empty();
            }
            var stored = passkeys.find(data.getCredentialId());
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            var known = new CredentialRecordImpl(
                    new NoneAttestationStatement(),
                    null,
                    null,
                    null,
                    stored.get().counter(),
                    keys.convert(stored.get().publicKey()),
                    null,
                    null,
                    null,
                    null);
            var verified = manager.verify(
                    data, new AuthenticationParameters(expected(client, request), known, null, true, true));
            var signed = verified.getAuthenticatorData();
            passkeys.used(stored.get().id(), signed == null ? 0 : signed.getSignCount());
            return Optional.of(stored.get().person());
        } catch (DataConversionException | VerificationException e) {
            return Optional.empty();
        }
    }

    /** What a browser answered; hostile text makes the library throw more than it tells of. */
    private static <T> Optional<T> read(Supplier<T> parser) {
        try {
            return Optional.of(parser.get());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private ServerProperty expected(CollectedClientData client, HttpServletRequest request) {
        URI address = site.address(request);
        return ServerProperty.builder()
                .origin(Origin.create(address.toString()))
                .rpId(address.getHost())
                .challenge(client.getChallenge())
                .build();
    }

    private static String purpose(Person person) {
        return "passkey of " + person.id();
    }

    private static byte[] handle(Person person) {
        return ByteBuffer.allocate(Long.BYTES).putLong(person.id()).array();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
