package dev.stepzero.scan.iac;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Resource;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.tree.WrittenTree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A small tree written for a test, and what a reader makes of it. */
public final class ReadTree extends WrittenTree<ReadTree> {
    private List<Configuration> configurations = List.of();

    public ReadTree(Path root) {
        super(root);
    }

    @Override
    protected ReadTree self() {
        return this;
    }

    public ReadTree readBy(ResourceReader reader) throws InterruptedException {
        configurations = reader.read(files(), intake());
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

    /** Why a file was left out, by its path. */
    public Map<String, String> reasons() {
        return intake().coverage(0, 0).skipped().stream()
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
