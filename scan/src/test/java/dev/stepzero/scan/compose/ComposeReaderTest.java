package dev.stepzero.scan.compose;

import static dev.stepzero.scan.iac.ReadTree.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.scan.iac.ReadTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeReaderTest {
    @TempDir
    Path root;

    @Test
    void servicesNetworksVolumesAndSecretsAreResources() throws Exception {
        var tree = read("""
                services:
                  web: {image: "nginx:1.27"}
                networks: {back: {internal: true}}
                volumes: {data: }
                secrets: {key: {file: ./key}}
                """);

        assertThat(tree.addresses())
                .containsExactly(
                        "compose_service services.web",
                        "compose_network networks.back",
                        "compose_volume volumes.data",
                        "compose_secret secrets.key");
        assertThat(plain(tree.only("compose_service").attributes().get("image_tag")))
                .isEqualTo("1.27");
    }

    @Test
    void aFileOfAnotherNameIsKnownByItsServices() throws Exception {
        var tree = new ReadTree(root)
                .with("stack.yml", "services:\n  web:\n    image: nginx\n")
                .with("symfony.yaml", "services:\n  mailer:\n    class: Mailer\n")
                .with("ci.yml", "services:\n  - docker:dind\n")
                .readBy(new ComposeReader());

        assertThat(tree.configurations()).extracting("name").containsExactly("stack.yml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80|{target=80, protocol=tcp}",
                "8080:80|{target=80, published=8080, protocol=tcp}",
                "127.0.0.1:8080:80/udp|{target=80, published=8080, host_ip=127.0.0.1, protocol=udp}",
                "'[::1]:8080:80'|{target=80, published=8080, host_ip=::1, protocol=tcp}",
                "127.0.0.1::80|{target=80, host_ip=127.0.0.1, protocol=tcp}",
                "3000-3005:3000-3005|{target=3000-3005, published=3000-3005, protocol=tcp}",
            })
    void aPortsShortFormIsWrittenOut(String written, String expected) throws Exception {
        var tree = read("services:\n  a:\n    image: x\n    ports: [\"" + written + "\"]\n");

        assertThat(plain(tree.only("compose_service").attributes().get("ports")).toString())
                .isEqualTo("[" + expected + "]");
    }

    @Test
    void aVolumesShortFormIsWrittenOut() throws Exception {
        var tree = read("""
                services:
                  a:
                    image: x
                    volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro", "data:/data", /cache]
                """);

        assertThat(plain(tree.only("compose_service").attributes().get("volumes")))
                .isEqualTo(List.of(
                        Map.of(
                                "type", "bind",
                                "source", "/var/run/docker.sock",
                                "target", "/var/run/docker.sock",
                                "read_only", true),
                        Map.of("type", "volume", "source", "data", "target", "/data", "read_only", false),
                        Map.of("type", "volume", "target", "/cache")));
    }

    @Test
    void environmentIsAnObjectInBothForms() throws Exception {
        var tree = read("""
                services:
                  a: {image: x, environment: ["A=1", "B=x=y", C]}
                """);

        assertThat(plain(tree.only("compose_service").attributes().get("environment")))
                .isEqualTo(Map.of("A", "1", "B", "x=y", "C", "<the variable C>"));
    }

    @Test
    void variablesComeFromTheEnvFileOrTheirDefault() throws Exception {
        var tree = new ReadTree(root)
                .with(".env", "# tags\nTAG=1.27 # stable\nexport HOST='h'\nEMPTY=\n")
                .with("compose.yaml", """
                        services:
                          a:
                            image: nginx:${TAG}
                            hostname: $HOST
                            user: ${USER_ID:-${OTHER:-1000}}
                            command: "${EMPTY:-e} ${EMPTY-} ${TAG:+t} $$x ${"
                        """)
                .readBy(new ComposeReader());

        var service = tree.only("compose_service").attributes();

        assertThat(plain(service.get("image"))).isEqualTo("nginx:1.27");
        assertThat(plain(service.get("hostname"))).isEqualTo("h");
        assertThat(plain(service.get("user"))).isEqualTo("1000");
        assertThat(plain(service.get("command"))).isEqualTo("e  t $x ${");
    }

    @Test
    void aVariableWithoutValueIsUnknownAndItsSurroundingsAreKept() throws Exception {
        var tree = read("services:\n  a:\n    image: ghcr.io/team/app:${TAG}\n    user: ${WHO:?must be set}\n");

        var service = tree.only("compose_service").attributes();

        assertThat(plain(service.get("image"))).isEqualTo("<the variable TAG>");
        assertThat(((Unknown) service.get("image")).prefix()).isEqualTo("ghcr.io/team/app:");
        assertThat(((Unknown) service.get("user")).notNull()).isTrue();
    }

    @Test
    void aDefaultWithAColonInAPortIsNotSplit() throws Exception {
        var tree = read("services:\n  a:\n    image: x\n    ports: [\"${P:-127.0.0.1:80}:80\"]\n");

        assertThat(plain(tree.only("compose_service").attributes().get("ports")).toString())
                .isEqualTo("[{target=80, published=80, host_ip=127.0.0.1, protocol=tcp}]");
    }

    @Test
    void aServiceThatExtendsAnotherHasWhatItHas() throws Exception {
        var tree = new ReadTree(root)
                .with("common/base.yml", "services:\n  base: {image: x, read_only: true, environment: [A=1]}\n")
                .with("compose.yaml", """
                        services:
                          web:
                            extends: {service: base, file: common/base.yml}
                            environment: {B: 2}
                        """)
                .readBy(new ComposeReader());

        var web = tree.all().stream()
                .filter(each -> each.address().equals("services.web"))
                .findFirst()
                .orElseThrow();

        assertThat(plain(web.attributes().get("read_only"))).isEqualTo(true);
        assertThat(plain(web.attributes().get("environment"))).isEqualTo(Map.of("A", "1", "B", 2));
    }

    @Test
    void aServiceThatExtendsItselfIsAProblem() throws Exception {
        var tree = read("services:\n  a: {image: x, extends: a}\n");

        assertThat(tree.addresses()).containsExactly("compose_service services.a");
        assertThat(tree.problems()).hasSize(1).first().asString().contains("extends itself");
    }

    @Test
    void aSharedPartIsMergedIntoTheService() throws Exception {
        var tree = read("""
                x-common: &common
                  privileged: true
                services:
                  a: {<<: *common, image: x}
                """);

        assertThat(plain(tree.only("compose_service").attributes().get("privileged")))
                .isEqualTo(true);
    }

    @Test
    void anOverrideFileCountsOnTopOfItsBase() throws Exception {
        var tree = new ReadTree(root)
                .with("docker-compose.yml", "services:\n  a: {image: x, ports: [\"80:80\"]}\n")
                .with("docker-compose.override.yml", "services:\n  a: {privileged: true}\n")
                .readBy(new ComposeReader());

        var service = tree.only("compose_service").attributes();

        assertThat(plain(service.get("image"))).isEqualTo("x");
        assertThat(plain(service.get("privileged"))).isEqualTo(true);
    }

    @Test
    void aPartialServiceOfAnotherFileIsCompletedFromTheBase() throws Exception {
        var tree = new ReadTree(root)
                .with("docker-compose.yml", "services:\n  a: {image: x, cap_drop: [ALL]}\n")
                .with("docker-compose.prod.yml", "services:\n  a: {restart: always}\n")
                .readBy(new ComposeReader());

        assertThat(tree.configurations()).hasSize(2);
        assertThat(tree.all())
                .allSatisfy(each ->
                        assertThat(plain(each.attributes().get("cap_drop"))).isEqualTo(List.of("ALL")));
    }

    @Test
    void manyOpenBracesEndSoon() throws Exception {
        var tree = read("services:\n  a: {image: \"" + "${".repeat(200_000) + "\"}\n");

        assertThat(tree.addresses()).containsExactly("compose_service services.a");
    }

    private ReadTree read(String text) throws InterruptedException {
        return new ReadTree(root).with("compose.yaml", text).readBy(new ComposeReader());
    }
}
