package dev.stepzero.server.errors;

import dev.stepzero.core.UserError;
import dev.stepzero.server.page.Page;
import dev.stepzero.server.page.PageWriter;
import dev.stepzero.server.request.RequestId;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Answers what fails. Faults of ours are logged with their stack trace, and their reader is told only the number. */
@Controller
@ControllerAdvice
class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final PageWriter pages;
    private final ProblemWriter problems;

    Failures(PageWriter pages, ProblemWriter problems) {
        this.pages = pages;
        this.problems = problems;
    }

    /** What filters and the container refuse comes here. */
    @RequestMapping("/error")
    void refused(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer number ? number : 404;
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable fault) {
            LOG.error("request {} failed", RequestId.of(request), fault);
        }
        var status = Objects.requireNonNullElse(HttpStatus.resolve(code), HttpStatus.INTERNAL_SERVER_ERROR);
        var why = ProblemWriter.why(request).orElseGet(() -> Meaning.of(status));
        answer(status, Optional.empty(), why, request, response);
    }

    @ExceptionHandler
    void failed(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            LOG.warn("request {} broke off: {}", RequestId.of(request), failure.toString());
            return;
        }
        switch (failure) {
            case UserError error -> answer(statusOf(error), Optional.empty(), said(error), request, response);
            case Rejected rejected -> answer(rejected.status(), rejected.field(), rejected.detail(), request, response);
            case ErrorResponse known -> {
                var status = HttpStatus.valueOf(known.getStatusCode().value());
                known.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
                answer(status, Optional.empty(), Meaning.of(status), request, response);
            }
            case MethodArgumentTypeMismatchException mismatch ->
                answer(
                        HttpStatus.BAD_REQUEST,
                        Optional.of(mismatch.getName()),
                        Meaning.of(HttpStatus.BAD_REQUEST),
                        request,
                        response);
            case TypeMismatchException _ ->
                answer(HttpStatus.BAD_REQUEST, Optional.empty(), Meaning.of(HttpStatus.BAD_REQUEST), request, response);
            default -> {
                LOG.error("request {} failed", RequestId.of(request), failure);
                var status = HttpStatus.INTERNAL_SERVER_ERROR;
                answer(status, Optional.empty(), Meaning.of(status), request, response);
            }
        }
    }

    private static HttpStatus statusOf(UserError error) {
        return switch (error.status()) {
            case USAGE, UNREADABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
            case BLOCKED -> HttpStatus.CONFLICT;
            case ENGINE -> HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private static String said(UserError error) {
        return error.where().map(where -> where + ": ").orElse("")
                + error.what()
                + error.fix().map("; to mend it: "::concat).orElse("");
    }

    private void answer(
            HttpStatus status,
            Optional<String> field,
            String detail,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (Audience.of(request) == Audience.PROGRAM) {
            problems.write(status, field, detail, request, response);
        } else {
            pages.write(
                    Page.of("errors/error", status.getReasonPhrase())
                            .with("detail", detail)
                            .with("code", status.value())
                            .with("request", RequestId.of(request))
                            .status(status.value()),
                    request,
                    response);
        }
    }
}
