package dev.stepzero.scan.cloudformation;

import dev.stepzero.core.resource.Value;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The templates of a tree under their paths, and which of them others call. */
final class Templates {
    private final Map<String, Template> byPath = new LinkedHashMap<>();

    void add(Template template) {
        byPath.putIfAbsent(template.file(), template);
    }

    Map<String, Template> all() {
        return byPath;
    }

    /** The template under a path that stands in another one; empty if it is an address, or outside of the tree. */
    Optional<Template> at(Template caller, String url) {
        if (url.contains("://")) {
            return Optional.empty();
        }
        var path = new ArrayDeque<String>();
        int slash = caller.file().lastIndexOf('/');
        var whole = slash < 0 ? url : caller.file().substring(0, slash + 1) + url;
        for (var part : whole.split("/", -1)) {
            if (part.equals("..")) {
                if (path.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                path.addLast(part);
            }
        }
        return Optional.ofNullable(byPath.get(String.join("/", path)));
    }

    /** The paths of the templates that others name as their nested stacks. */
    Set<String> called() {
        var called = new LinkedHashSet<String>();
        for (var template : byPath.values()) {
            for (var entry : template.resources().entries().values()) {
                var url = url(entry.value());
                if (!url.isEmpty()) {
                    at(template, url)
                            .filter(other -> !other.file().equals(template.file()))
                            .ifPresent(other -> called.add(other.file()));
                }
            }
        }
        return called;
    }

    /** Where a nested stack's template is, as it is written; empty for other resources. */
    static String url(Value definition) {
        if (definition instanceof Value.Mapping map && map.get("Properties") instanceof Value.Mapping properties) {
            return switch (Template.typeOf(map)) {
                case "AWS::CloudFormation::Stack" ->
                    Texts.of(properties.get("TemplateURL")).orElse("");
                case "AWS::Serverless::Application" ->
                    Texts.of(properties.get("Location")).orElse("");
                default -> "";
            };
        }
        return "";
    }
}
