package dev.stepzero.server.api.answer;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.AnsweredRequests.Earlier;
import dev.stepzero.server.api.answer.AnsweredRequests.Keyed;
import dev.stepzero.server.api.answer.AnsweredRequests.Stored;
import dev.stepzero.server.errors.ProblemWriter;
import dev.stepzero.server.errors.Rejected;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Does a POST with an {@code Idempotency-Key} once, however often it is sent within a day: whoever lost the answer sends
 * it again and gets the same. A request that failed by a fault of ours is forgotten. One whose server ended is not done
 * again, for nobody knows how far it came.
 */
final class IdempotencyFilter extends OncePerRequestFilter {
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern SHAPE = Pattern.compile("[!-~]{16,255}");
    private static final List<String> KEPT = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION);
    private static final int FAULTS = 500;

    private final AnsweredRequests answered;
    private final Access access;
    private final ProblemWriter problems;

    IdempotencyFilter(AnsweredRequests answered, Access access, ProblemWriter problems) {
        this.answered = answered;
        this.access = access;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = request.getHeader(KEY);
        var principal = access.principal();
        if (key == null || principal.isEmpty() || !request.getMethod().equals("POST")) {
            chain.doFilter(request, response);
            return;
        }
        try {
            if (!SHAPE.matcher(key).matches()) {
                throw Rejected.field(
                        HttpStatus.BAD_REQUEST,
                        KEY,
                        "A key has 16 to 255 visible characters of ASCII, best a new UUID.");
            }
            var body = RecordArguments.bounded(request);
            var caller = principal.get().kind() + " " + principal.get().id();
            var keyed = Keyed.of(caller, key, request.getMethod() + " " + request.getRequestURI(), body);
            var earlier = answered.begin(keyed);
            if (earlier.isPresent()) {
                replay(keyed, earlier.get(), response);
            } else {
                work(keyed, new ReadRequest(request, body), response, chain);
            }
        } catch (Rejected e) {
            problems.write(e, request, response);
        }
    }

    private static void replay(Keyed keyed, Earlier earlier, HttpServletResponse response) throws IOException {
        if (!keyed.isSameRequest(earlier.digest())) {
            throw Rejected.field(
                    HttpStatus.UNPROCESSABLE_CONTENT, KEY, "This key came with another request; use a new one.");
        }
        var answer = earlier.answer().orElseThrow(() -> {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            return Rejected.field(
                    HttpStatus.CONFLICT,
                    KEY,
                    "A request with this key began at %s and is not answered. It is under way, or its server ended:"
                                    .formatted(earlier.begunAt())
                            + " wait, or look what became of it before you send it with a new key.");
        });
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader(REPLAYED, "true");
        response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private void work(Keyed keyed, ReadRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caught = new ContentCachingResponseWrapper(response);
        var kept = false;
        try {
            chain.doFilter(request, caught);
            if (caught.getStatus() < FAULTS) {
                answered.answered(keyed, stored(caught));
                kept = true;
            }
        } finally {
            if (!kept) {
                answered.forget(keyed);
            }
        }
        caught.copyBodyToResponse();
    }

    private static Stored stored(ContentCachingResponseWrapper response) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : KEPT) {
            Optional.ofNullable(
                            name.equals(HttpHeaders.CONTENT_TYPE)
                                    ? response.getContentType()
                                    : response.getHeader(name))
                    .ifPresent(value -> headers.put(name, value));
        }
        return new Stored(
                response.getStatus(), headers, new String(response.getContentAsByteArray(), StandardCharsets.UTF_8));
    }
}
