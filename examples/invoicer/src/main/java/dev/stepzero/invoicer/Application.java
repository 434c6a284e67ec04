package dev.stepzero.invoicer;

import dev.stepzero.invoicer.access.Access;
import dev.stepzero.invoicer.database.Database;
import dev.stepzero.invoicer.database.Schema;
import dev.stepzero.invoicer.http.Route;
import dev.stepzero.invoicer.http.Routes;
import dev.stepzero.invoicer.http.WebServer;
import dev.stepzero.invoicer.invoice.Invoices;
import dev.stepzero.invoicer.log.AppLog;
import dev.stepzero.invoicer.log.AppLog.Severity;
import dev.stepzero.invoicer.page.Page;
import dev.stepzero.invoicer.service.Build;
import dev.stepzero.invoicer.service.Service;
import dev.stepzero.invoicer.settings.AccessSettings;
import dev.stepzero.invoicer.settings.Environment;
import dev.stepzero.invoicer.settings.ListenSettings;
import dev.stepzero.invoicer.settings.PostgresSettings;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The running service. */
final class Application {
    private final WebServer server;
    private final Database database;

    private Application(WebServer server, Database database) {
        this.server = server;
        this.database = database;
    }

    /**
     * Reads all settings first, so that a mistake in them is told before anything else happens.
     *
     * @param announce told, once, the admin's password where it had to be made up
     */
    static Application start(Environment environment, AppLog log, Clock clock, Consumer<String> announce) {
        var listen = ListenSettings.from(environment);
        var accessSettings = AccessSettings.from(environment);
        var postgres = PostgresSettings.from(environment);
        var build = Build.find(environment, directory());
        var database = Database.open(postgres);
        try {
            Schema.check(database);
            var access = Access.from(accessSettings, database, clock, log, announce);
            var server = WebServer.start(listen, routes(database, build, access, log), log);
            log.message(Severity.INFO, "listening on port " + server.port());
            return new Application(server, database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static Routes routes(Database database, Build build, Access access, AppLog log) {
        var routes = new ArrayList<Route>();
        for (var part : List.of(
                new Service(database, build).routes(),
                new Invoices(database, log).routes(),
                new Page().routes(),
                access.routes())) {
            routes.addAll(part);
        }
        return new Routes(access.guard(), routes);
    }

    private static Path directory() {
        var jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]);
        return jar.toAbsolutePath().getParent();
    }

    int port() {
        return server.port();
    }

    /** Lets running requests end first. */
    void stop() {
        server.stop();
        database.close();
    }
}
