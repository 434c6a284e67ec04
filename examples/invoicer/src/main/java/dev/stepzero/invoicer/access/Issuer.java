package dev.stepzero.invoicer.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.stepzero.invoicer.settings.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Speaks OpenID Connect with the issuer: discovery, the code flow with PKCE, and the check of the ID token. */
final class Issuer {
    private static final int TIMEOUT = (int) Duration.ofSeconds(5).toMillis();
    private static final int LARGEST_DOCUMENT = 256 * 1024;
    private static final List<JWSAlgorithm> ALGORITHMS = List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private final OidcSettings settings;
    private final ClientID client;
    private volatile Optional<Known> known = Optional.empty();

    /** What discovery told us; fetched at the first sign-in, so that we can start before the issuer does. */
    private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

    /** The issuer is away, or does not vouch for this person. */
    static final class NoSignIn extends Exception {
        NoSignIn(String message) {
            super(message);
        }
    }

    Issuer(OidcSettings settings) {
        this.settings = settings;
        this.client = new ClientID(settings.clientId());
    }

    /** Where to send the browser. */
    URI signInPage(Attempt attempt) throws NoSignIn {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "email"), client, settings.redirectUri())
                .endpointURI(known().metadata().getAuthorizationEndpointURI())
                .state(new State(attempt.state()))
                .nonce(new Nonce(attempt.nonce()))
                .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** Exchanges the code, and returns who it is. */
    Identity identify(String code, Attempt attempt) throws NoSignIn {
        try {
            var tokens = exchange(code, attempt);
            var idToken = tokens.getOIDCTokens().getIDToken();
            var claims = known().validator().validate(idToken, new Nonce(attempt.nonce()));
            return new Identity(
                    claims.getSubject().getValue(),
                    Optional.ofNullable(claims.getStringClaim("email")),
                    Boolean.TRUE.equals(claims.getBooleanClaim("email_verified")));
        } catch (com.nimbusds.jose.proc.BadJOSEException e) {
            throw new NoSignIn("the ID token is not valid: " + e.getMessage());
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new NoSignIn("the issuer's keys cannot be used: " + e.getMessage());
        }
    }

    private OIDCTokenResponse exchange(String code, Attempt attempt) throws NoSignIn {
        var secret = new Secret(settings.clientSecret().reveal());
        var grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), settings.redirectUri(), new CodeVerifier(attempt.verifier()));
        var endpoint = known().metadata().getTokenEndpointURI();
        var request = new TokenRequest.Builder(endpoint, new ClientSecretBasic(client, secret), grant)
                .build()
                .toHTTPRequest();
        request.setConnectTimeout(TIMEOUT);
        request.setReadTimeout(TIMEOUT);
        request.setFollowRedirects(false);
        try {
            var response = OIDCTokenResponseParser.parse(request.send());
            if (response instanceof OIDCTokenResponse tokens) {
                return tokens;
            }
            throw new NoSignIn("the issuer refuses the code: "
                    + response.toErrorResponse().getErrorObject().getCode());
        } catch (IOException | ParseException e) {
            throw new NoSignIn("the issuer's token endpoint cannot be used: " + e.getMessage());
        }
    }

    private Known known() throws NoSignIn {
        if (known.isEmpty()) {
            known = Optional.of(discover());
        }
        return known.get();
    }

    private Known discover() throws NoSignIn {
        try {
            var issuer = new com.nimbusds.oauth2.sdk.id.Issuer(settings.issuer());
            var metadata = OIDCProviderMetadata.resolve(issuer, TIMEOUT, TIMEOUT);
            var offered = Optional.ofNullable(metadata.getIDTokenJWSAlgs()).orElse(List.of(JWSAlgorithm.RS256));
            var algorithm = ALGORITHMS.stream()
                    .filter(offered::contains)
                    .findFirst()
                    .orElseThrow(() -> new NoSignIn("the issuer signs with neither of " + ALGORITHMS));
            var keys = metadata.getJWKSetURI().toURL();
            var retriever = new DefaultResourceRetriever(TIMEOUT, TIMEOUT, LARGEST_DOCUMENT);
            return new Known(metadata, new IDTokenValidator(metadata.getIssuer(), client, algorithm, keys, retriever));
        } catch (GeneralException e) {
            throw new NoSignIn("the issuer's configuration cannot be used: " + e.getMessage());
        } catch (IOException e) {
            throw new NoSignIn("the issuer does not answer: " + e.getMessage());
        }
    }
}
