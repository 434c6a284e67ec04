package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.Configuration;
import dev.stepzero.scan.tree.Intake;
import dev.stepzero.scan.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Templates written to a directory, and what they give. */
final class Stacks {
    private final Path directory;
    private List<Configuration> configurations = List.of();
    private Intake intake = new Intake();

    Stacks(Path directory) {
        this.directory = directory;
    }

    Stacks with(String path, String text) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Stacks read() throws InterruptedException {
        intake = new Intake();
        configurations = new CloudFormationReader().read(TreeFiles.of(directory, intake), intake);
        return this;
    }

    /** Reads one template alone. */
    Stacks read(String text) throws IOException, InterruptedException {
        return with("template.yaml", text).read();
    }

    List<Configuration> configurations() {
        return configurations;
    }

    List<Intake.Problem> problems() {
        return intake.problems();
    }

    List<String> messages() {
        return problems().stream().map(Intake.Problem::message).toList();
    }

    List<Resource> all() {
        return configurations.stream()
                .flatMap(configuration -> configuration.resources().all().stream())
                .toList();
    }

    List<String> addresses() {
        return all().stream().map(Resource::address).toList();
    }

    Resource at(String address) {
        return all().stream()
                .filter(resource -> resource.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new AssertionError(address + " is not among " + addresses()));
    }

    Value value(String address, String attribute) {
        return at(address).attributes().get(attribute);
    }

    /** An attribute, or all of them with an empty name, as plain Java. */
    Object plain(String address, String attribute) {
        return plain(attribute.isEmpty() ? at(address).attributes() : value(address, attribute));
    }

    Object plain(String address) {
        return plain(address, "");
    }

    private static Object plain(Value value) {
        return switch (value) {
            case Value.Text text -> text.value();
            case Value.Bool bool -> bool.value();
            case Value.Numeric number -> number.value().intValueExact();
            case Value.Absent absent -> "absent";
            case Value.Sequence list -> {
                var items = new ArrayList<>();
                list.items().forEach(item -> items.add(plain(item.value())));
                yield items;
            }
            case Value.Mapping map -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                map.entries().forEach((name, entry) -> entries.put(name, plain(entry.value())));
                yield entries;
            }
            case Unknown unknown
            when unknown.references().size() == 1 -> {
                var reference = unknown.references().iterator().next();
                yield "-> " + reference.address() + "." + reference.attribute();
            }
            case Unknown unknown
            when !unknown.oneOf().isEmpty() ->
                "one of " + unknown.oneOf().stream().map(Stacks::plain).toList();
            case Unknown unknown -> "? " + unknown.chain();
        };
    }
}
