package io.jenkins.plugins.gitops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.runner.RunWith;

/** The layers point one way. */
@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
public class ArchitectureTest {

    static final String ROOT = "io.jenkins.plugins.gitops";
    private static final String BASE = ROOT + ".";
    private static final String[] JENKINS = {
        "hudson..",
        "jenkins..",
        "org.jenkinsci..",
        "org.kohsuke..",
        "org.jvnet..",
        "com.cloudbees..",
        "net.sf.json..",
        "io.jenkins.plugins.checks.."
    };

    @ArchTest
    static final ArchRule engineKnowsNothingOfJenkins = noClasses()
            .that()
            .resideInAPackage(BASE + "engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JENKINS);

    @ArchTest
    static final ArchRule layersPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .layer("steps")
            .definedBy(BASE + "steps..")
            .optionalLayer("trigger")
            .definedBy(BASE + "trigger..")
            .layer("checks")
            .definedBy(BASE + "checks..")
            .layer("build")
            .definedBy(BASE + "build..")
            .layer("agent")
            .definedBy(BASE + "agent..")
            .layer("clusters")
            .definedBy(BASE + "clusters..")
            .layer("engine")
            .definedBy(BASE + "engine..")
            .whereLayer("steps")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("trigger")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("checks")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("build")
            .mayOnlyBeAccessedByLayers("steps", "trigger", "checks")
            .whereLayer("agent")
            .mayOnlyBeAccessedByLayers("steps", "trigger")
            .whereLayer("clusters")
            .mayOnlyBeAccessedByLayers("steps", "trigger", "build")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("steps", "trigger", "checks", "build", "agent", "clusters");

    @ArchTest
    static final ArchRule whatIsSentToNodesRefusesToRunOnTheController = classes()
            .that()
            .areAssignableTo("hudson.remoting.Callable")
            .or()
            .areAssignableTo("hudson.FilePath$FileCallable")
            .should()
            .beAssignableTo("jenkins.security.MasterToSlaveCallable")
            .orShould()
            .beAssignableTo("jenkins.MasterToSlaveFileCallable");

    @ArchTest
    static final ArchRule roomsOfTheEngineFormNoCircle =
            slices().matching(BASE + "engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noRoomUsesTheConductor = noClasses()
            .that()
            .resideInAPackage(BASE + "engine.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "engine");

    @ArchTest
    static final ArchRule problemsUseNothingOfTheEngine = classes()
            .that()
            .resideInAPackage(BASE + "engine.problem..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(BASE + "engine.problem..", "java..");

    /** Without it a link that somebody is made to follow would do. */
    @ArchTest
    static final ArchRule formsAnswerToAPostAlone = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAssignableTo("hudson.model.Descriptor")
            .and()
            .haveNameMatching("do(Check|Fill|Test|AutoComplete)[A-Z].*")
            .should()
            .beAnnotatedWith("org.kohsuke.stapler.verb.POST");
}
