package dev.stepzero.scan.shell;

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

    /** Words with a blank before and behind each. */
    private final String programs;

    private final String actions;
    private final String optionsWithValue;
    private final String versionMarks;

    PackageManager(String programs, String actions, String optionsWithValue, String versionMarks) {
        this.programs = " " + programs + " ";
        this.actions = " " + actions + " ";
        this.optionsWithValue = " " + optionsWithValue + " ";
        this.versionMarks = versionMarks;
    }

    PackageManager(String programs, PackageManager like) {
        this(programs, like.actions.strip(), like);
    }

    PackageManager(String programs, String actions, PackageManager like) {
        this(programs, actions, like.optionsWithValue.strip(), like.versionMarks);
    }

    static Optional<PackageManager> of(String program) {
        if (program.isEmpty() || program.indexOf(' ') >= 0) {
            return Optional.empty();
        }
        for (var manager : values()) {
            if (manager.programs.contains(" " + program + " ")) {
                return Optional.of(manager);
            }
        }
        return program.startsWith("pip") && onlyVersion(program, 3) ? Optional.of(PIP) : Optional.empty();
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
        int at = word.indexOf(' ') < 0 ? actions.indexOf(" " + word + "=") : -1;
        if (at < 0) {
            return "";
        }
        int start = at + word.length() + 2;
        return actions.substring(start, actions.indexOf(' ', start));
    }

    boolean takesValue(String option) {
        return option.indexOf(' ') < 0 && optionsWithValue.contains(" " + option + " ");
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
        for (var mark : versionMarks.split(" ", -1)) {
            int found = text.indexOf(mark, 1);
            if (found >= 0 && (first < 0 || found < first)) {
                first = found;
                length = mark.length();
            }
        }
        return first < 0 || (this == APK && text.charAt(first) == '@') ? -1 : first + length;
    }
}
