package io.jenkins.plugins.gitops.engine.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.jenkins.plugins.gitops.engine.cel.CelException.Reason;
import java.util.Set;

/**
 * Compiles expressions as Kubernetes 1.36 does for policies and custom resources: the same functions, optional
 * values, comprehensions with two variables, comparisons of numbers across types. Variables have no declared type: what
 * does not fit fails when it is evaluated. Immutable; making one takes some 10 ms.
 */
public final class CelEnvironment {

    /** What the API server would ask its authorizer. */
    private static final Set<String> OF_THE_SERVER = Set.of("authorizer");

    private static final int MAX_CODE_POINTS = 100_000;
    private static final int MAX_ITERATIONS = 100_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableTimestampEpoch(true)
            .enableUnsignedLongs(true)
            .enableHeterogeneousNumericComparisons(true)
            .enableHomogeneousLiterals(false)
            .enableRegexPartialMatch(true)
            .enableOptionalSyntax(true)
            .evaluateCanonicalTypesToNativeValues(true)
            .errorOnIntWrap(true)
            .errorOnDuplicateMapKeys(true)
            .maxExpressionCodePointSize(MAX_CODE_POINTS)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .build();

    private static final Functions FUNCTIONS = KubernetesFunctions.all();
    private static final CelRuntime RUNTIME = runtime();

    private final CelCompiler compiler;

    private CelEnvironment(CelCompiler compiler) {
        this.compiler = compiler;
    }

    /** @param variables the names that an expression may use */
    public static CelEnvironment of(String... variables) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addFunctionDeclarations(FUNCTIONS.declarations())
                .addLibraries(
                        CelExtensions.strings(KubernetesFunctions.STRINGS),
                        CelExtensions.lists(KubernetesFunctions.LISTS),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions());
        for (String variable : variables) {
            builder.addVar(variable, SimpleType.DYN);
        }
        return new CelEnvironment(builder.build());
    }

    /** Not the planner: it copies every list and map that an expression touches, and asks lazy ones for all they have. */
    private static CelRuntime runtime() {
        return CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(BoundedStandard.functions())
                .addFunctionBindings(FUNCTIONS.bindings())
                .addLibraries(
                        CelExtensions.strings(KubernetesFunctions.STRINGS),
                        CelExtensions.lists(KubernetesFunctions.LISTS),
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.optional(),
                        CelExtensions.comprehensions())
                .build();
    }

    /**
     * @throws CelException if it is no expression, or names what is not declared (COMPILATION), or asks for the
     *     server's authorizer (NEEDS_CLUSTER)
     */
    public CelExpression compile(String text) throws CelException {
        try {
            CelValidationResult parsed = compiler.parse(text);
            CelAbstractSyntaxTree tree = parsed.getAst();
            if (asksTheServer(tree)) {
                throw new CelException(
                        Reason.NEEDS_CLUSTER, "it asks the API server's authorizer, which only a cluster can answer");
            }
            CelAbstractSyntaxTree checked = compiler.check(tree).getAst();
            return new CelExpression(text, RUNTIME.createProgram(checked), checked.getResultType());
        } catch (CelValidationException e) {
            throw new CelException(Reason.COMPILATION, message(e));
        } catch (CelEvaluationException | RuntimeException e) {
            throw new CelException(
                    Reason.COMPILATION,
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        } catch (StackOverflowError e) {
            throw new CelException(Reason.COMPILATION, "it is nested too deeply");
        }
    }

    private static boolean asksTheServer(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .anyMatch(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT
                        && OF_THE_SERVER.contains(node.expr().ident().name()));
    }

    private static String message(CelValidationException e) {
        return e.getErrors().stream()
                .findFirst()
                .map(CelEnvironment::message)
                .orElseGet(() -> String.valueOf(e.getMessage()))
                .lines()
                .findFirst()
                .orElse("");
    }

    private static String message(CelIssue issue) {
        return issue.getMessage().replace(" (in container '')", "") + " (line "
                + issue.getSourceLocation().getLine() + ", column "
                + (issue.getSourceLocation().getColumn() + 1) + " of the expression)";
    }
}
