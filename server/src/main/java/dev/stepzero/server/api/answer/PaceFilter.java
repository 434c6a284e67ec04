package dev.stepzero.server.api.answer;

import dev.stepzero.server.access.Access;
import dev.stepzero.server.errors.ProblemWriter;
import dev.stepzero.server.errors.Rejected;
import dev.stepzero.server.request.Pace;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps a program that asks too often from keeping others waiting. */
final class PaceFilter extends OncePerRequestFilter {
    private final Pace pace;
    private final Access access;
    private final ProblemWriter problems;

    PaceFilter(Pace pace, Access access, ProblemWriter problems) {
        this.pace = pace;
        this.access = access;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = access.principal()
                .map(one -> one.kind() + " " + one.id())
                .orElseGet(() -> "from " + request.getRemoteAddr());
        var wait = pace.ask(caller);
        if (wait == 0) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        problems.write(
                Rejected.request(
                        HttpStatus.TOO_MANY_REQUESTS, "That was too often. Try again in %d s.".formatted(wait)),
                request,
                response);
    }
}
