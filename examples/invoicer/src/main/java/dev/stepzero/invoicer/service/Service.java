package dev.stepzero.invoicer.service;

import dev.stepzero.invoicer.database.Database;
import dev.stepzero.invoicer.http.Answer;
import dev.stepzero.invoicer.http.Route;
import java.util.List;

/** The open routes for operators and load balancers. */
public final class Service {
    private final Database database;
    private final byte[] version;

    public Service(Database database, Build build) {
        this.database = database;
        this.version = build.json();
    }

    public List<Route> routes() {
        return List.of(
                Route.open("GET", "/__version__", _ -> Answer.json(version)),
                Route.open("GET", "/__heartbeat__", _ -> heartbeat()));
    }

    /** @throws dev.stepzero.invoicer.http.Refusal 503 when the database does not answer */
    private Answer heartbeat() {
        database.transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.setQueryTimeout(3);
                return statement.execute("SELECT 1");
            }
        });
        return Answer.text(200, "I am alive");
    }
}
