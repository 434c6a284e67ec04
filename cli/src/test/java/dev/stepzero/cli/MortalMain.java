package dev.stepzero.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The program, which {@code kill -9} ends at the first message that matches its first argument, before it goes on. */
final class MortalMain {
    private MortalMain() {}

    public static void main(String[] arguments) {
        var terminal = Terminal.ofProcess(System.getenv());
        var last = Pattern.compile(arguments[0]).asMatchPredicate();
        var mortal = new Terminal(
                terminal.out(), new LastWords(terminal.err(), last), false, false, terminal.width(), System.getenv());
        System.exit(Main.run(mortal, Arrays.copyOfRange(arguments, 1, arguments.length)));
    }

    private static final class LastWords extends PrintWriter {
        private final Predicate<String> last;

        LastWords(PrintWriter messages, Predicate<String> last) {
            super(messages, true);
            this.last = last;
        }

        @Override
        public void println(String text) {
            super.println(text);
            if (last.test(text)) {
                die();
            }
        }

        private static void die() {
            var self = Long.toString(ProcessHandle.current().pid());
            try {
                new ProcessBuilder("kill", "-KILL", self).inheritIO().start();
                new CountDownLatch(1).await();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
