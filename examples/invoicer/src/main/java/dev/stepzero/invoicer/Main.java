package dev.stepzero.invoicer;

import dev.stepzero.invoicer.database.Migration;
import dev.stepzero.invoicer.log.AppLog;
import dev.stepzero.invoicer.log.AppLog.Severity;
import dev.stepzero.invoicer.log.LibraryLog;
import dev.stepzero.invoicer.settings.Environment;
import dev.stepzero.invoicer.settings.UserError;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** The program: {@code serve}, which is also what it does without a command, or {@code migrate}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var log = new AppLog(
                out, Clock.systemUTC(), hostname(), ProcessHandle.current().pid());
        LibraryLog.install(log);
        try {
            run(arguments.length == 0 ? "serve" : String.join(" ", arguments), log);
        } catch (UserError e) {
            System.err.println("invoicer: " + e.getMessage());
            System.exit(e.exitCode());
        }
    }

    private static void run(String command, AppLog log) throws InterruptedException {
        var environment = new Environment(System.getenv());
        switch (command) {
            case "serve" -> serve(environment, log);
            case "migrate" -> {
                var migrations = Migration.from(environment).run();
                log.message(Severity.INFO, migrations + " migrations applied, rights granted");
            }
            default ->
                throw new UserError(
                        UserError.Kind.SETTINGS, "unknown command " + command + ": there are serve and migrate");
        }
    }

    private static void serve(Environment environment, AppLog log) throws InterruptedException {
        var application = Application.start(environment, log, Clock.systemUTC(), Main::announce);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(application, log)));
        // All other threads are virtual ones, which keep no program alive.
        new CountDownLatch(1).await();
    }

    /** Java would end with 143 after a SIGTERM, although stopping when told to is a success. */
    private static void stop(Application application, AppLog log) {
        log.message(Severity.INFO, "stopping");
        application.stop();
        log.message(Severity.INFO, "stopped");
        Runtime.getRuntime().halt(0);
    }

    private static void announce(String password) {
        System.err.println("invoicer: INVOICER_ADMIN_PASSWORD is not set; this time admin's password is " + password);
    }

    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return System.getenv().getOrDefault("HOSTNAME", "unknown");
        }
    }
}
