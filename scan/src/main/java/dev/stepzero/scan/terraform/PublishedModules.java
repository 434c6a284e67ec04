package dev.stepzero.scan.terraform;

import dev.stepzero.core.UserError;
import dev.stepzero.core.resource.Position;
import dev.stepzero.scan.terraform.hcl.HclParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Outlines of modules that many take from the public registry, for where they are not on disk: the resources that security
 * depends on, made from the same arguments with the same defaults.
 */
final class PublishedModules {
    private static final Pattern SOURCE =
            Pattern.compile("(?:registry\\.(?:terraform\\.io|opentofu\\.org)/)?([\\w-]+/[\\w-]+/[\\w-]+)");

    private PublishedModules() {}

    /**
     * The outline of a module; empty where there is none.
     *
     * @param call the block that calls it, where all in it is said to stand
     */
    static Optional<Module> find(String source, Position call, Limits limits) {
        var matcher = SOURCE.matcher(source);
        var text = matcher.matches() ? text(matcher.group(1)) : Optional.<String>empty();
        if (text.isEmpty() || !limits.spend(text.get().length(), call)) {
            return Optional.empty();
        }
        var assembly = new ModuleAssembly();
        assembly.add(HclParser.parse(call, text.get()).body(), false);
        return Optional.of(assembly.outline(source));
    }

    private static Optional<String> text(String name) {
        try (var stream = PublishedModules.class.getResourceAsStream("published/" + name + ".tf.txt")) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw UserError.engine("the outline of " + name + " cannot be read").because(e);
        }
    }
}
