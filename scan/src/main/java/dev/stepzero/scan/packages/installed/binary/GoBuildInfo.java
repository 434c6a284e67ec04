package dev.stepzero.scan.packages.installed.binary;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.installed.binary.ProgramModules.Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Go's linker writes into a program (package {@code debug/buildinfo}): since Go 1.18 the compiler's version and the
 * modules follow the mark; before, only pointers do, so that the modules are found by the marks around them and the
 * compiler's version stays unknown.
 */
final class GoBuildInfo {
    static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
    static final byte[] MODULES = HexFormat.of().parseHex("3077af0c9274080241e1c107e6d618e6");

    private static final byte[] MODULES_END = HexFormat.of().parseHex("f932433186182072008242104116d8f2");
    private static final int ALIGNED = 16;
    private static final int FLAGS = 15;
    private static final int INLINE = 2;
    private static final int STRINGS = 32;
    private static final int LONGEST_VERSION = 200;
    private static final int LARGEST = 8 << 20;
    private static final Pattern RELEASE = Pattern.compile("go(\\d+\\.\\d+\\S*)(?:\\s.*)?");

    private GoBuildInfo() {}

    /** The modules behind the mark; none where it is not followed by them. */
    static List<Module> at(Window window, int at) throws IOException {
        if ((window.start() + at) % ALIGNED != 0
                || window.see(at, STRINGS) < STRINGS
                || (window.bytes()[at + FLAGS] & INLINE) == 0) {
            return List.of();
        }
        var version = text(window, at + STRINGS, LONGEST_VERSION);
        if (version.isEmpty()) {
            return List.of();
        }
        var modules = text(window, version.get().end(), LARGEST);
        var all = new ArrayList<Module>();
        var release = RELEASE.matcher(version.get().value());
        if (release.matches()) {
            all.add(module("stdlib", release.group(1)));
        }
        modules.ifPresent(text -> all.addAll(parse(unmarked(text.value()))));
        return all;
    }

    private record Text(String value, int end) {}

    /** A length in seven bits a byte, the lowest first, and so many bytes. */
    private static Optional<Text> text(Window window, int at, int longest) throws IOException {
        long length = 0;
        int from = at;
        for (int shift = 0; ; shift += 7, from++) {
            if (shift > 28 || window.see(from, 1) < 1) {
                return Optional.empty();
            }
            length |= (long) (window.bytes()[from] & 0x7f) << shift;
            if (window.bytes()[from] >= 0) {
                break;
            }
        }
        from++;
        if (length > longest || window.see(from, (int) length) < length) {
            return Optional.empty();
        }
        return Optional.of(new Text(
                new String(window.bytes(), from, (int) length, StandardCharsets.ISO_8859_1), from + (int) length));
    }

    private static String unmarked(String text) {
        int mark = MODULES.length;
        return text.length() > 2 * mark ? text.substring(mark, text.length() - mark) : "";
    }

    /** The modules between the two marks. */
    static List<Module> modulesAt(Window window, int at) throws IOException {
        int length = window.see(at, 1 << 20);
        var text = new String(window.bytes(), at, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(new String(MODULES_END, StandardCharsets.ISO_8859_1));
        return end < 0 ? List.of() : parse(text.substring(MODULES.length, end));
    }

    /** Lines of fields with tabs between; a replacement follows what it replaces. */
    private static List<Module> parse(String latin) {
        var text = new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        var modules = new ArrayList<Module>();
        for (var line : text.split("\n", -1)) {
            var fields = line.split("\t", -1);
            if (fields.length < 2 || fields[1].isBlank()) {
                continue;
            }
            var version = fields.length > 2 && !fields[2].equals("(devel)") ? fields[2] : "";
            switch (fields[0]) {
                case "mod", "dep" -> modules.add(module(fields[1], version));
                case "=>" -> {
                    // A directory that replaces a module has no version: what it holds is still that module.
                    if (!modules.isEmpty() && !version.isEmpty()) {
                        modules.removeLast();
                        modules.add(module(fields[1], version));
                    }
                }
                default -> {}
            }
        }
        return modules;
    }

    private static Module module(String path, String version) {
        int slash = path.lastIndexOf('/');
        return new Module(
                slash <= 0 || slash == path.length() - 1
                        ? PackageUrl.of("golang", "", path, version)
                        : PackageUrl.of("golang", path.substring(0, slash), path.substring(slash + 1), version),
                Scope.RUNTIME);
    }
}
