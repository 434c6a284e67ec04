package dev.stepzero.scan.packages.installed.binary;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.PackageUrl;
import dev.stepzero.scan.packages.installed.binary.ProgramModules.Module;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The section that {@code cargo auditable} adds: JSON under zlib, known by the JSON's own beginning. */
final class RustAudit implements AutoCloseable {
    private static final byte[] BEGINNING = "{\"packages\":[".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST = 8 << 20;
    private static final int LARGEST_COMPRESSED = 2 << 20;
    private static final int TRIED = 64;

    private final Inflater inflater = new Inflater();
    private final byte[] beginning = new byte[BEGINNING.length];

    /** The crates in what begins at a place, where a zlib stream (RFC 1950) may be; mostly none. */
    List<Module> at(Window window, int at) throws IOException {
        if (!begins(window, at)) {
            return List.of();
        }
        int length = window.see(at, LARGEST_COMPRESSED);
        inflater.reset();
        inflater.setInput(window.bytes(), at, length);
        var content = new ByteArrayOutputStream();
        var chunk = new byte[16 << 10];
        try {
            while (!inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count == 0 || content.size() > LARGEST) {
                    return List.of();
                }
                content.write(chunk, 0, count);
            }
            return parse(content.toByteArray());
        } catch (DataFormatException | JacksonException e) {
            return List.of();
        }
    }

    private boolean begins(Window window, int at) {
        inflater.reset();
        inflater.setInput(window.bytes(), at, Math.min(TRIED, window.length() - at));
        try {
            return inflater.inflate(beginning) == beginning.length && Arrays.equals(beginning, BEGINNING);
        } catch (DataFormatException e) {
            return false;
        }
    }

    private static List<Module> parse(byte[] json) {
        var modules = new ArrayList<Module>();
        for (var each : JsonMapper.shared().readTree(json).path("packages").values()) {
            var name = each.path("name").asString("");
            if (!name.isEmpty()) {
                modules.add(new Module(
                        PackageUrl.of("cargo", "", name, each.path("version").asString("")),
                        each.path("kind").asString("").equals("build") ? Scope.DEVELOPMENT : Scope.RUNTIME));
            }
        }
        return modules;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
