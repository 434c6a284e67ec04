package dev.stepzero.scan.iac;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A small tree written for a test, and what a reader makes of it. */
public final class ReadTree {
    private final Path root;
    private final Intake intake = new Intake();
    private List<Configuration> configurations = List.of();

    public ReadTree(Path root) {
        this.root = root;
    }

    public ReadTree with(String path, String text) {
        try {
            var file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ReadTree readBy(ResourceReader reader) throws InterruptedException {
        configurations = reader.read(TreeFiles.of(root, intake), intake);
        return this;
    }

    public List<Configuration> configurations() {
        return configurations;
    }

    public List<Resource> all() {
        return configurations.stream()
                .flatMap(each -> each.resources().all().stream())
                .toList();
    }

    public List<String> addresses() {
        return all().stream().map(each -> each.kind() + " " + each.address()).toList();
    }

    /** The only resource of a kind. */
    public Resource only(String kind) {
        var found = all().stream().filter(each -> each.kind().equals(kind)).toList();
        if (found.size() != 1) {
            throw new AssertionError("not one " + kind + " but " + addresses());
        }
        return found.getFirst();
    }

    public List<String> problems() {
        return intake.problems().stream()
                .map(each -> each.position().file() + ":" + each.position().line() + " " + each.message())
                .toList();
    }

    public Map<String, String> skipped() {
        return intake.coverage(0, 0).skipped().stream()
                .collect(Collectors.toMap(each -> each.path(), each -> each.reason()));
    }

    /** A value as plain Java, so that a test can compare it: a reason in angle brackets stands for an unknown. */
    public static Object plain(Value value) {
        return switch (value) {
            case Value.Absent absent -> "<absent>";
            case Value.Bool bool -> bool.value();
            case Value.Numeric number -> number.value().intValueExact();
            case Value.Text text -> text.value();
            case Value.Sequence list ->
                list.items().stream().map(Located::value).map(ReadTree::plain).toList();
            case Value.Mapping map -> {
                var plain = new LinkedHashMap<String, Object>();
                map.entries().forEach((name, entry) -> plain.put(name, plain(entry.value())));
                yield plain;
            }
            case dev.stepzero.core.resource.Unknown unknown -> "<" + unknown.chain() + ">";
        };
    }
}
