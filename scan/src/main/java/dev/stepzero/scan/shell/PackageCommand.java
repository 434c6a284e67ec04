package dev.stepzero.scan.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A command that has a package manager do something.
 *
 * @param manager {@code apt}, {@code apk}, {@code yum}, {@code dnf}, {@code zypper}, {@code pip}, {@code npm}, ...
 * @param action {@code install}, {@code update} (of the lists), {@code upgrade}, {@code dist-upgrade}, {@code clean}, ...
 * @param packages what it names
 */
public record PackageCommand(String manager, String action, List<Named> packages) {
    /**
     * A package that a command names.
     *
     * @param source {@code registry}, {@code path}, {@code url}, or {@code variable} when only the build knows
     * @param version what is demanded; empty if nothing is
     */
    public record Named(String text, String name, String version, String source) {}

    public PackageCommand {
        packages = List.copyOf(packages);
    }

    /** What a command has a package manager do; empty if it has none do anything. */
    public static Optional<PackageCommand> of(Command command) {
        var args = command.args();
        var name = command.name();
        if (name.startsWith("python")
                && args.size() > 2
                && args.get(0).equals("-m")
                && args.get(1).equals("pip")) {
            name = "pip";
            args = args.subList(2, args.size());
        } else if (name.equals("uv") && !args.isEmpty() && args.getFirst().equals("pip")) {
            name = "pip";
            args = args.subList(1, args.size());
        }
        var words = args;
        return PackageManager.of(name).flatMap(manager -> of(manager, words));
    }

    private static Optional<PackageCommand> of(PackageManager manager, List<String> args) {
        var action = "";
        var packages = new ArrayList<Named>();
        var version = "";
        for (int i = 0; i < args.size(); i++) {
            var word = args.get(i);
            if (word.startsWith("-") && word.length() > 1) {
                if (isVersionOption(manager, word)) {
                    int eq = word.indexOf('=');
                    version = eq > 0 ? word.substring(eq + 1) : i + 1 < args.size() ? args.get(i + 1) : "";
                }
                i += manager.takesValue(word) ? 1 : 0;
            } else if (action.isEmpty()) {
                action = manager.action(word);
            } else if (!word.isBlank()) {
                packages.add(named(manager, word));
            }
        }
        if (action.isEmpty()) {
            return Optional.empty();
        }
        if (!version.isEmpty()) {
            var demanded = version;
            packages.replaceAll(each -> new Named(each.text(), each.name(), demanded, each.source()));
        }
        return Optional.of(new PackageCommand(manager.name().toLowerCase(Locale.ROOT), action, packages));
    }

    private static boolean isVersionOption(PackageManager manager, String word) {
        return switch (manager) {
            case GEM -> word.equals("-v") || word.startsWith("--version");
            case CARGO -> word.startsWith("--vers") || word.startsWith("--rev") || word.startsWith("--tag");
            default -> false;
        };
    }

    private static Named named(PackageManager manager, String text) {
        var source = source(manager, text);
        int version = source.equals("registry") || source.equals("variable") ? manager.version(text) : -1;
        if (version < 0) {
            return new Named(text, text, "", source);
        }
        int end = version;
        while (end > 1 && "=~<>!@:-".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return new Named(text, text.substring(0, end), text.substring(version), source);
    }

    private static String source(PackageManager manager, String text) {
        if (text.contains("://") || text.startsWith("git+") || text.startsWith("git@")) {
            return "url";
        }
        boolean file = text.endsWith(".deb")
                || text.endsWith(".rpm")
                || text.endsWith(".apk")
                || text.endsWith(".whl")
                || text.endsWith(".gem")
                || text.endsWith(".tgz")
                || text.endsWith(".tar.gz")
                || text.endsWith(".txt");
        if (file || text.startsWith(".") || text.startsWith("/") || text.startsWith("~") || text.startsWith("file:")) {
            return "path";
        }
        if (text.startsWith("$") || text.startsWith("`")) {
            return "variable";
        }
        boolean localPip = manager == PackageManager.PIP && text.indexOf('/') >= 0 && text.indexOf('@') < 0;
        return localPip ? "path" : "registry";
    }
}
