package dev.stepzero.scan.packages.nuget;

import static dev.stepzero.scan.packages.SourceTree.dependencies;
import static dev.stepzero.scan.packages.SourceTree.written;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.scan.packages.SourceTree;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NuGetReaderTest {
    @TempDir
    Path root;

    private SourceTree tree;

    @BeforeEach
    void begin() {
        tree = new SourceTree(root);
    }

    @Test
    void aLockfileTellsPackagesOfEveryFrameworkButNoProjects() {
        tree.with("app/packages.lock.json", """
                {
                  "version": 2,
                  "dependencies": {
                    "net8.0": {
                      "Acme.Json": {"type": "Direct", "resolved": "13.0.3", "dependencies": {"acme.base": "1.0.0"}},
                      "Acme.Base": {"type": "Transitive", "resolved": "1.0.1"},
                      "acme.own": {"type": "Project", "dependencies": {"Acme.Json": "[13.0.3, )"}}
                    },
                    "net48": {
                      "Acme.Base": {"type": "CentralTransitive", "resolved": "0.9.0"}
                    }
                  }
                }
                """)
                .with(
                        "app/app.csproj",
                        "<Project><ItemGroup><PackageReference Include='X' Version='1'/></ItemGroup></Project>");

        var found = tree.readBy(new NuGetReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:nuget/Acme.Base@0.9.0 RUNTIME [app/packages.lock.json:10]",
                        "pkg:nuget/Acme.Base@1.0.1 RUNTIME [app/packages.lock.json:6]",
                        "pkg:nuget/Acme.Json@13.0.3 RUNTIME direct [app/packages.lock.json:5]");
        assertThat(dependencies(found)).containsExactly("Acme.Json -> Acme.Base");
        assertThat(tree.skipped()).singleElement().asString().startsWith("app/app.csproj: what was restored");
    }

    @Test
    void whatRestoringFoundTellsWhatTheProjectAsksFor() {
        tree.with("app/obj/project.assets.json", """
                {
                  "targets": {
                    "net8.0": {
                      "Acme.Json/13.0.3": {"type": "package", "dependencies": {"Acme.Base": "1.0.0"}},
                      "Acme.Base/1.0.1": {"type": "package"},
                      "Own/1.0.0": {"type": "project"}
                    }
                  },
                  "libraries": {
                    "Acme.Json/13.0.3": {"type": "package", "sha512": "abc"},
                    "Acme.Base/1.0.1": {"type": "package"},
                    "Own/1.0.0": {"type": "project"},
                    "Broken": {"type": "package"}
                  },
                  "project": {"frameworks": {"net8.0": {"dependencies": {"acme.json": {"version": "[13.0.3, )"}}}}}
                }
                """)
                .with(
                        "app/app.fsproj",
                        "<Project><ItemGroup><PackageReference Include='X' Version='1'/></ItemGroup></Project>");

        var found = tree.readBy(new NuGetReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:nuget/Acme.Base@1.0.1 RUNTIME [app/obj/project.assets.json:11]",
                        "pkg:nuget/Acme.Json@13.0.3 RUNTIME direct [app/obj/project.assets.json:10]");
        assertThat(dependencies(found)).containsExactly("Acme.Json -> Acme.Base");
    }

    @Test
    void whatAProgramWasBuiltWithIsKnownFromBesideIt() {
        tree.with("shop.deps.json", """
                {
                  "targets": {
                    ".NETCoreApp,Version=v8.0": {
                      "Shop/1.0.0": {"dependencies": {"Acme.Json": "13.0.3"}},
                      "Acme.Json/13.0.3": {"dependencies": {"Acme.Base": "1.0.1"}},
                      "Acme.Base/1.0.1": {"dependencies": {"Acme.Json": "13.0.3"}}
                    }
                  },
                  "libraries": {
                    "Shop/1.0.0": {"type": "project"},
                    "Acme.Json/13.0.3": {"type": "package"},
                    "Acme.Base/1.0.1": {"type": "package"},
                    "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": {"type": "runtimepack"}
                  }
                }
                """);

        var found = tree.readBy(new NuGetReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:nuget/Acme.Base@1.0.1 RUNTIME [shop.deps.json:12]",
                        "pkg:nuget/Acme.Json@13.0.3 RUNTIME direct [shop.deps.json:11]");
        assertThat(dependencies(found)).containsExactly("Acme.Base -> Acme.Json", "Acme.Json -> Acme.Base");
    }

    @Test
    void anOldConfigurationNamesEveryPackage() {
        tree.with("packages.config", """
                <?xml version="1.0"?>
                <packages>
                  <package id="Acme.Json" version="9.0.1" targetFramework="net48" />
                  <package id="Acme.Check" version="2.0" developmentDependency="true" />
                  <package id="" version="1" />
                  <other id="x" version="1" />
                </packages>
                """);

        var found = tree.readBy(new NuGetReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:nuget/Acme.Check@2.0 DEVELOPMENT direct [packages.config:4]",
                        "pkg:nuget/Acme.Json@9.0.1 RUNTIME direct [packages.config:3]");
    }

    @Test
    void aProjectTakesVersionsFromTheDirectoriesAboveIt() {
        tree.with("Directory.Packages.props", """
                <Project>
                  <PropertyGroup><JsonVersion>13.0.3</JsonVersion></PropertyGroup>
                  <ItemGroup>
                    <PackageVersion Include="Acme.Json" Version="$(JsonVersion)" />
                    <PackageVersion Include="Acme.Unused" Version="1.0" />
                    <GlobalPackageReference Include="Acme.Check" Version="2.0.0" />
                  </ItemGroup>
                </Project>
                """)
                .with("Directory.Build.props", """
                <Project><PropertyGroup><BaseVersion>1.0.1</BaseVersion></PropertyGroup></Project>
                """)
                .with("src/app/app.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <ItemGroup Condition="'$(TargetFramework)' == 'net8.0'">
                    <PackageReference Include="acme.json" />
                    <PackageReference Include="Acme.Base" VersionOverride="$(BaseVersion)" />
                    <PackageReference Include="Acme.Analysis">
                      <Version>[3.0.0, 4.0.0)</Version>
                      <PrivateAssets>all</PrivateAssets>
                    </PackageReference>
                    <PackageReference Include="Acme.Floating" Version="1.*" />
                    <PackageReference Include="Acme.Circle" Version="$(A)" />
                    <PackageReference Update="Acme.Base" PrivateAssets="all" />
                  </ItemGroup>
                  <PropertyGroup><A>$(B)</A><B>$(A)$(A)</B></PropertyGroup>
                </Project>
                """);

        var found = tree.readBy(new NuGetReader());

        assertThat(written(found))
                .containsExactly(
                        "pkg:nuget/Acme.Analysis@3.0.0 DEVELOPMENT direct [src/app/app.csproj:5]",
                        "pkg:nuget/Acme.Base@1.0.1 RUNTIME direct [src/app/app.csproj:4]",
                        "pkg:nuget/Acme.Check@2.0.0 DEVELOPMENT direct [Directory.Packages.props:6]",
                        "pkg:nuget/Acme.Circle RUNTIME direct [src/app/app.csproj:10]",
                        "pkg:nuget/Acme.Floating RUNTIME direct [src/app/app.csproj:9]",
                        "pkg:nuget/acme.json@13.0.3 RUNTIME direct [src/app/app.csproj:3]");
        assertThat(tree.skipped())
                .containsExactlyInAnyOrder(
                        "Directory.Packages.props: there is no lockfile: what the packages bring in is not known",
                        "src/app/app.csproj: the version of Acme.Floating is not matched, as it cannot be told",
                        "src/app/app.csproj: the version of Acme.Circle is not matched, as it cannot be told",
                        "src/app/app.csproj: there is no lockfile: what the packages bring in is not known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.2 | 1.2", "[1.2] | 1.2", "[1.2,2.0) | 1.2", "' [ 1.2 , ) ' | 1.2", "1.0-beta | 1.0-beta"})
    void theLowestVersionOfARangeIsTaken(String range, String version) {
        assertThat(VersionRange.lowest(range)).contains(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.*", "*", "(1.0,)", "[,2.0]", "(,1.0]", "''", "[", "latest", "1 2"})
    void aRangeWithoutALowestVersionTellsNothing(String range) {
        assertThat(VersionRange.lowest(range)).isEmpty();
    }

    @Test
    void nothingIsFetchedOrUnfoldedForXml() {
        tree.with("secret.txt", "9.9.9").with("a/packages.config", """
                <?xml version="1.0"?>
                <!DOCTYPE packages [<!ENTITY v SYSTEM "../secret.txt"><!ENTITY w "8.8.8">]>
                <packages><package id="X" version="&v;"/><package id="Y" version="&w;"/></packages>
                """).with("b/b.csproj", """
                <?xml version="1.0"?>
                <!DOCTYPE p [<!ENTITY v SYSTEM "../secret.txt">]>
                <Project><ItemGroup><PackageReference Include="X"><Version>1&v;</Version></PackageReference></ItemGroup></Project>
                """);

        var found = tree.readBy(new NuGetReader());

        assertThat(written(found)).noneMatch(each -> each.contains("9.9.9") || each.contains("8.8.8"));
    }

    @Test
    void brokenAndStrangeFilesEndNothing() {
        tree.with("a/packages.lock.json", "{\"dependencies\": {\"net8.0\": {\"X\": 7, \"\": {\"resolved\": \"1\"}}}}")
                .with("b/packages.config", "<packages><package id='X'")
                .with("c/c.csproj", "<a>".repeat(200))
                .with("d/d.deps.json", "{\"libraries\": [], \"targets\": {\"x\": 7}}")
                .with("e/packages.config", "<packages><package id='Good' version='1'/></packages>")
                .with("f/project.assets.json", "{");

        var found = tree.readBy(new NuGetReader());

        assertThat(written(found)).containsExactly("pkg:nuget/Good@1 RUNTIME direct [e/packages.config:1]");
        assertThat(tree.problemPlaces()).hasSize(3);
    }
}
