package dev.stepzero.cli;

import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.govern.json.JsonWriter;
import dev.stepzero.govern.report.Ink;
import dev.stepzero.govern.report.Screen;
import dev.stepzero.govern.report.Shown;
import dev.stepzero.scan.iac.Configuration;
import java.io.IOException;
import java.util.List;

/** Resources for people: each with its address, its place and an attribute a line. */
final class ResourceTable {
    private static final int MARGIN = 4;

    private final Terminal terminal;
    private final Screen screen;
    private final Ink paint;

    ResourceTable(Terminal terminal) {
        this.terminal = terminal;
        screen = terminal.screen(false);
        paint = new Ink(screen.colours(), screen.unicode());
    }

    void print(List<Configuration> configurations) throws IOException {
        var count = 0;
        for (var configuration : configurations) {
            for (var resource : configuration.resources().all()) {
                print(resource);
                count++;
            }
        }
        terminal.out().append(count == 1 ? "1 resource\n" : count + " resources\n");
    }

    private void print(Resource resource) throws IOException {
        var place = ResourcesCommand.place(resource.position());
        terminal.out()
                .append(paint.strong(Shown.line(resource.address())))
                .append("  ")
                .append(paint.faint(Shown.line(resource.kind() + (place.isEmpty() ? "" : "  " + place))))
                .append('\n');
        for (var entry : resource.attributes().entries().entrySet()) {
            var name = Shown.line(entry.getKey());
            var room = Math.max(MARGIN, screen.width() - MARGIN - name.length() - 3);
            var value = Shown.fitting(Shown.line(text(entry.getValue().value())), room);
            terminal.out()
                    .append("    ")
                    .append(paint.faint(name + " = "))
                    .append(entry.getValue().value() instanceof Unknown ? paint.caution(value) : value)
                    .append('\n');
        }
        terminal.out().append('\n');
    }

    private static String text(Value value) throws IOException {
        var text = new StringBuilder();
        switch (value) {
            case Unknown unknown -> text.append("unknown: ").append(unknown.chain());
            default -> new ValueJson(new JsonWriter(text).flat()).write(value);
        }
        return text.toString();
    }
}
