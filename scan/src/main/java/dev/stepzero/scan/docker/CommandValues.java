package dev.stepzero.scan.docker;

import dev.stepzero.core.resource.Located;
import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import dev.stepzero.scan.shell.Command;
import dev.stepzero.scan.shell.PackageCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shows a shell's commands to the rules. */
final class CommandValues {
    private static final int LONGEST_TEXT = 300;

    /** Letters after which, in a bundle such as {@code -sSLo}, the rest is a value. */
    private static final Map<String, String> LETTERS_WITH_VALUE = Map.of(
            "curl", "AbCcdDeEFhHKmoPQrtTuUwxXyYz",
            "wget", "aAeGIloOPQRtTUwXDB",
            "apt-get", "toc",
            "apt", "toc",
            "tar", "fCT",
            "ssh", "ilopFJ");

    private CommandValues() {}

    static Located of(Command command, Position position) {
        var flags = new ArrayList<String>();
        var letters = new ArrayList<String>();
        var words = new ArrayList<String>();
        for (var arg : command.args()) {
            if (arg.startsWith("--")) {
                int eq = arg.indexOf('=');
                flags.add(eq < 0 ? arg : arg.substring(0, eq));
            } else if (arg.startsWith("-") && arg.length() > 1) {
                flags.add(arg);
                letters(command.name(), arg, letters);
            } else {
                words.add(arg);
            }
        }
        var attributes = new Attributes(position)
                .put("name", command.name())
                .put("program", command.program())
                .texts("args", command.args())
                .texts("words", words)
                .texts("flags", flags)
                .texts("letters", letters)
                .put("sudo", command.sudo())
                .put("pipefail", command.pipefail())
                .put("inside", command.inside())
                .texts("pipe_to", command.pipeTo())
                .texts("piped_from", command.pipedFrom())
                .put("text", text(command));
        attributes.list("assignments", assignments(command, position)).list("redirects", redirects(command, position));
        PackageCommand.of(command).ifPresent(packages -> packages(packages, attributes, position));
        return attributes.located();
    }

    private static void letters(String program, String arg, List<String> letters) {
        var withValue = LETTERS_WITH_VALUE.getOrDefault(program, "");
        for (int i = 1; i < arg.length() && letters.size() < 52; i++) {
            char c = arg.charAt(i);
            letters.add(String.valueOf(c));
            if (withValue.indexOf(c) >= 0) {
                return;
            }
        }
    }

    private static String text(Command command) {
        var text = new StringBuilder(command.program());
        for (var arg : command.args()) {
            if (text.length() > LONGEST_TEXT) {
                return text.substring(0, LONGEST_TEXT) + "...";
            }
            text.append(' ').append(arg, 0, Math.min(arg.length(), LONGEST_TEXT));
        }
        return text.toString();
    }

    private static List<Located> assignments(Command command, Position position) {
        var items = new ArrayList<Located>();
        for (var each : command.assignments()) {
            items.add(new Attributes(position)
                    .put("name", each.name())
                    .put("value", each.value())
                    .located());
        }
        return items;
    }

    private static List<Located> redirects(Command command, Position position) {
        var items = new ArrayList<Located>();
        for (var each : command.redirects()) {
            items.add(new Attributes(position)
                    .put("operator", each.operator())
                    .put("target", each.target())
                    .located());
        }
        return items;
    }

    private static void packages(PackageCommand packages, Attributes attributes, Position position) {
        attributes.put("manager", packages.manager()).put("action", packages.action());
        var items = new ArrayList<Located>();
        for (var each : packages.packages()) {
            var item = new Attributes(position)
                    .put("manager", packages.manager())
                    .put("text", each.text())
                    .put("name", each.name())
                    .put("source", each.source());
            if (!each.version().isEmpty()) {
                item.put("version", each.version());
            } else if (each.source().equals("variable")) {
                item.put("version", Unknown.because(each.text() + " is known when the image is built"));
            } else {
                item.put("version", Value.ABSENT);
            }
            items.add(item.located());
        }
        attributes.list("packages", items);
    }
}
