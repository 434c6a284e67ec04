package dev.stepzero.ship.deploy.containers.application;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Executors;

/** The application that the tests deploy: answers over HTTP what it was told and what the database says. */
public final class Answering {
    private Answering() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("migrate")) {
            migrate();
        } else if (arguments.length > 0) {
            System.err.println("no such command: " + arguments[0]);
            System.exit(3);
        } else {
            serve();
        }
    }

    private static void serve() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(Integer.parseInt(variable("PORT"))), 512);
        var commit = resource("commit");
        server.createContext("/health", exchange -> answer(exchange, "healthy"));
        server.createContext("/version", exchange -> answer(exchange, commit));
        server.createContext(
                "/headers",
                exchange -> answer(
                        exchange,
                        exchange.getRequestHeaders().entrySet().toString().toLowerCase(Locale.ROOT)));
        server.createContext("/secret", exchange -> answer(exchange, secret("API_TOKEN")));
        server.createContext("/host", exchange -> answer(exchange, variable("HOSTNAME")));
        server.createContext("/slow", exchange -> {
            pause();
            answer(exchange, commit);
        });
        server.createContext("/visit", exchange -> database(exchange, "insert into visit default values returning id"));
        server.createContext(
                "/database",
                exchange -> database(
                        exchange,
                        "select current_user || ' ssl=' || ssl from pg_stat_ssl where pid = pg_backend_pid()"));
        server.createContext("/forbidden", exchange -> database(exchange, "delete from visit returning id"));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        System.out.println("listening");
    }

    private static void migrate() throws SQLException, IOException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var role = variable("DB_APP_ROLE");
            statement.execute("create table if not exists visit (id bigint generated always as identity)");
            statement.execute("grant usage on schema public to " + role);
            statement.execute("grant select, insert on visit to " + role);
            System.out.println("migrated");
        }
    }

    private static void database(HttpExchange exchange, String question) throws IOException {
        try {
            answer(exchange, ask(question));
        } catch (SQLException e) {
            answer(exchange, "refused: " + e.getMessage());
        }
    }

    private static String ask(String question) throws SQLException, IOException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect() throws SQLException, IOException {
        var properties = new Properties();
        properties.put("user", variable("DB_USER"));
        properties.put("password", secret("DB_PASSWORD"));
        properties.put("sslmode", variable("DB_SSLMODE"));
        return DriverManager.getConnection(
                "jdbc:postgresql://" + variable("DB_HOST") + "/" + variable("DB_DB"), properties);
    }

    private static String secret(String name) throws IOException {
        return Files.readString(Path.of(variable(name + "_FILE")));
    }

    private static String variable(String name) {
        var value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set");
        }
        return value;
    }

    private static String resource(String name) throws IOException {
        try (var in = Answering.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(3000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }
}
