package dev.stepzero.cli.remote;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server's REST API. Certificates are verified, redirects are not followed, and answers have a bound. What the server
 * refuses is a {@link UserError} in its own words; a server that is not there ends a command with exit code 4.
 */
public final class Server {
    private static final int LARGEST = 16 << 20;
    private static final int TRIES = 3;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final ServerAddress address;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    public Server(ServerAddress address, String token) {
        if (!token.matches("[!-~]{1,500}")) {
            throw UserError.usage("this is no token").fix("make one on the server under Account, API tokens");
        }
        this.address = address;
        this.token = token;
    }

    public ServerAddress address() {
        return address;
    }

    /** Reads an object. */
    public JsonNode get(String path, Map<String, ?> query) throws InterruptedException {
        return json(send(request(path + query(query)).GET()));
    }

    public JsonNode get(String path) throws InterruptedException {
        return get(path, Map.of());
    }

    /** Reads a list, part after part, up to so many elements. */
    public List<JsonNode> list(String path, Map<String, ?> query, int most) throws InterruptedException {
        var all = new ArrayList<JsonNode>();
        var asked = new LinkedHashMap<String, Object>(query);
        while (all.size() < most) {
            asked.put("limit", Math.min(100, most - all.size()));
            var page = get(path, asked);
            page.path("items").forEach(all::add);
            if (!page.has("next")) {
                break;
            }
            asked.put("after", page.path("next").asString(""));
        }
        return all;
    }

    /** Reads a text, part after part, and hands each on. */
    public void text(String path, Map<String, ?> query, java.util.function.Consumer<String> reader)
            throws InterruptedException {
        var next = path + query(query);
        while (!next.isEmpty()) {
            var answer = send(request(next).GET());
            reader.accept(answer.body());
            var link = answer.link().orElse("");
            next = link.matches("</api/v1/[^>]*>; rel=\"next\"") ? link.substring(1, link.indexOf('>')) : "";
        }
    }

    /** Sends an object. Where the connection breaks it is sent again with the same key, so that it is done once. */
    public JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
        return json(send(request(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))));
    }

    public void delete(String path) throws InterruptedException {
        send(request(path).DELETE());
    }

    /** Opens a stream of server-sent events behind a line of the log. */
    public Events events(String path, long after) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address.uri().resolve(path + "?after=" + after))
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", "text/event-stream")
                    .GET()
                    .build();
            var answer = http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw refused(answer.statusCode(), bounded(answer.body()));
            }
            return new Events(answer.body());
        } catch (IOException e) {
            throw away(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.uri().resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private record Received(String body, Optional<String> link) {}

    private Received send(HttpRequest.Builder builder) throws InterruptedException {
        var request = builder.build();
        for (var attempt = 1; ; attempt++) {
            try {
                var answer = http.send(request, BodyHandlers.ofInputStream());
                var body = bounded(answer.body());
                if (answer.statusCode() / 100 == 2) {
                    return new Received(
                            new String(body, StandardCharsets.UTF_8),
                            answer.headers().firstValue("Link"));
                }
                if (!comesAgain(answer) || attempt == TRIES) {
                    throw refused(answer.statusCode(), body);
                }
            } catch (SSLException e) {
                throw away(e);
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw away(e);
                }
            }
            Thread.sleep(BETWEEN_TRIES.multipliedBy(attempt));
        }
    }

    /** A request that another try of the same is doing already, or one that came too often. */
    private static boolean comesAgain(HttpResponse<?> answer) {
        return (answer.statusCode() == 409 || answer.statusCode() == 429)
                && answer.headers().firstValue("Retry-After").isPresent();
    }

    private byte[] bounded(InputStream body) throws IOException {
        try (body) {
            var bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw UserError.engine("the server's answer is too large").at(address.toString());
            }
            return bytes;
        }
    }

    private JsonNode json(Received answer) {
        try {
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw stranger().because(e);
        }
    }

    private UserError refused(int status, byte[] body) {
        var detail = detail(body);
        return switch (status) {
            case 401 ->
                UserError.usage("the server does not take this token: it has ended, was revoked, or is another's")
                        .at(address.toString())
                        .fix("make one there under Account, API tokens; then: stepzero login " + address);
            case 403 ->
                UserError.usage("you may not do this. " + detail)
                        .at(address.toString())
                        .fix("use a token of that role, or ask an administrator for it");
            case 404 ->
                UserError.usage("the server has no such thing, or you may not see it")
                        .at(address.toString());
            case 409 -> UserError.blocked(detail).at(address.toString());
            case 400, 413, 415, 422 -> UserError.usage(detail).at(address.toString());
            case 429, 500, 502, 503, 504 ->
                UserError.engine("the server cannot do this now: " + detail).at(address.toString());
            default -> stranger();
        };
    }

    /** What a problem says; whoever answered, it must not steer the terminal. */
    private static String detail(byte[] body) {
        try {
            var said = JSON.readTree(body)
                    .path("detail")
                    .asString("")
                    .replaceAll("\\p{Cntrl}", " ")
                    .strip();
            return said.isEmpty() ? "it did not say why" : said.substring(0, Math.min(1_000, said.length()));
        } catch (JacksonException e) {
            return "it did not say why";
        }
    }

    private UserError stranger() {
        return UserError.engine("what answers is no Stepzero server of this version")
                .at(address.toString())
                .fix("check the address");
    }

    private UserError away(IOException e) {
        var why = e instanceof SSLException
                ? "its certificate is not trusted, or it speaks no TLS"
                : "it does not answer";
        return UserError.engine("the server cannot be reached: %s (%s)".formatted(why, e))
                .at(address.toString())
                .fix("check the address, and that the server runs: stepzero serve")
                .because(e);
    }

    private static String query(Map<String, ?> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .map(each -> segment(each.getKey()) + "="
                                + segment(each.getValue().toString()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** A word as a part of an address. */
    public static String segment(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The path of something of a project. */
    public static String of(String project, String rest) {
        return "/api/v1/projects/" + segment(project) + rest;
    }
}
