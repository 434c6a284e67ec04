package dev.stepzero.scan.terraform;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.iac.ReadTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A tree of Terraform files written for a test, and what it comes to. */
final class Evaluated {
    private final ReadTree tree;
    private List<Path> valueFiles = List.of();
    private Map<String, String> environment = Map.of();

    Evaluated(Path root) {
        this.tree = new ReadTree(root);
    }

    /** Evaluates one file alone. */
    static Evaluated of(Path root, String main) throws InterruptedException {
        return new Evaluated(root).with("main.tf", main).read();
    }

    Evaluated with(String path, String text) {
        tree.with(path, text);
        return this;
    }

    Evaluated valueFile(Path file) {
        valueFiles = List.of(file);
        return this;
    }

    Evaluated environment(String name, String value) {
        environment = Map.of(name, value);
        return this;
    }

    Evaluated read() throws InterruptedException {
        tree.readBy(new TerraformReader(valueFiles, environment));
        return this;
    }

    Resource at(String address) {
        return tree.all().stream()
                .filter(each -> each.address().equals(address))
                .findFirst()
                .orElseThrow(() -> new AssertionError(address + " is not among " + tree.addresses()));
    }

    Value value(String address, String attribute) {
        return at(address).attributes().get(attribute);
    }

    /** As plain Java; {@code <reasons>} for what is unknown. */
    Object plain(String address, String attribute) {
        return ReadTree.plain(value(address, attribute));
    }

    Unknown unknown(String address, String attribute) {
        return value(address, attribute) instanceof Unknown unknown
                ? unknown
                : fail(address + "." + attribute + " is known: " + value(address, attribute));
    }

    private static Unknown fail(String message) {
        throw new AssertionError(message);
    }

    Position position(String address, String attribute) {
        return at(address).attributes().entry(attribute).orElseThrow().position();
    }

    /** Addresses of one kind. */
    List<String> ofKind(String kind) {
        return tree.all().stream()
                .filter(each -> each.kind().equals(kind))
                .map(Resource::address)
                .toList();
    }

    List<String> roots() {
        return tree.configurations().stream().map(each -> each.name()).toList();
    }

    List<String> problems() {
        return tree.problems();
    }

    Map<String, String> skipped() {
        return tree.reasons();
    }
}
