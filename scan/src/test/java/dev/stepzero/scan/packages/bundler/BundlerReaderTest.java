package dev.stepzero.scan.packages.bundler;

import static dev.stepzero.scan.packages.SourceTree.dependencies;
import static dev.stepzero.scan.packages.SourceTree.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.Component.Scope;
import dev.stepzero.scan.packages.SourceTree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlerReaderTest {
    private static final String LOCK = """
            PATH
              remote: .
              specs:
                shop (0.1.0)
                  rack (>= 2)

            PATH
              remote: vendor/patched
              specs:
                patched (1.0)

            GIT
              remote: https://github.com/some/tool.git
              revision: 0123abc
              specs:
                tool (2.0.0.pre1)
                  nokogiri (~> 1.16)

            GEM
              remote: https://rubygems.org/
              specs:
                nokogiri (1.16.0-x86_64-linux)
                  racc (~> 1.4)
                nokogiri (1.16.0)
                  racc (~> 1.4)
                racc (1.7.3)
                  nokogiri
                rack (3.0.8)

            PLATFORMS
              x86_64-linux

            DEPENDENCIES
              patched!
              shop!
              tool!
              racc (= 1.7.3)

            CHECKSUMS
              rack (3.0.8) sha256=b5e6163cb8c49088c2c36f57875e58ccd8c87c7427f7fbd50ea6710b2f3f2e8f

            BUNDLED WITH
               2.5.3
            """;

    @TempDir
    Path root;

    private SourceTree tree;

    @BeforeEach
    void begin() {
        tree = new SourceTree(root);
    }

    @Test
    void gemsOfAllSourcesAreFoundButTheProgramItself() {
        tree.with("Gemfile.lock", LOCK);

        var found = tree.readBy(new BundlerReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:gem/nokogiri@1.16.0?platform=x86_64-linux RUNTIME [Gemfile.lock:22]",
                        "pkg:gem/nokogiri@1.16.0 RUNTIME [Gemfile.lock:24]",
                        "pkg:gem/patched@1.0 RUNTIME direct [Gemfile.lock:10]",
                        "pkg:gem/racc@1.7.3 RUNTIME direct [Gemfile.lock:26]",
                        "pkg:gem/rack@3.0.8 RUNTIME direct [Gemfile.lock:28]",
                        "pkg:gem/tool@2.0.0.pre1?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fsome%2Ftool.git%400123abc"
                                + " RUNTIME direct [Gemfile.lock:16]");
    }

    @Test
    void whoAsksForWhatIsKnownInCirclesToo() {
        tree.with("gems.locked", LOCK);

        var found = tree.readBy(new BundlerReader());

        assertThat(dependencies(found))
                .contains("tool -> nokogiri", "nokogiri -> racc", "racc -> nokogiri")
                .doesNotContain("shop -> rack");
    }

    @Test
    void aChecksumIsTheGemsDigest() {
        tree.with("Gemfile.lock", LOCK);

        var found = tree.readBy(new BundlerReader());

        assertThat(found.components())
                .filteredOn(each -> each.digest().isPresent())
                .extracting(each -> each.purl().name())
                .containsExactly("rack");
    }

    @Test
    void theGemfileTellsWhatIsForDevelopmentOnly() {
        tree.with("Gemfile.lock", """
                GEM
                  specs:
                    app (1)
                      both (1)
                    both (1)
                    check (1)
                      both
                      deep
                    deep (1)
                      check
                    docs (1)
                    live (1)
                    plain (1)
                DEPENDENCIES
                  app
                  check
                  docs
                  live
                  plain
                """).with("Gemfile", """
                source "https://rubygems.org"
                gem "app", "~> 1"
                if ENV["X"]
                  gem 'plain'
                end
                group :development, :test do
                  # what we do
                  platforms :ruby do
                    gem("check", require: false)
                  end
                end # of the group
                gem "docs", :group => :test
                gem "live", groups: [:production, :test]
                """);

        var found = tree.readBy(new BundlerReader());

        assertThat(found.components())
                .filteredOn(each -> each.scope() == Scope.DEVELOPMENT)
                .extracting(each -> each.purl().name())
                .containsExactly("check", "deep", "docs");
    }

    @Test
    void aGemfileWithoutALockfileIsToldOf() {
        tree.with("a/Gemfile", "gem 'rack'").with("b/Gemfile", "gem 'rack'").with("b/Gemfile.lock", "GEM\n");

        tree.readBy(new BundlerReader());

        assertThat(tree.skipped()).singleElement().asString().startsWith("a/Gemfile: there is no lockfile");
    }

    @Test
    void brokenLinesAreToldAndTheRestIsRead() {
        tree.with("Gemfile.lock", """
                GEM
                  specs:
                      orphan (1)
                    nameless
                    open (1.0
                    good (1.0)
                    (2.0)
                CHECKSUMS
                  good (1.0) sha256=zzz
                """);

        var found = tree.readBy(new BundlerReader());

        assertThat(written(found)).containsExactly("pkg:gem/good@1.0 RUNTIME [Gemfile.lock:6]");
        assertThat(tree.problemPlaces()).containsExactly("Gemfile.lock:4", "Gemfile.lock:5", "Gemfile.lock:7");
    }

    @Test
    void aHugeLockfileIsReadInOneGo() {
        var text = new StringBuilder("GEM\n  specs:\n");
        for (int i = 0; i < 30_000; i++) {
            text.append("    gem")
                    .append(i)
                    .append(" (1.0)\n      gem")
                    .append(i / 2)
                    .append('\n');
        }
        tree.with("Gemfile.lock", text.toString());

        var found = tree.readBy(new BundlerReader());

        assertThat(found.components()).hasSize(30_000);
    }
}
