package dev.stepzero.scan.tree;

import static dev.stepzero.scan.tree.Repository.paths;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Home;
import dev.stepzero.core.ScanOptions;
import dev.stepzero.core.ScanReport;
import dev.stepzero.core.Scanner;
import dev.stepzero.core.Subject;
import dev.stepzero.scan.classes.Modules;
import dev.stepzero.scan.code.pattern.PatternScanner;
import dev.stepzero.scan.iac.Infrastructure;
import dev.stepzero.scan.iac.InfrastructureScanner;
import dev.stepzero.scan.secrets.SecretScanner;
import dev.stepzero.scan.vulnerabilities.PackageScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each scanner reads of what Git ignores. */
class WhatScannersReadTest {
    private static final String OPEN = """
            resource "aws_security_group" "a" {
              ingress {
                from_port   = var.port
                to_port     = var.port
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            variable "port" {}
            """;

    @TempDir
    private Path temporary;

    private Repository repository;

    @BeforeEach
    void init() throws Exception {
        repository = Repository.in(Files.createDirectories(temporary.resolve("tree")));
    }

    @Test
    void infrastructureInAnIgnoredDirectoryIsNobodys() throws Exception {
        repository
                .with(".gitignore", "build/\n")
                .with("build/main.tf", OPEN.replace("var.port", "22"))
                .with("build/Dockerfile", "FROM scratch\n");

        var usual = new InfrastructureScanner().scan(repository.listing());
        var all = new InfrastructureScanner().scan(Listing.of(repository.root(), true));

        assertThat(usual.findings()).isEmpty();
        assertThat(usual.coverage().files()).isEqualTo(1);
        assertThat(usual.coverage().notes())
                .containsExactly("what Git ignores is left out: build; --no-ignore looks there too");
        assertThat(all.findings()).extracting(Finding::rule).contains("aws-security-group-ssh-open");
    }

    @Test
    void valuesInIgnoredFilesAreTakenAsTerraformTakesThem() throws Exception {
        repository.with(".gitignore", "*.tfvars\n").with("main.tf", OPEN).with("terraform.tfvars", "port = 22\n");

        assertThat(new InfrastructureScanner().scan(repository.listing()).findings())
                .extracting(Finding::rule)
                .contains("aws-security-group-ssh-open");
    }

    @Test
    void downloadedModulesAndBuiltFilesAreFoundByTheConfigurationThatNamesThem() throws Exception {
        repository
                .with(".gitignore", "**/.terraform/*\nbuild/\n")
                .with(".terraform/modules/modules.json", """
                        {"Modules": [{"Key": "", "Dir": "."}, {"Key": "net", "Dir": ".terraform/modules/net"}]}
                        """)
                .with(".terraform/modules/net/main.tf", OPEN)
                .with(".terraform/modules/other/main.tf", OPEN.replace("var.port", "22"))
                .with("build/policy.json", "{\"port\": 22}")
                .with("main.tf", """
                        module "net" {
                          source = "example/net/aws"
                          port   = jsondecode(file("${path.module}/build/policy.json")).port
                        }
                        """);

        var found = Infrastructure.read(repository.listing(), List.of()).configurations().stream()
                .flatMap(each -> each.resources().all().stream())
                .map(resource -> resource.address())
                .toList();

        assertThat(found).contains("module.net.aws_security_group.a").doesNotContain("aws_security_group.a");
        assertThat(new InfrastructureScanner().scan(repository.listing()).findings())
                .extracting(Finding::rule)
                .contains("aws-security-group-ssh-open");
    }

    @Test
    void codeThatIsIgnoredIsNobodys() throws Exception {
        var harm = "import os\nfrom flask import request\n\ndef f():\n    os.system(request.args['a'])\n";
        repository
                .with(".gitignore", "venv.d/\nlocal_*.py\n")
                .with("venv.d/a.py", harm)
                .with("local_a.py", harm)
                .with("a.py", harm);

        assertThat(new PatternScanner().scan(repository.listing()).findings())
                .extracting(each -> each.location().file().orElse(""))
                .containsOnly("a.py");
    }

    @Test
    void packagesThatRestoringFoundAreKnownThoughTheDirectoryIsIgnored() throws Exception {
        repository
                .with(".gitignore", "[Oo]bj/\n[Bb]uild/\nCargo.lock\n")
                .with("app/app.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"/>")
                .with("app/obj/project.assets.json", """
                        {"targets": {"net8.0": {"A/1.0.0": {"type": "package"}}},
                         "libraries": {"A/1.0.0": {"type": "package"}},
                         "project": {"frameworks": {"net8.0": {"dependencies": {"A": {"version": "1.0.0"}}}}}}
                        """)
                .with(
                        "Cargo.lock",
                        "version = 3\n[[package]]\nname = \"b\"\nversion = \"2.0.0\"\n"
                                + "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n")
                .with("build/requirements.txt", "c==3.0.0\n");

        var inventory = new PackageScanner().inventory(new Subject.SourceTree("tree", repository.root()));

        assertThat(inventory.components())
                .extracting(each -> each.purl().toString())
                .containsExactlyInAnyOrder("pkg:nuget/A@1.0.0", "pkg:cargo/b@2.0.0");
    }

    @Test
    void classesAreThoseOfModulesThatAreNotIgnoredThemselves() throws Exception {
        repository
                .with(".gitignore", "target/\nscratch/\n")
                .withFiles("m/src/main/java/A.java", "m/target/classes/A.class", "scratch/target/classes/B.class");

        var modules = new Modules(repository.listing().sources());

        assertThat(modules.outputs()).containsExactly(repository.root().resolve("m/target/classes"));
    }

    @Test
    void severalScannersAreGivenOneListing() throws Exception {
        repository.with("main.tf", OPEN);
        var tree = new Subject.SourceTree("tree", repository.root());
        var options = new ScanOptions(
                List.of(), List.of(), List.of(), Optional.empty(), Optional.of(new Home(temporary.resolve("home"))));
        var shared = new SharedListing(tree, false);
        var first = shared.scannedBy(new InfrastructureScanner().with(options));
        repository.with("late.tf", OPEN);

        var others = Stream.of(new SecretScanner().with(options), new PatternScanner().with(options))
                .map(scanner -> scanned(shared, scanner))
                .toList();

        assertThat(first.coverage().files()).isOne();
        assertThat(others)
                .allSatisfy(report -> assertThat(report.coverage().files()).isOne());
        assertThat(paths(repository.listing().sources().all())).hasSize(2);
    }

    private static ScanReport scanned(SharedListing shared, Scanner scanner) {
        try {
            return shared.scannedBy(scanner);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
