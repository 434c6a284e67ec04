package dev.stepzero.scan.packages.installed.binary;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The modules that a program was built from, as Go always writes them into it and {@code cargo auditable} does for Rust.
 * A section table stands at a program's end, which a stream shows last: so the information itself is sought, by the
 * marks that it begins with, in one pass.
 */
public final class ProgramModules {
    private static final int ELF = 0x7f454c46;
    private static final int FAT = 0xcafebabe;
    private static final List<Integer> MACH = List.of(0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe);

    /** Java's class files begin like Mach-O's fat ones, but with a larger number there. */
    private static final int MOST_ARCHITECTURES = 20;

    /** How many bytes {@link #isProgram} looks at. */
    public static final int HEAD = 8;

    /** What must be in view to tell that something begins at a place. */
    private static final int VIEW = 64;

    private static final byte ZLIB = 0x78;

    private ProgramModules() {}

    /** A module. */
    public record Module(PackageUrl purl, Scope scope) {}

    /** Whether a file is a machine's program or library, by its first bytes. */
    public static boolean isProgram(byte[] head, int length) {
        if (length < HEAD) {
            return false;
        }
        int magic = number(head, 0);
        return magic == ELF
                || MACH.contains(magic)
                || (magic == FAT && number(head, 4) > 0 && number(head, 4) < MOST_ARCHITECTURES)
                || (head[0] == 'M' && head[1] == 'Z');
    }

    private static int number(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }

    /**
     * Reads a program up to its modules, or to its end where it tells none.
     *
     * @throws IOException if the stream breaks
     */
    public static List<Module> read(InputStream in) throws IOException {
        var window = new Window(in);
        List<Module> old = new ArrayList<>();
        try (var rust = new RustAudit()) {
            window.moveTo(0);
            while (true) {
                int end = window.ended() ? window.length() : window.length() - VIEW;
                boolean last = window.ended();
                var bytes = window.bytes();
                for (int at = 0; at + 1 < end; at++) {
                    if (mayBegin(bytes[at], bytes[at + 1])) {
                        var modules = modulesAt(window, at, rust, old);
                        if (!modules.isEmpty()) {
                            return modules;
                        }
                        bytes = window.bytes();
                    }
                }
                if (last) {
                    return old;
                }
                window.moveTo(end - 1);
            }
        }
    }

    /** Two bytes tell nearly always, and cost nothing: a program has millions of places. */
    private static boolean mayBegin(byte first, byte second) {
        return switch (first) {
            case ZLIB -> second == 0x01 || second == 0x5e || second == (byte) 0x9c || second == (byte) 0xda;
            case (byte) 0xff -> second == GoBuildInfo.MAGIC[1];
            case 0x30 -> second == GoBuildInfo.MODULES[1];
            default -> false;
        };
    }

    private static List<Module> modulesAt(Window window, int at, RustAudit rust, List<Module> old) throws IOException {
        if (window.bytes()[at] == ZLIB) {
            return rust.at(window, at);
        }
        if (starts(GoBuildInfo.MAGIC, window, at)) {
            return GoBuildInfo.at(window, at);
        }
        if (old.isEmpty() && starts(GoBuildInfo.MODULES, window, at)) {
            old.addAll(GoBuildInfo.modulesAt(window, at));
        }
        return List.of();
    }

    private static boolean starts(byte[] mark, Window window, int at) {
        return at + mark.length <= window.length()
                && Arrays.equals(window.bytes(), at, at + mark.length, mark, 0, mark.length);
    }
}
