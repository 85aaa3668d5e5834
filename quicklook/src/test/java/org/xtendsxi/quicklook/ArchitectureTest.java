// SPDX-License-Identifier: Apache-2.0
package org.xtendsxi.quicklook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The quick look has no package cycles, prints nothing, reads no clock, and does not know the simulator. */
@Tag("non-regression")
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.xtendsxi.quicklook");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.xtendsxi.quicklook.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void knowsNeitherSimulatorNorClockNorTerminal() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("org.xtendsxi.testdata..", "nom.tam..")
                .check(CLASSES);
        noClasses().should().accessField(System.class, "out").orShould().accessField(System.class,
                "err").check(CLASSES);
        noClasses().should().callMethod(java.time.Instant.class, "now").orShould()
                .callMethod(System.class, "currentTimeMillis").check(CLASSES);
    }
}
