package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage while its instructions are read: what holds at this point of it. */
final class Stage {
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");
    private static final List<String> WINDOWS_SHELL = List.of("cmd", "/S", "/C");
    private static final int MOST_SETTINGS = 1_000;

    final int index;
    final boolean last;
    /** The name that it is given, or null. */
    final @Nullable String alias;

    final Position position;
    final Value.Mapping base;
    final Variables variables;
    final Map<String, Located> settings = new LinkedHashMap<>();
    final Map<String, Located> env = new LinkedHashMap<>();
    final Map<String, Located> labels = new LinkedHashMap<>();
    final List<Located> ports = new ArrayList<>();
    final List<Located> volumes = new ArrayList<>();
    final List<Located> instructions = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    List<String> shell = DEFAULT_SHELL;
    /** The name of the instruction that was read last. */
    String previous = "";

    boolean userSet;
    boolean used;

    /**
     * @param global the file's variables
     * @param from the stage that it goes on from, or null
     */
    Stage(
            Variables global,
            int index,
            boolean last,
            @Nullable String alias,
            Position position,
            Value.Mapping base,
            @Nullable Stage from) {
        this.index = index;
        this.last = last;
        this.alias = alias;
        this.position = position;
        this.base = base;
        if (from == null) {
            variables = global.ofStage();
            shell = windows(base) ? WINDOWS_SHELL : DEFAULT_SHELL;
        } else {
            variables = from.variables.inherited();
            shell = from.shell;
            settings.putAll(from.settings);
            env.putAll(from.env);
            labels.putAll(from.labels);
            ports.addAll(from.ports);
            volumes.addAll(from.volumes);
        }
    }

    private static boolean windows(Value.Mapping base) {
        return base.get("text") instanceof Value.Text image
                && (image.value().contains("windows")
                        || image.value().contains("nanoserver")
                        || image.value().contains("servercore"));
    }

    String label() {
        return alias == null ? String.valueOf(index) : alias;
    }

    /** How many of a name came before. */
    int count(String name) {
        return counts.merge(name, 1, Integer::sum) - 1;
    }

    void env(String name, Located value) {
        variables.setEnv(name, value.value());
        if (env.size() < MOST_SETTINGS) {
            env.put(name, value);
        }
    }

    void label(String name, Located value) {
        if (labels.size() < MOST_SETTINGS) {
            labels.put(name, value);
        }
    }

    void expose(Located port) {
        if (ports.size() < MOST_SETTINGS) {
            ports.add(port);
        }
    }

    void volume(Located volume) {
        if (volumes.size() < MOST_SETTINGS) {
            volumes.add(volume);
        }
    }

    boolean pipefail() {
        return shell.contains("pipefail") && !shell.contains("+o");
    }

    /** What it is, once all of it is read. */
    Value.Mapping attributes() {
        var attributes = new Attributes(position)
                .put("name", label())
                .put("index", index)
                .put("final", last)
                .put("used", used || last)
                .put("base", base)
                .put("user_set", userSet)
                .put("shell", new Attributes(position).texts(shell))
                .object("env", env)
                .object("labels", labels)
                .list("ports", ports)
                .list("volumes", volumes)
                .list("instructions", instructions);
        for (var name : List.of("image", "tag", "digest", "registry", "platform", "alias", "from_stage", "scratch")) {
            base.entry(name).ifPresent(value -> attributes.put(name, value));
        }
        settings.forEach(attributes::put);
        return attributes.build();
    }
}
