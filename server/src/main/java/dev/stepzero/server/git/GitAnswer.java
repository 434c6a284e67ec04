package dev.stepzero.server.git;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers that git shows or reads. */
final class GitAnswer {
    private GitAnswer() {}

    static void begin(HttpServletResponse response, String type) {
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-cache, max-age=0, must-revalidate");
    }

    /** Git prints plain text as it is. */
    static void text(HttpServletResponse response, int status, String text) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
