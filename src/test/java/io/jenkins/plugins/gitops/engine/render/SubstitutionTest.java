package io.jenkins.plugins.gitops.engine.render;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class SubstitutionTest {

    private static final RenderPolicy NO_TOOLS = RenderPolicy.DEFAULT.withTools(ToolPolicy.DEFAULT.withPath(""));

    private static final String DEPLOYMENT =
            """
            apiVersion: apps/${v}
            kind: Deployment
            metadata:
              name: ${app/_/-}
              labels: {version: "${version}"}
            spec:
              replicas: ${replicas:=2}
              paused: ${paused}
              template:
                spec:
                  nodeSelector: {zone: "${zone}"}
                  containers:
                  - name: ${app%_*}
                    image: example.org/${app}:${version}
                    args: ["${replicas}", "--port=${port}", "$(HOME) $${HOME}"]
                    env:
                    - {name: PORT, value: "${port}"}
                    ports: [{containerPort: "${port}"}]
                    command: ${command}
            """;

    private static final Map<String, String> VALUES = Map.of(
            "v", "v1",
            "app", "web_app",
            "version", "1.10",
            "replicas", "3",
            "paused", "false",
            "zone", "1",
            "port", "8080",
            "command", "[\"run\", \"1\"]");

    @Test
    public void aValueBecomesWhatTheFieldNeeds() throws Exception {
        RenderResult result = render(policy(VALUES), new MemoryTree().with("a.yaml", DEPLOYMENT));
        assertEquals(List.of(), result.problems());
        assertEquals(
                ("{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web-app','labels':{'version':'1.10'}},"
                                + "'spec':{'replicas':3,'paused':false,'template':{'spec':{'nodeSelector':{'zone':'1'},"
                                + "'containers':[{'name':'web','image':'example.org/web_app:1.10',"
                                + "'args':['3','--port=8080','$(HOME) ${HOME}'],'env':[{'name':'PORT','value':'8080'}],"
                                + "'ports':[{'containerPort':8080}],'command':['run','1']}]}}}}")
                        .replace('\'', '"'),
                result.manifests().get(0).json().toString());
    }

    @Test
    public void noValueChangesTheFormAroundIt() throws Exception {
        for (Map.Entry<String, String> value : Map.of(
                        "a: b", "\"a: b\"",
                        "x\ny: z", "\"x\\ny: z\"",
                        "&a b", "\"&a b\"",
                        "x #y", "\"x #y\"",
                        "- a", "\"- a\"",
                        "\"3\"", "\"3\"",
                        "", "null",
                        "{a: 1}", "{\"a\":1}",
                        "yes", "true")
                .entrySet()) {
            RenderResult result = render(
                    policy(Map.of("x", value.getKey())),
                    new MemoryTree()
                            .with("a.yaml", "apiVersion: v1\nkind: T\nmetadata: {name: a}\nspec: {x: \"${x}\"}\n"));
            assertEquals(
                    value.getKey(),
                    value.getValue(),
                    result.manifests().get(0).json().path("spec").path("x").toString());
        }
    }

    @Test
    public void withoutAnyValueADollarIsADollar() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {s: \"${x} $$\"}\n");
        assertEquals(
                "${x} $$",
                render(SubstitutionPolicy.NONE, tree)
                        .manifests()
                        .get(0)
                        .json()
                        .path("data")
                        .path("s")
                        .asText());
    }

    @Test
    public void anObjectMayOptOut() throws Exception {
        for (String where : List.of("labels", "annotations")) {
            MemoryTree tree = new MemoryTree()
                    .with(
                            "a.yaml",
                            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, " + where
                                    + ": {kustomize.toolkit.fluxcd.io/substitute: disabled}}\ndata: {s: \"${none}\"}\n");
            RenderResult result = render(policy(Map.of("a", "b")), tree);
            assertEquals(List.of(), result.problems());
            assertEquals(
                    "${none}",
                    result.manifests().get(0).json().path("data").path("s").asText());
        }
    }

    @Test
    public void whatHasNoValueIsToldWithItsPlace() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("a.yaml", "# x\napiVersion: v1\nkind: T\nmetadata: {name: a}\nspec:\n  list: [\"${none}\"]\n");
        RenderResult result = render(policy(Map.of("a", "b")), tree);
        assertEquals(List.of(), result.manifests());
        assertEquals(
                List.of(
                        "a.yaml:2:1: T/a: spec.list[0]: the variable \"none\" has neither a value nor a default; give it a"
                                + " value, or write a default as ${name:=default}"),
                result.problems().stream().map(Problem::toString).toList());
        assertEquals(
                1,
                render(new SubstitutionPolicy(Map.of("a", "b"), List.of(), List.of(), false), tree)
                        .manifests()
                        .size());
    }

    @Test
    public void whatAValueMakesOfANameIsJudged() throws Exception {
        MemoryTree tree = new MemoryTree().with("a.yaml", "apiVersion: v1\nkind: T\nmetadata: {name: \"${x}\"}\n");
        RenderResult result = render(policy(Map.of("x", "a/b")), tree);
        assertEquals(List.of(), result.manifests());
        assertEquals(
                List.of("a.yaml:1:1: metadata.name \"a/b\" must not contain \"/\""),
                result.problems().stream().map(Problem::toString).toList());
    }

    @Test
    public void valuesComeFromFilesObjectsAndParameters() throws Exception {
        MemoryTree tree = new MemoryTree()
                .with("apps/a.yaml", "apiVersion: v1\nkind: T\nmetadata: {name: \"${a}-${b}-${c}-${d}-${e}\"}\n")
                .with("vars/one.yaml", "a: 1\nb: 1\nc: 1\n")
                .with("vars/two.env", "# x\nb=2\n\nc=2\r\n");
        RenderTarget.Cluster cluster = new RenderTarget.Cluster() {
            @Override
            public RenderTarget.Facts facts() {
                throw new AssertionError("no chart, no question");
            }

            @Override
            public String namespace() {
                return "home";
            }

            @Override
            public Map<String, String> values(RenderTarget.ValueSource source) {
                return source.name().equals("gone") ? null : Map.of("c", "3\n", "d", "3", "e", source.toString());
            }
        };
        SubstitutionPolicy policy = new SubstitutionPolicy(
                Map.of("e", "5"),
                List.of("vars/one.yaml", "vars/two.env"),
                List.of(
                        new SubstitutionPolicy.Source(new RenderTarget.ValueSource(true, null, "gone"), true),
                        new SubstitutionPolicy.Source(new RenderTarget.ValueSource(false, "x", "conf"), false)),
                true);
        RenderTarget target = new RenderTarget("app", cluster);
        RenderResult result =
                Renderers.of(NO_TOOLS.withSubstitution(policy), target).render(tree, "apps");
        assertEquals(List.of(), result.problems());
        assertEquals("1-2-3-3-5", result.manifests().get(0).name());
        assertFalse(policy.toString(), policy.toString().contains("5"));
        SubstitutionPolicy required = new SubstitutionPolicy(
                Map.of("not-a-name", "x"),
                List.of("vars/none.yaml"),
                List.of(new SubstitutionPolicy.Source(new RenderTarget.ValueSource(true, null, "gone"), false)),
                true);
        assertEquals(
                "the file \"vars/none.yaml\", which holds values to substitute, is not in the repository; name it relative"
                        + " to the repository's root\n"
                        + "Secret gone, which holds values to substitute, does not exist; create it, or say that it is"
                        + " optional\n"
                        + "\"not-a-name\" of a parameter is not a variable's name; use letters, digits and _, beginning"
                        + " with a letter or _",
                assertThrows(BadInputException.class, () -> Renderers.of(NO_TOOLS.withSubstitution(required), target)
                                .render(tree, "apps"))
                        .getMessage());
    }

    private static SubstitutionPolicy policy(Map<String, String> values) {
        return new SubstitutionPolicy(values, List.of(), List.of(), true);
    }

    private static RenderResult render(SubstitutionPolicy policy, MemoryTree tree) throws Exception {
        RenderTarget target = new RenderTarget("app", RenderTarget.Cluster.without(null));
        return Renderers.of(NO_TOOLS.withSubstitution(policy), target).render(tree, "");
    }
}
