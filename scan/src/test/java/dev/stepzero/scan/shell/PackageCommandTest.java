package dev.stepzero.scan.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageCommandTest {
    @ParameterizedTest
    @CsvSource({
        "apt-get install -y -t stable curl=7.88, apt, install, curl, 7.88",
        "apt-get -o Dpkg::Options::=--force-confold install curl, apt, install, curl, ''",
        "apk add --no-cache -t .deps curl~8.5, apk, install, curl, 8.5",
        "yum -y install httpd-tools, yum, install, httpd-tools, ''",
        "microdnf install tar-1.34, dnf, install, tar, 1.34",
        "zypper -n in 'vim>=9.0', zypper, install, vim, 9.0",
        "pip3.12 install -i https://pypi.example.com flask==3.0.2, pip, install, flask, 3.0.2",
        "python3 -m pip install 'requests[socks]~=2.31', pip, install, requests[socks], 2.31",
        "npm i -g @angular/cli@17.3.2, npm, install, @angular/cli, 17.3.2",
        "yarn global add serve, yarn, install, serve, ''",
        "gem install -v 13.1.0 rake, gem, install, rake, 13.1.0",
        "go install example.com/tool@latest, go, install, example.com/tool, latest",
        "cargo install --version 14.1.0 ripgrep, cargo, install, ripgrep, 14.1.0"
    })
    void aPackageIsReadWithItsVersion(String line, String manager, String action, String name, String version) {
        var found = read(line);

        assertThat(found.manager()).isEqualTo(manager);
        assertThat(found.action()).isEqualTo(action);
        assertThat(found.packages())
                .singleElement()
                .satisfies(each -> assertThat(each.name()).isEqualTo(name))
                .satisfies(each -> assertThat(each.version()).isEqualTo(version));
    }

    @ParameterizedTest
    @CsvSource({
        "pip install ., path",
        "apt-get install ./app.deb, path",
        "pip install git+https://example.com/x, url",
        "apt-get install $PACKAGES, variable",
        "npm install typescript, registry"
    })
    void aPackagesSourceIsTold(String line, String source) {
        assertThat(read(line).packages())
                .singleElement()
                .satisfies(each -> assertThat(each.source()).isEqualTo(source));
    }

    @ParameterizedTest
    @CsvSource({
        "apt-get update, update",
        "apt-get -y dist-upgrade, dist-upgrade",
        "apk upgrade, upgrade",
        "yum update, upgrade",
        "dnf clean all, clean",
        "zypper ref, update",
        "npm ci, locked"
    })
    void anActionHasOneNameWhateverTheManagerCallsIt(String line, String action) {
        assertThat(read(line).action()).isEqualTo(action);
    }

    @Test
    void whatIsNoPackageManagerIsNone() {
        var command = Script.of("pipx run x", Dialect.POSIX, false).commands().getFirst();

        assertThat(PackageCommand.of(command)).isEmpty();
    }

    private static PackageCommand read(String line) {
        var command = Script.of(line, Dialect.POSIX, false).commands().getFirst();
        return PackageCommand.of(command).orElseThrow();
    }
}
