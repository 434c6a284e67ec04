package dev.stepzero.server.hooks;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** What forges, and those who would like to be one, are told when a delivery is not taken. */
final class HookAnswer {
    private HookAnswer() {}

    static ResponseEntity<ProblemDetail> problem(HttpStatus status, String why) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, why));
    }

    /** One answer for all reasons: which one it was stands in the project's list of refusals. */
    static ResponseEntity<ProblemDetail> notBelieved() {
        return problem(
                HttpStatus.FORBIDDEN,
                "This delivery is not believed. Compare the address and the secret at the forge with those here.");
    }

    static ResponseEntity<ProblemDetail> tooOften(Duration retry) {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(retry.toSeconds()))
                .body(ProblemDetail.forStatusAndDetail(
                        HttpStatus.TOO_MANY_REQUESTS, "That was too often. Wait a little and try again."));
    }
}
