package dev.stepzero.server.errors;

import dev.stepzero.server.request.RequestId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers programs what failed; for filters too, which stand outside of what {@link Failures} catches. */
@Component
public class ProblemWriter {
    private static final String WHY = ProblemWriter.class.getName() + ".why";

    private final JsonMapper json = new JsonMapper();

    /** Says why a request will be refused, for whoever answers it in the end. */
    public static void because(HttpServletRequest request, String why) {
        request.setAttribute(WHY, why);
    }

    static Optional<String> why(HttpServletRequest request) {
        return request.getAttribute(WHY) instanceof String why ? Optional.of(why) : Optional.empty();
    }

    public void write(Rejected rejected, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(rejected.status(), rejected.field(), rejected.detail(), request, response);
    }

    void write(
            HttpStatus status,
            Optional<String> field,
            String detail,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream()
                .write(json.writeValueAsBytes(Problem.of(status, detail, RequestId.of(request), field)));
    }
}
