package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.ship.sandbox.SandboxCommand.Network;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a sandbox must keep commands from on a machine that lets it. */
abstract class SandboxSpecification extends SecretSpecification {

    @Test
    void whatACommandWritesBelongsToWhoeverOwnsTheWorkspace() throws Exception {
        run("mkdir made && echo content > made/file && ln -s /etc/passwd made/link");

        assertThat(Owner.of(workspace.resolve("made/file"))).isEqualTo(Owner.of(directory));
        assertThat(Owner.of(workspace.resolve("made/link"))).isEqualTo(Owner.of(directory));
        assertThat(workspace.resolve("made/file")).hasContent("content");
    }

    @Test
    void aProgramThatSetsItsUserComesBackWithoutThatRight() throws Exception {
        Assumptions.assumeTrue(Invoker.current().root(), "only root takes files back from another user");

        run("cp /bin/sh shell; chmod 6755 shell");

        int mode = (int) Files.getAttribute(workspace.resolve("shell"), "unix:mode");
        assertThat(mode & 06000).isZero();
    }

    @Test
    void mountsAreSeenWhereTheyWereAskedFor() throws Exception {
        var tools = Files.createDirectory(directory.resolve("tools"));
        var cache = Files.createDirectory(directory.resolve("cache"));
        Files.writeString(tools.resolve("tool"), "a tool\n");
        var command = SandboxCommand.builder(
                        workspace,
                        List.of(
                                "sh",
                                "-c",
                                "cat $TOOLS/tool; touch $TOOLS/mine; echo kept > \"$1\"",
                                "x",
                                "/cache/file"))
                .readOnly(tools, "/opt/tools")
                .writable(cache, "/cache")
                .environment(Map.of("TOOLS", "/opt/tools"))
                .limits(SMALL);

        sandbox().run(command.build(), lines::add);

        assertThat(lines).contains("a tool").anyMatch(line -> line.contains("Read-only file system"));
        assertThat(cache.resolve("file")).hasContent("kept");
        assertThat(tools.resolve("mine")).doesNotExist();
    }

    @Test
    void withoutANetworkNothingIsReached() throws Exception {
        try (var server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), 0));

            run("cat /proc/net/dev /proc/net/route; busybox nc -w 2 127.0.0.1 " + server.getLocalPort()
                    + " < /dev/null && echo reached; echo done");
        }

        assertThat(lines).contains("done").doesNotContain("reached");
        assertThat(lines).noneMatch(line -> line.contains("eth0"));
    }

    @Test
    void aCommandMayTalkToItself() throws Exception {
        run("(echo hello | busybox nc -l -p 7777 &); for i in $(seq 100); do"
                + " busybox nc 127.0.0.1 7777 </dev/null && break; sleep 0.3; done");

        assertThat(lines).contains("hello");
    }

    @Test
    void anAllowedNetworkReachesTheHost() throws Exception {
        var address = hostAddress();
        try (var server = new ServerSocket(0, 50, address)) {
            Thread.ofVirtual().start(() -> {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write("greetings\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The command did not come; the assertion below says so.
                }
            });
            var command = command(
                            "busybox nc " + address.getHostAddress() + " " + server.getLocalPort() + " < /dev/null")
                    .network(Network.ALLOWED);

            sandbox().run(command.build(), lines::add);
        }

        assertThat(lines).contains("greetings");
    }

    @Test
    void theSystemCannotBeChanged() throws Exception {
        run("touch /etc/mine /bin/mine; echo tried");

        assertThat(lines).contains("tried");
        assertThat(Path.of("/etc/mine")).doesNotExist();
        assertThat(lines.stream()
                        .filter(line -> line.contains("Read-only file system") || line.contains("Permission denied")))
                .hasSize(2);
    }

    private static InetAddress hostAddress() throws Exception {
        return NetworkInterface.networkInterfaces()
                .filter(each -> {
                    try {
                        return each.isUp() && !each.isLoopback() && !each.isVirtual();
                    } catch (SocketException e) {
                        return false;
                    }
                })
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("this machine has no network"));
    }
}
