package dev.stepzero.server.request;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request a number, which its answer, its error page and its log lines carry, and writes a line when it was
 * answered. Queries and bodies are never logged: they may hold secrets.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestLog extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger("dev.stepzero.server.access");
    private static final int ID_BYTES = 8;

    private final SecureRandom random;

    RequestLog(SecureRandom random) {
        this.random = random;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var began = System.nanoTime();
        var id = id();
        request.setAttribute(RequestId.ATTRIBUTE, id);
        response.setHeader("X-Request-Id", id);
        try (var _ = MDC.putCloseable("request", id)) {
            chain.doFilter(request, response);
        } finally {
            var took = Duration.ofNanos(System.nanoTime() - began);
            LOG.atInfo()
                    .addKeyValue("request", id)
                    .addKeyValue("method", request.getMethod())
                    .addKeyValue("path", request.getRequestURI())
                    .addKeyValue("status", response.getStatus())
                    .addKeyValue("milliseconds", took.toMillis())
                    .addKeyValue("address", request.getRemoteAddr())
                    .addKeyValue("who", String.valueOf(request.getAttribute(RequestId.WHO)))
                    .log("answered");
        }
    }

    private String id() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
