package dev.stepzero.ship.deploy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The load balancer's program, a process of its own that outlives the command which started it. Its only argument is
 * the directory with its settings; it leaves with status 1 when it cannot listen.
 */
public final class ProxyMain {
    private ProxyMain() {}

    public static void main(String[] arguments) throws Exception {
        var files = new ProxyFiles(Path.of(arguments[0]));
        var settings = files.settings().orElseThrow(() -> new IOException("no settings in " + arguments[0]));
        var token = Files.readString(files.token());
        try {
            var logs = List.of(files.directory().resolve(LoadBalancerProcess.NAME + ".log"));
            new ProxyServer(settings, files, token).run(logs);
        } catch (IOException e) {
            System.err.println("cannot serve: " + e.getMessage());
            System.exit(1);
        }
    }
}
