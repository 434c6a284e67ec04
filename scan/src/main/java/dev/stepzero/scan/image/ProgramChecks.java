package dev.stepzero.scan.image;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds shells and package managers by the names under which they can be called, links included. One program with many
 * names is one finding.
 */
final class ProgramChecks {
    private static final Set<String> SHELLS = Set.of(
            "sh", "bash", "rbash", "dash", "ash", "zsh", "ksh", "ksh93", "mksh", "pdksh", "yash", "csh", "tcsh", "fish",
            "busybox", "toybox", "pwsh", "nu", "elvish", "xonsh");

    private static final Set<String> PACKAGE_MANAGERS = Set.of(
            "apt",
            "apt-get",
            "aptitude",
            "dpkg",
            "apk",
            "yum",
            "dnf",
            "dnf5",
            "microdnf",
            "tdnf",
            "zypper",
            "rpm",
            "pacman",
            "opkg",
            "emerge",
            "xbps-install",
            "nix-env",
            "snap",
            "flatpak",
            "brew",
            "pip",
            "pipx",
            "uv",
            "easy_install",
            "conda",
            "mamba",
            "micromamba",
            "poetry",
            "npm",
            "npx",
            "yarn",
            "pnpm",
            "corepack",
            "bun",
            "gem",
            "bundle",
            "bundler",
            "composer",
            "cargo",
            "cpan",
            "cpanm",
            "luarocks",
            "guix");

    private static final Pattern VERSIONED_PIP = Pattern.compile("pip\\d[\\d.]{0,8}");
    private static final int EXECUTABLE = 0111;

    private final FileContents contents;
    private final ImagePolicy policy;
    private final Report report;

    ProgramChecks(FileContents contents, ImagePolicy policy, Report report) {
        this.contents = contents;
        this.policy = policy;
        this.report = report;
    }

    static boolean isShell(String name) {
        return SHELLS.contains(name);
    }

    static boolean isPackageManager(String name) {
        return PACKAGE_MANAGERS.contains(name) || VERSIONED_PIP.matcher(name).matches();
    }

    void look(ImageFiles files) {
        var shells = new TreeMap<String, Program>();
        var managers = new TreeMap<String, Program>();
        files.stream().forEach(file -> {
            var name = ImagePath.name(file.path()).toLowerCase(Locale.ROOT);
            if (isShell(name) && !policy.allowedShells().contains(name)) {
                note(files, file, shells);
            } else if (isPackageManager(name)) {
                note(files, file, managers);
            }
        });
        shells.forEach((path, shell) -> add(ImageRules.SHELL, shell));
        managers.forEach((path, manager) -> add(ImageRules.PACKAGE_MANAGER, manager));
    }

    private record Program(ImageFile file, Set<String> names) {}

    private void note(ImageFiles files, ImageFile named, Map<String, Program> programs) {
        files.find(named.path())
                .filter(file -> isProgram(file, named.path()))
                .filter(file -> !policy.allowedShells().contains(ImagePath.name(file.path())))
                .ifPresent(file -> programs.computeIfAbsent(file.path(), path -> new Program(file, new TreeSet<>()))
                        .names()
                        .add(named.path()));
    }

    /** Cron jobs, completions and the like carry the names of programs without being them. */
    private boolean isProgram(ImageFile file, String calledAs) {
        return file.entry().kind() == Entry.Kind.FILE
                && (file.entry().mode() & EXECUTABLE) != 0
                && !calledAs.startsWith("/etc/")
                && contents.isProgram(file.entry());
    }

    private void add(ImageRule rule, Program program) {
        var names = String.join(", ", program.names());
        report.add(rule, program.file(), "can be called as " + Printable.of(names), "program");
    }
}
