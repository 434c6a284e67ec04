package dev.stepzero.ship.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.review.CodeOwners.Syntax;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeOwnersTest {
    private static Set<String> owners(Syntax syntax, String file, String path) {
        var owners = new TreeSet<String>();
        CodeOwners.parse(file, syntax, "CODEOWNERS").demands(path).forEach(demand -> owners.addAll(demand.owners()));
        return owners;
    }

    @ParameterizedTest
    @CsvSource({
        "*, a/b.c, true",
        "*.js, a/b/c.js, true",
        "*.js, a/b/c.jsx, false",
        "/build/logs/, build/logs/a/b, true",
        "/build/logs/, x/build/logs/a, false",
        "docs/*, docs/a.md, true",
        "docs/*, docs/a/b.md, false",
        "apps/, x/apps/y/z, true",
        "apps/, apps, false",
        "/docs/, docs/a/b, true",
        "/apps/github, apps/github/x, true",
        "/apps/github, apps/github2, false",
        "**/logs, a/b/logs/c, true",
        "a/**/z, a/z, true",
        "a/**/z, a/b/c/z, true",
        "a/**/z, b/a/z, false",
        "README, x/README, true",
        "/README, x/README, false",
        "src/**, src/a/b, true",
        "f?o, a/fxo, true",
        "f?o, a/fxxo, false"
    })
    void gitHubsPatternsAreLikeThoseOfGitignore(String pattern, String path, boolean matches) {
        assertThat(!owners(Syntax.GITHUB, pattern + " @a", path).isEmpty()).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "*, a/b.c, true",
        "README.md, x/README.md, true",
        "/README.md, x/README.md, false",
        "/docs/, docs/a/b, true",
        "docs/, x/docs/a, true",
        "/docs, docs/a, false",
        "/docs/*.md, docs/a.md, true",
        "/docs/*.md, docs/x/a.md, false",
        "/docs/**/*.md, docs/x/y/a.md, true",
        "/docs/**/*.md, docs/a.md, true"
    })
    void gitLabsPatternsArePathsOfFiles(String pattern, String path, boolean matches) {
        assertThat(!owners(Syntax.GITLAB, pattern + " @a", path).isEmpty()).isEqualTo(matches);
    }

    @Test
    void theLastLineThatMatchesDecidesAndMayNameNobody() {
        var file = "* @all\n/web/ @web @shop/design # the pages\n/web/generated/\n";

        assertThat(owners(Syntax.GITHUB, file, "pom.xml")).containsExactly("@all");
        assertThat(owners(Syntax.GITHUB, file, "web/a")).containsExactly("@shop/design", "@web");
        assertThat(owners(Syntax.GITHUB, file, "web/generated/a")).isEmpty();
    }

    @Test
    void addressesBlanksAndCommentsAreRead() {
        assertThat(owners(Syntax.GITHUB, "# @no\n/a\\ b/ ann@example.org\n", "a b/c"))
                .containsExactly("ann@example.org");
        assertThat(owners(Syntax.GITHUB, "* nobody @-- (@x\n", "a")).doesNotContain("nobody", "(@x");
        assertThat(owners(Syntax.GITHUB, "!a @x\n", "a"))
                .as("GitHub has no exclusions")
                .isEmpty();
    }

    @Test
    void eachSectionOfGitLabsAsksForItself() {
        var file = """
                * @all
                [Docs][2] @docs
                *.md
                /docs/special.md @ann
                ^[Taste] @taste
                *
                [docs]
                *.txt @text
                """;
        var owners = CodeOwners.parse(file, Syntax.GITLAB, "CODEOWNERS");

        assertThat(owners.demands("x/a.md"))
                .containsExactlyInAnyOrder(new Demand("", Set.of("@all"), 1), new Demand("Docs", Set.of("@docs"), 2));
        assertThat(owners.demands("docs/special.md")).contains(new Demand("Docs", Set.of("@ann"), 2));
        assertThat(owners.demands("a.txt")).contains(new Demand("Docs", Set.of("@text"), 2));
    }

    @Test
    void whatASectionExcludesItDoesNotTakeInAgain() {
        var file = "* @all\n!/gen/\n/gen/x @x\n";

        assertThat(owners(Syntax.GITLAB, file, "a")).containsExactly("@all");
        assertThat(owners(Syntax.GITLAB, file, "gen/x")).isEmpty();
    }

    @Test
    void hugeFilesAndHugeChangesAreRefused() {
        assertThatThrownBy(() -> CodeOwners.parse("a @b\n".repeat(3001), Syntax.GITHUB, "CODEOWNERS"))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> CodeOwners.parse("#".repeat(2 << 20), Syntax.GITHUB, "CODEOWNERS"))
                .isInstanceOf(UserError.class);
        var paths = IntStream.range(0, 3001).mapToObj(Integer::toString).toList();
        assertThatThrownBy(() ->
                        CodeOwners.parse("* @a", Syntax.GITHUB, "CODEOWNERS").demands(paths))
                .isInstanceOf(UserError.class);
        assertThat(CodeOwners.none().demands(paths)).isEmpty();
    }

    @Test
    void patternsCannotRunAway() {
        var stars = "*a".repeat(200) + "b @x\n" + "**/".repeat(300) + "z @y";

        assertThat(owners(Syntax.GITHUB, stars, String.join("/", Collections.nCopies(100, "a".repeat(200)))))
                .isEmpty();
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefused(@ForAll String text, @ForAll String path) {
        for (var syntax : Syntax.values()) {
            assertThat(CodeOwners.parse(text, syntax, "CODEOWNERS").demands(List.of(path)))
                    .isNotNull();
        }
    }
}
