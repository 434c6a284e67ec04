package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.tree.Intake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** Says what an instruction means where it stands. */
final class InstructionReader {
    private static final int LONGEST_TEXT = 10_000;

    private final String path;
    private final char escape;
    private final Settings settings;
    private final Scripts scripts;

    InstructionReader(String path, char escape, Intake intake) {
        this.path = path;
        this.escape = escape;
        this.settings = new Settings(path, escape);
        this.scripts = new Scripts(path, intake);
    }

    Position position(Statement statement) {
        return new Position(path, statement.line(), 1, statement.endLine());
    }

    /** What every instruction has. */
    Attributes begin(Statement statement, Variables variables) {
        var text = statement.name() + " " + statement.text().text().strip();
        return new Attributes(position(statement))
                .put("instruction", statement.name())
                .put("text", text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text)
                .put("flags", flags(statement, variables));
    }

    void globalArg(Statement statement, Variables global, Attributes attributes) {
        settings.arg(statement, global, global, attributes);
    }

    /** Fills in what an instruction of a stage is about, and changes the stage by it unless it is kept for later. */
    void read(
            Statement statement,
            Stage stage,
            Variables global,
            List<Stage> earlier,
            boolean trigger,
            Attributes attributes) {
        attributes
                .put("stage", stage.label())
                .put("stage_index", stage.index)
                .put("final", stage.last)
                .put("onbuild", trigger)
                .put("shell", attributes.texts(stage.shell));
        for (var name : List.of("user", "workdir")) {
            var before = stage.settings.get(name);
            if (before != null) {
                attributes.put(name + "_before", before);
            }
        }
        switch (statement.name()) {
            case "RUN" -> {
                scripts.read(statement, statement.arguments(), stage, attributes);
                attributes.list("mounts", mounts(statement, stage, earlier));
            }
            case "CMD", "ENTRYPOINT" -> {
                scripts.read(statement, statement.arguments(), stage, attributes);
                remember(statement.name().toLowerCase(Locale.ROOT), stage, trigger, attributes);
            }
            case "HEALTHCHECK" -> {
                healthcheck(statement, stage, attributes);
                remember("healthcheck", stage, trigger, attributes);
            }
            case "COPY", "ADD" -> {
                Copies.read(statement, settings, stage, earlier, attributes);
                statement.flag("from").ifPresent(text -> {
                    var from = Expansion.of(text, escape, stage.variables);
                    attributes.put("from", from).put("from_kind", Copies.origin(from, stage, earlier));
                });
            }
            case "ENV" -> settings.env(statement, stage, attributes);
            case "ARG" -> settings.arg(statement, stage.variables, global, attributes);
            case "LABEL" -> settings.label(statement, stage, attributes);
            case "EXPOSE" -> settings.expose(statement, stage, attributes);
            case "USER" -> settings.user(statement, stage, attributes);
            case "WORKDIR" -> settings.single("workdir", statement, stage, attributes);
            case "STOPSIGNAL" -> settings.single("stopsignal", statement, stage, attributes);
            case "VOLUME" -> settings.volume(statement, stage, attributes);
            case "SHELL" -> settings.shell(statement, stage, attributes);
            case "ONBUILD" ->
                attributes.put("trigger", statement.trigger(escape).name());
            default -> {}
        }
    }

    private static void remember(String name, Stage stage, boolean trigger, Attributes attributes) {
        if (!trigger) {
            stage.settings.put(name, attributes.located());
        }
    }

    private void healthcheck(Statement statement, Stage stage, Attributes attributes) {
        var text = statement.arguments().text();
        int end = Words.end(text, 0, escape);
        var type = text.substring(0, end).toUpperCase(Locale.ROOT);
        attributes.put("none", type.equals("NONE"));
        if (type.equals("CMD")) {
            scripts.read(statement, statement.arguments().from(Math.min(end, text.length())), stage, attributes);
        }
    }

    private Value flags(Statement statement, Variables variables) {
        var flags = new LinkedHashMap<String, Located>();
        for (var flag : statement.flags()) {
            flags.putIfAbsent(
                    flag.name(),
                    new Located(
                            Expansion.of(flag.value(), escape, variables),
                            new Position(path, flag.line(), 1, flag.line())));
        }
        return new Value.Mapping(flags);
    }

    private List<Located> mounts(Statement statement, Stage stage, List<Stage> earlier) {
        var mounts = new ArrayList<Located>();
        for (var flag : statement.flags()) {
            if (flag.name().equals("mount")) {
                var attributes = new Attributes(new Position(path, flag.line(), 1, flag.line()));
                attributes.put("type", "bind");
                for (var part : flag.value().split(",", 100)) {
                    int eq = part.indexOf('=');
                    var value =
                            eq < 0 ? Value.of("true") : Expansion.of(part.substring(eq + 1), escape, stage.variables);
                    var key = eq < 0 ? part : part.substring(0, eq);
                    attributes.put(canonical(key), value);
                    if (key.equals("from")) {
                        attributes.put("from_kind", Copies.origin(value, stage, earlier));
                    }
                }
                mounts.add(attributes.located());
            }
        }
        return mounts;
    }

    private static String canonical(String key) {
        return switch (key) {
            case "dst", "destination" -> "target";
            case "src" -> "source";
            case "ro" -> "readonly";
            case "rw" -> "readwrite";
            default -> key;
        };
    }
}
