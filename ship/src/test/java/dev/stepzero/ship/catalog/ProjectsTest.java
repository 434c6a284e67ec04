package dev.stepzero.ship.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.Severity;
import dev.stepzero.core.UserError;
import dev.stepzero.ship.TestDatabase;
import dev.stepzero.ship.git.FetchPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ExtendWith(TestDatabase.class)
class ProjectsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final Jdbi jdbi;
    private final Projects projects;

    ProjectsTest(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.projects = new Projects(jdbi, FetchPolicy.DEFAULTS, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @BeforeEach
    void beginWithNone() {
        jdbi.useHandle(handle -> handle.execute("delete from run_request; delete from project"));
    }

    @Test
    void whatIsRegisteredIsFoundAsItWas() {
        var settings = new ProjectSettings("services/shop", Optional.of(Severity.MEDIUM), true);

        var registered = projects.register(RegisteredProject.of(
                "shop",
                "https://forge.example.org/team/shop.git",
                "gitea",
                "main",
                List.of("staging", "production"),
                settings,
                "ann"));

        assertThat(projects.find("shop")).hasValue(registered);
        assertThat(registered.settings()).isEqualTo(settings);
        assertThat(registered.environments()).containsExactly("staging", "production");
        assertThat(registered.createdAt()).isEqualTo(NOW);
        assertThat(registered.protectedRef()).isEqualTo("refs/heads/main");
    }

    @Test
    void aNameIsTakenOnce() {
        projects.register(project("shop"));

        assertThatThrownBy(() -> projects.register(project("shop")))
                .isInstanceOf(UserError.class)
                .hasMessage("there is a project 'shop' already");
    }

    @Test
    void pagesFollowEachOtherByName() {
        List.of("c", "a", "e", "b", "d").forEach(name -> projects.register(project(name)));

        var first = projects.page("", 2, false);
        var second = projects.page(first.getLast().name(), 2, false);

        assertThat(first).extracting(RegisteredProject::name).containsExactly("a", "b");
        assertThat(second).extracting(RegisteredProject::name).containsExactly("c", "d");
    }

    @Test
    void anArchivedProjectIsListedOnlyWhereThatIsAsked() {
        projects.register(project("old"));

        projects.archive("old");

        assertThat(projects.page("", 10, false)).isEmpty();
        assertThat(projects.page("", 10, true))
                .extracting(RegisteredProject::archivedAt)
                .containsExactly(Optional.of(NOW));
        assertThat(projects.restore("old").archivedAt()).isEmpty();
    }

    @Test
    void changingKeepsWhoRegisteredIt() {
        projects.register(project("shop"));

        var changed = projects.change(RegisteredProject.of(
                "shop",
                "https://elsewhere.example.org/s.git",
                "github",
                "trunk",
                List.of(),
                ProjectSettings.DEFAULTS,
                "eve"));

        assertThat(changed.protectedBranch()).isEqualTo("trunk");
        assertThat(changed.createdBy()).isEqualTo("ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://forge.example.org/shop.git",
                "file:///etc",
                "ssh://git@forge.example.org/shop.git",
                "git@forge.example.org:team/shop.git",
                "https://ann:secret@forge.example.org/shop.git",
                "https://forge.example.org/shop.git?token=secret",
                "https://forge.example.org",
                "ext::sh -c id",
                "--upload-pack=id",
                ""
            })
    void anAddressThatMayNotBeFetchedIsRefusedWithoutItsSecrets(String url) {
        var project = RegisteredProject.of("shop", url, "git", "main", List.of(), ProjectSettings.DEFAULTS, "ann");

        assertThatThrownBy(() -> projects.register(project))
                .isInstanceOf(UserError.class)
                .message()
                .doesNotContain("secret");
        assertThat(projects.find("shop")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "a b", "../shop", "a/b", "-", "", "refs/heads/main\n"})
    void aNameThatCannotBeADirectoryIsRefused(String name) {
        assertThatThrownBy(() -> project(name)).isInstanceOf(UserError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "../shop", "a//b", "a/./b", "a/"})
    void aDirectoryThatLeadsElsewhereIsRefused(String directory) {
        assertThatThrownBy(() -> new ProjectSettings(directory, Optional.empty(), false))
                .isInstanceOf(UserError.class);
    }

    private static RegisteredProject project(String name) {
        return RegisteredProject.of(
                name,
                "https://forge.example.org/" + name + ".git",
                "gitea",
                "main",
                List.of("production"),
                ProjectSettings.DEFAULTS,
                "ann");
    }
}
