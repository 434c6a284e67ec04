package dev.stepzero.scan.terraform;

import dev.stepzero.scan.terraform.hcl.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the files of a directory together into a module, as Terraform does: overriding files come last and merge. */
final class ModuleAssembly {
    private final Map<String, Body.Block> variables = new LinkedHashMap<>();
    private final Map<String, Body.Attribute> locals = new LinkedHashMap<>();
    private final Map<String, Map<String, Body.Block>> resources = new LinkedHashMap<>();
    private final Map<String, Map<String, Body.Block>> data = new LinkedHashMap<>();
    private final Map<String, Body.Block> calls = new LinkedHashMap<>();
    private final Map<String, Body.Block> outputs = new LinkedHashMap<>();
    private final Map<String, Body.Block> providers = new LinkedHashMap<>();
    private Body.@Nullable Block settings;

    /** Whether a file's blocks change those of the others instead of adding to them. */
    static boolean overrides(String name) {
        var stem =
                name.endsWith(".tf.json") ? name.substring(0, name.length() - 8) : name.substring(0, name.length() - 3);
        return stem.equals("override") || stem.endsWith("_override");
    }

    /** Files that override are added after all others. */
    void add(Body file, boolean overriding) {
        for (var block : file.blocks()) {
            var labels = block.labels();
            switch (block.type()) {
                case "variable" -> put(variables, labels, block, overriding);
                case "output" -> put(outputs, labels, block, overriding);
                case "module" -> put(calls, labels, block, overriding);
                case "provider" -> provider(block, overriding);
                case "resource" -> put(resources, block, overriding);
                case "data" -> put(data, block, overriding);
                case "locals" -> block.body().attributes().forEach(each -> locals.put(each.name(), each));
                case "terraform" -> settings = settings == null ? block : joined(settings, block, overriding);
                default -> {}
            }
        }
    }

    Module module(String directory) {
        return module(directory, false);
    }

    /** What stands for a module that is not on disk. */
    Module outline(String source) {
        return module(source, true);
    }

    private Module module(String directory, boolean outline) {
        return new Module(
                directory,
                variables,
                locals,
                resources,
                data,
                calls,
                outputs,
                List.copyOf(providers.values()),
                settings,
                outline);
    }

    private static void put(Map<String, Body.Block> named, List<String> labels, Body.Block block, boolean overriding) {
        if (!labels.isEmpty()) {
            put(named, labels.getFirst(), block, overriding);
        }
    }

    private static void put(Map<String, Map<String, Body.Block>> typed, Body.Block block, boolean overriding) {
        if (block.labels().size() >= 2) {
            var named = typed.computeIfAbsent(block.labels().getFirst(), type -> new LinkedHashMap<>());
            put(named, block.labels().get(1), block, overriding);
        }
    }

    private static void put(Map<String, Body.Block> named, String name, Body.Block block, boolean overriding) {
        var before = named.get(name);
        named.put(name, before == null || !overriding ? block : merged(before, block));
    }

    private void provider(Body.Block block, boolean overriding) {
        var name = block.labels().isEmpty() ? "" : block.labels().getFirst();
        for (var attribute : block.body().attributes()) {
            if (attribute.name().equals("alias")) {
                name += "." + Syntax.literal(attribute.value()).orElse("");
            }
        }
        put(providers, name, block, overriding);
    }

    /** Attributes replace those of their name; nested blocks replace all blocks of their type. */
    private static Body.Block merged(Body.Block before, Body.Block override) {
        var attributes = new LinkedHashMap<String, Body.Attribute>();
        before.body().attributes().forEach(each -> attributes.put(each.name(), each));
        override.body().attributes().forEach(each -> attributes.put(each.name(), each));
        var replaced = new LinkedHashSet<String>();
        override.body().blocks().forEach(each -> replaced.add(kind(each)));
        var blocks = new ArrayList<Body.Block>();
        for (var block : before.body().blocks()) {
            if (!replaced.contains(kind(block))) {
                blocks.add(block);
            }
        }
        blocks.addAll(override.body().blocks());
        return with(before, List.copyOf(attributes.values()), blocks);
    }

    private static String kind(Body.Block block) {
        return block.type().equals("dynamic") && !block.labels().isEmpty()
                ? block.labels().getFirst()
                : block.type();
    }

    private static Body.Block joined(Body.Block before, Body.Block other, boolean overriding) {
        var attributes = new LinkedHashMap<String, Body.Attribute>();
        before.body().attributes().forEach(each -> attributes.put(each.name(), each));
        other.body().attributes().forEach(each -> attributes.put(each.name(), each));
        var blocks = new ArrayList<Body.Block>();
        for (var block : before.body().blocks()) {
            boolean backend = block.type().equals("backend") || block.type().equals("cloud");
            if (!(overriding
                    && backend
                    && other.body().blocks().stream()
                            .anyMatch(each -> kind(each).equals(kind(block))))) {
                blocks.add(block);
            }
        }
        blocks.addAll(other.body().blocks());
        return with(before, List.copyOf(attributes.values()), blocks);
    }

    private static Body.Block with(Body.Block block, List<Body.Attribute> attributes, List<Body.Block> blocks) {
        return new Body.Block(
                block.type(),
                block.labels(),
                new Body(attributes, blocks, block.body().position()),
                block.position());
    }
}
