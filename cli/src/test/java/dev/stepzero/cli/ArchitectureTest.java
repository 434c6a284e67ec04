package dev.stepzero.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md. */
class ArchitectureTest {
    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.stepzero");
    }

    @Test
    void wingsDependInOneDirection() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.stepzero..")
                .layer("cli")
                .definedBy("dev.stepzero.cli..")
                .layer("server")
                .definedBy("dev.stepzero.server..")
                .layer("ship")
                .definedBy("dev.stepzero.ship..")
                .layer("scan")
                .definedBy("dev.stepzero.scan..")
                .layer("govern")
                .definedBy("dev.stepzero.govern..")
                .layer("guard")
                .definedBy("dev.stepzero.guard..")
                .layer("store")
                .definedBy("dev.stepzero.store..")
                .layer("core")
                .definedBy("dev.stepzero.core..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("ship")
                .mayOnlyBeAccessedByLayers("server", "cli")
                .whereLayer("scan")
                .mayOnlyBeAccessedByLayers("ship", "server", "cli")
                .whereLayer("govern")
                .mayOnlyBeAccessedByLayers("ship", "server", "cli")
                .whereLayer("guard")
                .mayOnlyBeAccessedByLayers("ship", "server", "cli")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("ship", "guard", "govern", "server", "cli")
                .check(classes);
    }

    @Test
    void onlyTheCommandThatStartsTheServerKnowsIt() {
        noClasses()
                .that()
                .resideInAPackage("dev.stepzero.cli..")
                .and()
                .doNotHaveSimpleName("ForegroundServer")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.stepzero.server..")
                .check(classes);
    }

    @Test
    void coreSpeaksNoThirdPartysLanguage() {
        noClasses()
                .that()
                .resideInAPackage("dev.stepzero.core..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("dev.stepzero.core..", "java..", "org.jspecify..")
                .check(classes);
    }

    @Test
    void featuresOfAWingDoNotFormCycles() {
        slices().matching("dev.stepzero.(*).(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyTheEntryOfAProcessEndsIt() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(classes);
    }
}
