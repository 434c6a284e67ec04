package dev.stepzero.scan.shell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that installs packages: what its words mean. */
enum PackageManager {
    APT(
            "apt-get apt aptitude",
            "install=install update=update upgrade=upgrade safe-upgrade=upgrade dist-upgrade=dist-upgrade"
                    + " full-upgrade=dist-upgrade clean=clean autoclean=clean autoremove=remove remove=remove purge=remove"
                    + " source=source build-dep=build-dep download=download",
            "-t --target-release --default-release -o --option -c --config-file",
            "="),
    APK(
            "apk",
            "add=install update=update upgrade=upgrade del=remove cache=clean",
            "-t --virtual -X --repository -p --root --keys-dir --repositories-file --arch --wait --cache-dir",
            "~= >= <= = ~ > < @"),
    YUM(
            "yum",
            "install=install localinstall=install groupinstall=install reinstall=install module=module update=upgrade"
                    + " upgrade=upgrade makecache=update clean=clean remove=remove erase=remove",
            "-c --config -x --exclude --releasever --enablerepo --disablerepo --installroot --setopt -d -e -R --repo"
                    + " --repoid --forcearch",
            "-"),
    DNF("dnf microdnf tdnf dnf5", YUM),
    ZYPPER(
            "zypper",
            "install=install in=install patch=upgrade refresh=update ref=update update=upgrade up=upgrade"
                    + " dist-upgrade=dist-upgrade dup=dist-upgrade clean=clean cc=clean remove=remove rm=remove",
            "-r --repo --from -t --type -R --root -C --capability -p --plus-repo",
            ">= <= = > < ~"),
    PIP(
            "pip",
            "install=install download=download uninstall=remove cache=cache",
            "-r --requirement -c --constraint -i --index-url --extra-index-url -f --find-links -t --target --prefix --root"
                    + " --trusted-host --timeout --default-timeout --retries --proxy --cache-dir --cert --client-cert"
                    + " --python-version --platform --implementation --abi --src --upgrade-strategy --progress-bar"
                    + " --no-binary --only-binary -C --config-settings --log -d --dest --python --exists-action"
                    + " --global-option --build-option --use-feature --use-deprecated --report",
            "=== == ~= >= <= != > < @"),
    NPM(
            "npm",
            "install=install i=install add=install isntall=install in=install ci=locked cache=cache update=upgrade",
            "--prefix --registry --cache --loglevel --userconfig --omit --only --tag --workspace -w -C --network-timeout"
                    + " --cache-folder --cwd --modules-folder --fetch-retries --fetch-timeout --reporter --filter",
            "@"),
    YARN("yarn yarnpkg", "add=install install=locked dlx=install cache=cache upgrade=upgrade", NPM),
    PNPM("pnpm", "add=install install=locked i=locked cache=cache update=upgrade", NPM),
    GEM(
            "gem",
            "install=install i=install update=upgrade",
            "-v --version -i --install-dir -n --bindir --source -s --platform --config-file -P --trust-policy",
            ":"),
    GO("go", "install=install get=install", "-ldflags -tags -o -mod -gcflags -modfile -C -p -asmflags", "@"),
    CARGO(
            "cargo",
            "install=install binstall=install",
            "--version --vers --git --branch --tag --rev --root --path --features -F --target --profile --index --registry"
                    + " --bin --example -j --jobs --target-dir --color --config -Z",
            "@");

    private static final Map<String, PackageManager> BY_PROGRAM = new HashMap<>();

    static {
        for (var manager : values()) {
            manager.programs.forEach(program -> BY_PROGRAM.put(program, manager));
        }
    }

    private final List<String> programs;
    private final Map<String, String> actions;
    private final List<String> optionsWithValue;
    private final List<String> versionMarks;

    PackageManager(String programs, String actions, String optionsWithValue, String versionMarks) {
        this.programs = List.of(programs.split(" "));
        this.actions = new HashMap<>();
        for (var action : actions.split(" ")) {
            int eq = action.indexOf('=');
            this.actions.put(action.substring(0, eq), action.substring(eq + 1));
        }
        this.optionsWithValue = List.of(optionsWithValue.split(" "));
        this.versionMarks = List.of(versionMarks.split(" "));
    }

    PackageManager(String programs, PackageManager like) {
        this(programs, like.actions, like.optionsWithValue, like.versionMarks);
    }

    PackageManager(String programs, String actions, PackageManager like) {
        this(programs, actions, String.join(" ", like.optionsWithValue), String.join(" ", like.versionMarks));
    }

    PackageManager(String programs, Map<String, String> actions, List<String> options, List<String> versionMarks) {
        this.programs = List.of(programs.split(" "));
        this.actions = actions;
        this.optionsWithValue = options;
        this.versionMarks = versionMarks;
    }

    static Optional<PackageManager> of(String program) {
        var manager = BY_PROGRAM.get(program);
        if (manager == null && program.startsWith("pip") && onlyVersion(program, 3)) {
            manager = PIP;
        }
        return Optional.ofNullable(manager);
    }

    private static boolean onlyVersion(String program, int from) {
        for (int i = from; i < program.length(); i++) {
            char c = program.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** What a word asks for; empty if it is no action. */
    String action(String word) {
        return actions.getOrDefault(word, "");
    }

    boolean takesValue(String option) {
        return optionsWithValue.contains(option);
    }

    /** Where in a package's text the version begins; -1 where it has none. */
    int version(String text) {
        if (this == YUM || this == DNF) {
            int dash = text.indexOf('-');
            while (dash >= 0) {
                char next = dash + 1 < text.length() ? text.charAt(dash + 1) : ' ';
                if ((next >= '0' && next <= '9') || next == '$') {
                    return dash + 1;
                }
                dash = text.indexOf('-', dash + 1);
            }
            return -1;
        }
        int first = -1;
        int length = 0;
        for (var mark : versionMarks) {
            int found = text.indexOf(mark, 1);
            if (found >= 0 && (first < 0 || found < first)) {
                first = found;
                length = mark.length();
            }
        }
        return first < 0 || this == APK && text.charAt(first) == '@' ? -1 : first + length;
    }
}
