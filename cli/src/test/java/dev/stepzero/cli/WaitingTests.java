package dev.stepzero.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Tests of a small service that wait until they may go on. */
final class WaitingTests {
    static final String LINE = "waiting at the door";

    private final Path door;

    private WaitingTests(Path door) {
        this.door = door;
    }

    /** Waits for a file in a directory, which the user whom commands run as must be able to enter. */
    static WaitingTests in(Path directory) throws IOException {
        for (var each = Files.createDirectories(directory.resolve("door")); each.startsWith(directory); ) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
            each = each.getParent();
        }
        return new WaitingTests(directory.resolve("door/open"));
    }

    String script() {
        return """
                exec sh -c 'echo %s; while [ ! -e "$0" ]; do sleep 0.1; done' %s
                """.formatted(LINE, door);
    }

    /** Java that answers whether the tests may go on. */
    String question() {
        return "new java.io.File(\"%s\").exists()".formatted(door);
    }

    void open() throws IOException {
        Files.writeString(door, "");
    }

    /** Whether a process still waits. */
    boolean someWait() throws IOException {
        try (var processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(each -> String.valueOf(each.getFileName()).matches("[0-9]+"))
                    .map(WaitingTests::commandLine)
                    .anyMatch(line -> line.contains(LINE) && line.contains(door.toString()));
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
