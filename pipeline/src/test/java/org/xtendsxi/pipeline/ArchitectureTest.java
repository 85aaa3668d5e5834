// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Nouns below, verbs above: which package may use which. */
class ArchitectureTest {
    private static final String ROOT = "org.xtendsxi.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.xtendsxi");

    @Test
    void noArrowPointsUp() {
        noClasses().that().resideInAPackage(ROOT + "caldb..").should().dependOnClassesThat()
                .resideInAnyPackage(ROOT + "testdata..", ROOT + "pipeline..").check(CLASSES);
        noClasses().that().resideInAPackage(ROOT + "testdata..").should().dependOnClassesThat()
                .resideInAPackage(ROOT + "pipeline..").check(CLASSES);
        noClasses().that().resideInAPackage(ROOT + "pipeline..").should().dependOnClassesThat()
                .resideInAPackage(ROOT + "testdata..").check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.xtendsxi.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheFitsPackageKnowsTheFitsLibrary() {
        noClasses().that().resideOutsideOfPackage(ROOT + "caldb.fits").should().dependOnClassesThat()
                .resideInAPackage("nom.tam..").check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses().that().resideOutsideOfPackage(ROOT + "pipeline.cli").should().accessField(System.class, "out")
                .orShould().accessField(System.class, "err").check(CLASSES);
    }

    @Test
    void onlyProvenanceReadsClockAndEnvironment() {
        noClasses().that().resideOutsideOfPackage(ROOT + "caldb.provenance").should()
                .callMethod(System.class, "getenv", String.class).orShould()
                .callMethod(java.time.Instant.class, "now").orShould().callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }
}
