package dev.stepzero.invoicer.http;

import dev.stepzero.invoicer.http.Answer.Header;
import java.util.List;

/** The headers of every answer, whatever produced it. */
final class SecurityHeaders {
    private static final Header STRICT_TRANSPORT =
            new Header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");

    private static final List<Header> ALWAYS = List.of(
            new Header(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("X-Frame-Options", "DENY"),
            new Header("Referrer-Policy", "no-referrer"),
            new Header("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            new Header("Cross-Origin-Opener-Policy", "same-origin"),
            new Header("Cross-Origin-Embedder-Policy", "require-corp"),
            new Header("Cross-Origin-Resource-Policy", "same-origin"));

    private SecurityHeaders() {}

    static Answer on(Answer answer, boolean secure) {
        var dressed = answer;
        for (var header : ALWAYS) {
            dressed = dressed.with(header.name(), header.value());
        }
        if (!answer.has("Cache-Control")) {
            dressed = dressed.with("Cache-Control", "no-store");
        }
        // A browser ignores the header on plain HTTP, and a test on localhost must not pin the host to TLS.
        return secure ? dressed.with(STRICT_TRANSPORT.name(), STRICT_TRANSPORT.value()) : dressed;
    }
}
