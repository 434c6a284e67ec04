package dev.stepzero.server.machines;

import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.ServerSettings;
import dev.stepzero.server.oidc.Distrust;
import dev.stepzero.server.oidc.Unanswered;
import dev.stepzero.server.signin.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Token exchange (RFC 8693), which is no part of the REST API and speaks as its standard does: a form with the token of a CI service as {@code subject_token} and the project as
 * {@code audience} gives a short-lived token of ours. Errors are those of RFC 6749, section 5.2.
 */
@RestController
class TokenApi {
    static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Set<String> TOKEN_TYPES =
            Set.of("urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token");

    private final Exchange exchange;
    private final ServerSettings settings;

    TokenApi(Exchange exchange, ServerSettings settings) {
        this.exchange = exchange;
        this.settings = settings;
    }

    @PostMapping("/oauth/token")
    ResponseEntity<Map<String, Object>> exchange(
            @RequestParam(name = "grant_type", defaultValue = "") String grantType,
            @RequestParam(name = "subject_token", defaultValue = "") String token,
            @RequestParam(name = "subject_token_type", defaultValue = "") String tokenType,
            @RequestParam(name = "audience", defaultValue = "") String project,
            @RequestParam(defaultValue = "") String scope,
            HttpServletRequest request) {
        if (!grantType.equals(GRANT)) {
            return wrong(HttpStatus.BAD_REQUEST, "unsupported_grant_type", "grant_type must be " + GRANT);
        }
        if (token.isEmpty() || project.isEmpty() || !TOKEN_TYPES.contains(tokenType)) {
            return wrong(
                    HttpStatus.BAD_REQUEST,
                    "invalid_request",
                    "send subject_token, a subject_token_type of jwt or id_token, and the project as audience");
        }
        var role = Role.of(scope);
        if (!scope.isEmpty() && role.isEmpty()) {
            return wrong(HttpStatus.BAD_REQUEST, "invalid_scope", "scope is the name of one role");
        }
        return exchange(token, project, role, request);
    }

    private ResponseEntity<Map<String, Object>> exchange(
            String token, String project, Optional<Role> role, HttpServletRequest request) {
        try {
            var audience = settings.address(request.getLocalPort()).toString();
            var given = exchange.exchange(token, project, role, audience, Client.of(request));
            return answer(
                    HttpStatus.OK,
                    Map.of(
                            "access_token",
                            given.token().text(),
                            "issued_token_type",
                            ACCESS_TOKEN,
                            "token_type",
                            "Bearer",
                            "expires_in",
                            given.trust().life().toSeconds(),
                            "scope",
                            given.trust().role().word()));
        } catch (Distrust e) {
            return wrong(HttpStatus.BAD_REQUEST, "invalid_grant", "the token is not taken: " + e.why());
        } catch (Unanswered e) {
            return wrong(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "temporarily_unavailable",
                    "the token's issuer does not answer now; try again later");
        }
    }

    private static ResponseEntity<Map<String, Object>> wrong(HttpStatus status, String error, String description) {
        return answer(status, Map.of("error", error, "error_description", description));
    }

    private static ResponseEntity<Map<String, Object>> answer(HttpStatus status, Map<String, Object> body) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.PRAGMA, "no-cache")
                .body(body);
    }
}
