package dev.stepzero.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stepzero.core.UserError;
import dev.stepzero.store.Coordinates;
import dev.stepzero.store.process.Accounts;
import dev.stepzero.store.process.Detached;
import dev.stepzero.store.process.Unprivileged;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresClusterTest {
    private static final Path BINARIES = BinariesCache.ofThisUser();

    @TempDir
    Path directory;

    private final List<Process> programs = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() throws Exception {
        programs.forEach(Process::destroyForcibly);
        for (var program : programs) {
            program.waitFor();
        }
        cluster().stop();
    }

    private PostgresCluster cluster() {
        return PostgresCluster.at(directory.resolve("postgres")).withBinariesIn(BINARIES);
    }

    @Test
    void theLastLeaseStopsTheServerAndTheDataStay() throws Exception {
        try (var lease = cluster().open()) {
            run(lease.server().superuser("postgres"), "CREATE TABLE kept (answer int)");
        }

        assertThat(cluster().isRunning()).isFalse();
        try (var lease = cluster().open()) {
            assertThat(count(lease.server().superuser("postgres"), "kept")).isZero();
        }
    }

    @Test
    void leasesThatAreClosedInARowLeaveNoServer() throws Exception {
        var first = cluster().open();
        var second = cluster().open();

        first.close();
        second.close();

        assertThat(cluster().isRunning()).isFalse();
    }

    @Test
    void twoProcessesShareOneServer() throws Exception {
        var other = hold();
        var lease = cluster().open();

        assertThat(Programs.read(directory.resolve("0.out")))
                .contains("open " + lease.server().port());
        lease.close();
        assertThat(cluster().isRunning()).isTrue();
        other.getOutputStream().close();
        assertThat(other.waitFor()).isZero();
        assertThat(cluster().isRunning()).isFalse();
    }

    @Test
    void twoProcessesMayStartItForTheFirstTimeAtOnce() throws Exception {
        var binaries = directory.resolve("binaries");
        for (var number = 0; number < 2; number++) {
            programs.add(Programs.start(
                    HoldLease.class,
                    directory.resolve(number + ".out"),
                    directory.resolve("postgres").toString(),
                    binaries.toString()));
        }

        Programs.await(
                "both hold a lease",
                () -> Programs.read(directory.resolve("0.out")).contains("open")
                        && Programs.read(directory.resolve("1.out")).contains("open"));

        assertThat(Programs.read(directory.resolve("0.out"))).isEqualTo(Programs.read(directory.resolve("1.out")));
    }

    @Test
    void aProcessThatWasKilledHoldsNoLease() throws Exception {
        var killed = hold();
        var lease = cluster().open();
        killed.destroyForcibly().waitFor();

        lease.close();

        assertThat(cluster().isRunning()).isFalse();
    }

    @Test
    void aStandingServerOutlivesItsLeasesOnTheSamePort() throws Exception {
        int port;
        try (var lease = cluster().standing().open()) {
            port = lease.server().port();
        }

        assertThat(cluster().isRunning()).isTrue();
        assertThat(cluster().standing().start().port()).isEqualTo(port);
    }

    @Test
    void aKilledServerComesBackWithWhatWasCommitted() throws Exception {
        var superuser = cluster().start().superuser("postgres");
        run(superuser, "CREATE TABLE kept AS SELECT 42 AS answer");
        ProcessHandle.of(serverPid()).orElseThrow().destroyForcibly();
        Programs.await("the server is dead", () -> !cluster().isRunning());

        var again = cluster().start().superuser("postgres");

        assertThat(count(again, "kept")).isEqualTo(1);
    }

    @Test
    void aLockFileThatNamesAnotherProcessDoesNotKeepItFromStarting() throws Exception {
        cluster().start();
        cluster().stop();
        var lock = directory.resolve("postgres/data/postmaster.pid");
        var otherOfTheSameUser = new ProcessBuilder("sleep", "600").start();
        programs.add(otherOfTheSameUser);
        Files.writeString(lock, otherOfTheSameUser.pid() + "\n" + lock.getParent() + "\n1\n5432\n\n127.0.0.1\n 1 1\n");

        cluster().start();

        assertThat(otherOfTheSameUser.isAlive()).isTrue();
        assertThat(cluster().isRunning()).isTrue();
    }

    @Test
    void theServerNeverRunsAsRoot() throws Exception {
        cluster().start();

        var owner = Files.getAttribute(Path.of("/proc", Long.toString(serverPid())), "unix:uid");

        assertThat(owner).isEqualTo(Accounts.current() == 0 ? 10_002 : Accounts.current());
    }

    @ParameterizedTest
    @ValueSource(ints = {65_534, 12_345})
    void anOrdinaryUserRunsItAsItselfWithOrWithoutAName(int uid) throws Exception {
        var user = Unprivileged.as(uid);
        assumeTrue(user.isAnother(), "only root can become an ordinary user for this test");
        Binaries.unpackedIn(BINARIES);
        user.give(directory);
        var needs = Programs.needs();
        needs.addAll(List.of(directory, BINARIES));
        var holdLease =
                Programs.command(HoldLease.class, directory.resolve("postgres").toString(), BINARIES.toString());
        var output = directory.resolve("ordinary.out");

        var program = Programs.start(user.command(holdLease, Map.of(), needs), output);
        programs.add(program);
        Programs.await(
                "the ordinary user holds a lease: " + Programs.read(output),
                () -> Programs.read(output).contains("open"));

        assertThat(Files.getAttribute(Path.of("/proc", Long.toString(serverPid())), "unix:uid"))
                .isEqualTo(uid);
        program.getOutputStream().close();
        assertThat(program.waitFor()).isZero();
        assertThat(cluster().isRunning()).isFalse();
    }

    @Test
    void passwordAndDataAreForTheirOwnerAlone() throws Exception {
        cluster().start();

        var password = Files.getPosixFilePermissions(directory.resolve("postgres/password"));
        var data = Files.getPosixFilePermissions(directory.resolve("postgres/data"));

        assertThat(PosixFilePermissions.toString(password)).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(data)).isEqualTo("rwx------");
    }

    @Test
    void aRoleEntersOnlyItsDatabaseAndOnlyWithItsPassword() throws Exception {
        var server = cluster().start();
        server.role("the \"owner\"", "first'secret");
        server.role("other", "second");
        server.database("the \"books\"", "the \"owner\"");

        run(server.as("the \"owner\"", "first'secret", "the%20%22books%22"), "CREATE TABLE page (number int)");

        assertThatThrownBy(() -> run(server.as("other", "second", "the%20%22books%22"), "SELECT 1"))
                .hasMessageContaining("permission denied for database");
        assertThatThrownBy(() -> run(server.as("other", "wrong", "postgres"), "SELECT 1"))
                .hasMessageContaining("password authentication failed");
        server.admit("other", "the \"books\"");
        assertThatThrownBy(() -> run(server.as("other", "second", "the%20%22books%22"), "CREATE TABLE evil ()"))
                .hasMessageContaining("no schema has been selected to create in");
    }

    @Test
    void whatAServerIsNeverShowsItsPassword() throws Exception {
        var server = cluster().start();

        assertThat(server.toString() + server.superuser("postgres")).doesNotContain(server.password());
    }

    @Test
    void aTakenPortOfAStandingServerNamesWhoHoldsIt() throws Exception {
        var port = cluster().standing().start().port();
        cluster().stop();

        try (var holder = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> cluster().standing().start())
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("port " + holder.getLocalPort())
                    .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
            assertThat(cluster().start().port()).isNotEqualTo(port);
        }
    }

    @Test
    void dataOfAnotherMajorVersionAreRefusedWithBothVersions() throws Exception {
        cluster().start();
        cluster().stop();
        Files.writeString(directory.resolve("postgres/data/PG_VERSION"), "9\n");

        assertThatThrownBy(() -> cluster().start())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("PostgreSQL 9")
                .hasMessageContaining("brings PostgreSQL 18");
    }

    @Test
    void brokenDataAreRefusedWithTheServersOwnLastLines() throws Exception {
        cluster().start();
        cluster().stop();
        Files.delete(directory.resolve("postgres/data/global/pg_control"));

        assertThatThrownBy(() -> cluster().start())
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.fix().orElseThrow()).contains("backup"))
                .hasMessageContaining("pg_control");
    }

    @Test
    void anInitialisationThatWasCutOffBeginsAnew() throws Exception {
        var partial = directory.resolve("postgres/initialising/data");
        Files.createDirectories(partial);
        Files.writeString(partial.resolve("PG_VERSION"), "18\n");

        cluster().start();

        assertThat(cluster().isRunning()).isTrue();
    }

    @Test
    void aPlaceThatIsAFileIsRefused() throws Exception {
        Files.writeString(directory.resolve("postgres"), "");

        assertThatThrownBy(() -> cluster().start())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot keep a database here");
        Files.delete(directory.resolve("postgres"));
    }

    @Test
    void deletingLeavesNeitherProcessNorFile() throws Exception {
        cluster().start();
        var pid = serverPid();

        cluster().delete();

        assertThat(directory.resolve("postgres")).doesNotExist();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private long serverPid() {
        return Detached.named("server", directory.resolve("postgres"))
                .running()
                .orElseThrow()
                .pid();
    }

    private Process hold() throws Exception {
        var output = directory.resolve(programs.size() + ".out");
        var program = Programs.start(
                HoldLease.class, output, directory.resolve("postgres").toString(), BINARIES.toString());
        programs.add(program);
        Programs.await(
                "the other program holds a lease", () -> Programs.read(output).contains("open"));
        return program;
    }

    private static void run(Coordinates coordinates, String sql) throws SQLException {
        try (var connection = connect(coordinates);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(Coordinates coordinates, String table) throws SQLException {
        try (var connection = connect(coordinates);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection connect(Coordinates coordinates) throws SQLException {
        return DriverManager.getConnection(coordinates.url(), coordinates.user(), coordinates.password());
    }
}
