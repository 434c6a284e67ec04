package dev.stepzero.server.health;

import org.jdbi.v3.core.Jdbi;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that the server and its database answer; if the database does not, the answer is an error. */
@RestController
class Health {
    private final Jdbi jdbi;

    Health(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What a supervisor reads. */
    record Answer(String status) {}

    @GetMapping("/health")
    Answer health() {
        jdbi.useHandle(handle -> handle.execute("SELECT 1"));
        return new Answer("up");
    }
}
