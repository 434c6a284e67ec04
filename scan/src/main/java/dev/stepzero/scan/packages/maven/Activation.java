package dev.stepzero.scan.packages.maven;

import dev.stepzero.scan.packages.document.Element;
import java.util.ArrayList;
import java.util.List;

/**
 * When a profile is active without being asked for: if all its conditions hold, or by default if no other profile of its
 * POM is active.
 */
record Activation(boolean byDefault, List<Condition> conditions) {
    static final Activation NEVER = new Activation(false, List.of());

    /** Something that the machine, the command line or the tree decides. A {@code !} before a text turns it round. */
    sealed interface Condition {
        /** The version of Java, its beginning or a range. */
        record Java(String version) implements Condition {}

        /** A part of the operating system: {@code name}, {@code family}, {@code arch} or {@code version}. */
        record OperatingSystem(String part, String text) implements Condition {}

        /** A property of the command line. */
        record Property(String name, String text) implements Condition {}

        /** A file that is there, or is not. */
        record File(String path, boolean there) implements Condition {}
    }

    static Activation of(Element element) {
        var conditions = new ArrayList<Condition>();
        for (var each : element.children()) {
            switch (each.name()) {
                case "jdk" -> conditions.add(new Condition.Java(each.text()));
                case "os" ->
                    each.children()
                            .forEach(part -> conditions.add(new Condition.OperatingSystem(part.name(), part.text())));
                case "property" -> conditions.add(new Condition.Property(each.text("name"), each.text("value")));
                case "file" -> {
                    each.child("exists").ifPresent(file -> conditions.add(new Condition.File(file.text(), true)));
                    each.child("missing").ifPresent(file -> conditions.add(new Condition.File(file.text(), false)));
                }
                default -> {}
            }
        }
        return new Activation(element.text("activeByDefault").equals("true"), List.copyOf(conditions));
    }
}
