package dev.stepzero.ship.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.stepzero.core.UserError;
import dev.stepzero.core.egress.AddressRange;
import dev.stepzero.core.egress.EgressGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MirrorTest {
    private static final String MAIN = "refs/heads/main";
    private static final EgressGuard CLOSED = EgressGuard.allowing(Set.of());
    private static final EgressGuard LOOPBACK = EgressGuard.allowing(Set.of(AddressRange.parse("127.0.0.0/8")));

    private final Path directory;
    private final TestRepository origin;
    private final String url;

    MirrorTest(@TempDir Path directory) throws Exception {
        this.directory = directory.toRealPath();
        this.origin = TestRepository.in(this.directory.resolve("origin"));
        this.url = this.directory.resolve("origin/.git").toUri().toString();
    }

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aCommitIsReadWithoutAnyWorkTree() throws Exception {
        var id = origin.write("shop/pom.xml", "<project/>").commit("First");
        var mirror = mirror(files(1 << 20));

        mirror.fetch(List.of(MAIN));

        assertThat(mirror.tip(MAIN)).hasValue(id);
        try (var repository = mirror.open("shop")) {
            var commit = repository.commit(id);
            assertThat(repository.file(commit, "pom.xml"))
                    .hasValueSatisfying(
                            content -> assertThat(content).asString().isEqualTo("<project/>"));
            repository.export(commit, Files.createDirectory(directory.resolve("out")));
        }
        assertThat(directory.resolve("out/pom.xml")).hasContent("<project/>");
        assertThat(directory.resolve("mirrors/shop.git/shop")).doesNotExist();
    }

    @Test
    void aLaterFetchFollowsARefEvenWhereHistoryWasRewritten() throws Exception {
        var first = origin.write("a", "1").commit("First");
        var mirror = mirror(files(1 << 20));
        mirror.fetch(List.of(MAIN));
        var rewritten = origin.commitTree(origin.file("a", "2"));
        origin.git().branchCreate().setName("main").setStartPoint(rewritten).setForce(true);
        var update = origin.git().getRepository().updateRef(MAIN);
        update.setNewObjectId(org.eclipse.jgit.lib.ObjectId.fromString(rewritten));
        update.forceUpdate();

        mirror.fetch(List.of(MAIN));

        assertThat(mirror.tip(MAIN)).hasValue(rewritten);
        assertThat(mirror.contains(MAIN, rewritten)).isTrue();
        assertThat(mirror.contains(MAIN, first)).isFalse();
    }

    @Test
    void aCommitOfAnotherRefIsNotInTheHistory() throws Exception {
        var base = origin.write("a", "1").commit("First");
        origin.git().checkout().setCreateBranch(true).setName("topic").call();
        var proposed = origin.write("a", "2").commit("Second");
        var mirror = mirror(files(1 << 20));

        mirror.fetch(List.of(MAIN, "refs/heads/topic"));

        assertThat(mirror.contains(MAIN, base)).isTrue();
        assertThat(mirror.contains(MAIN, proposed)).isFalse();
        assertThat(mirror.contains("refs/heads/topic", proposed)).isTrue();
        assertThat(mirror.contains(MAIN, "f".repeat(40))).isFalse();
        assertThat(mirror.contains(MAIN, "not an id")).isFalse();
    }

    @Test
    void whatIsTooLargeEndsTheFetch() throws Exception {
        var noise = new StringBuilder();
        new Random(7).ints(400_000, 'a', 'z').forEach(letter -> noise.append((char) letter));
        origin.write("noise", noise.toString()).commit("Large");
        var mirror = mirror(files(100_000));

        assertThatThrownBy(() -> mirror.fetch(List.of(MAIN)))
                .isInstanceOf(UserError.class)
                .hasMessage("the repository has more than 100,000 bytes");
    }

    @Test
    void aServerThatNeverEndsIsLeft() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
            exchange.sendResponseHeaders(200, 0);
            var body = exchange.getResponseBody();
            body.write("001e# service=git-upload-pack\n0000".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            while (true) {
                var ref = "%040x refs/heads/b%d\n".formatted(System.nanoTime(), System.nanoTime());
                body.write(
                        "%04x%s".formatted(ref.length() + 4, ref).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        });
        server.start();
        try {
            var policy = new FetchPolicy(Optional.empty(), LOOPBACK, 1 << 20, Duration.ofSeconds(1));
            var mirror = new Mirrors(directory.resolve("mirrors"), policy, GitCredentials.NONE)
                    .of(
                            "shop",
                            "http://127.0.0.1:%d/shop.git"
                                    .formatted(server.getAddress().getPort()));

            assertThatThrownBy(() -> mirror.fetch(List.of(MAIN))).isInstanceOf(UserError.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void credentialsGoWhereTheyBelongAndNeverAlongARedirect() throws Exception {
        var asked = Collections.synchronizedList(new ArrayList<String>());
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var login = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(exchange.getRequestURI().getPath() + " " + login);
            if (login == null) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"forge\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                exchange.getResponseHeaders().add("Location", "/elsewhere/info/refs");
                exchange.sendResponseHeaders(302, -1);
            }
            exchange.close();
        });
        server.start();
        try {
            var policy = new FetchPolicy(Optional.empty(), LOOPBACK, 1 << 20, Duration.ofSeconds(20));
            var urls = new ArrayList<URI>();
            GitCredentials credentials = (project, where) -> {
                urls.add(where);
                return Optional.of(new GitCredentials.Login("robot", "s3cret"));
            };
            var mirror = new Mirrors(directory.resolve("mirrors"), policy, credentials)
                    .of(
                            "shop",
                            "http://127.0.0.1:%d/shop.git"
                                    .formatted(server.getAddress().getPort()));

            var refused = catchThrowableOfType(UserError.class, () -> mirror.fetch(List.of(MAIN)));

            assertThat(refused.what()).doesNotContain("s3cret");
            assertThat(urls).hasSize(1);
            assertThat(asked).isNotEmpty().noneMatch(path -> path.startsWith("/elsewhere"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAddressThatLeadsToThisHostIsNotAsked() {
        var policy = new FetchPolicy(Optional.empty(), CLOSED, 1 << 20, Duration.ofSeconds(5));
        var mirrors = new Mirrors(directory.resolve("mirrors"), policy, GitCredentials.NONE);

        for (var address : List.of(
                "https://127.0.0.1/shop.git",
                "https://localhost/shop.git",
                "https://169.254.169.254/shop.git",
                "https://[::1]/shop.git",
                "https://0.0.0.0/shop.git",
                "http://forge.example/shop.git",
                "ssh://git@forge.example/shop.git",
                "file:///etc")) {
            assertThatThrownBy(() -> mirrors.of("shop", address).fetch(List.of(MAIN)))
                    .as(address)
                    .isInstanceOf(UserError.class);
        }
        assertThat(directory.resolve("mirrors")).doesNotExist();
    }

    @Test
    void filesAreFetchedOnlyBelowTheDirectoryThatIsAllowed() {
        var policy = files(1 << 20);

        assertThatThrownBy(() -> policy.check("file://" + directory + "/../../etc"))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> policy.check("file:///etc")).isInstanceOf(UserError.class);
        assertThat(policy.check(url)).isNotNull();
    }

    @Test
    void aRefThatIsNoneIsRefused() {
        var mirror = mirror(files(1 << 20));

        for (var ref : List.of("main", "refs/heads/*", "refs/heads/a..b", "--all", "refs/heads/a:refs/heads/main")) {
            assertThatThrownBy(() -> mirror.fetch(List.of(ref))).as(ref).isInstanceOf(UserError.class);
        }
    }

    @Test
    void aRefThatTheOriginDoesNotHaveIsNamed() throws Exception {
        origin.write("a", "1").commit("First");

        assertThatThrownBy(() -> mirror(files(1 << 20)).fetch(List.of("refs/pull/7/head")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("refs/pull/7/head");
    }

    private FetchPolicy files(long most) {
        return new FetchPolicy(Optional.of(directory), CLOSED, most, Duration.ofSeconds(20));
    }

    private Mirror mirror(FetchPolicy policy) {
        return new Mirrors(directory.resolve("mirrors"), policy, GitCredentials.NONE).of("shop", url);
    }
}
