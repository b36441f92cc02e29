package io.jenkins.plugins.gitops.steps;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * The documentation says what the steps are: the pages of the steps are made from the help files
 * ({@code -Dgitops.docs.write=true} writes them anew), and every Pipeline in it uses parameters that exist.
 */
public class StepDocumentationTest {

    /** The standalone build runs in a folder of its own. */
    private static final Path ROOT = Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("../..");

    private static final Pattern BLOCK = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("\\b(gitops[A-Z]\\w*)\\b *(\\(?)");
    private static final Pattern NAME = Pattern.compile("(?<=^|[,(\\s])(\\w+):(?!//)");

    @Test
    public void thePagesOfTheStepsAreTheirHelp() throws Exception {
        for (Map.Entry<String, Class<? extends GitopsStep>> step : StepReference.STEPS.entrySet()) {
            isHelp(step.getKey(), StepReference.page(step.getKey(), step.getValue()));
        }
        isHelp("options", StepReference.optionsPage());
    }

    private static void isHelp(String name, String page) throws IOException {
        Path file = ROOT.resolve("docs/steps/" + name + ".md");
        if (Boolean.getBoolean("gitops.docs.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page);
        }
        assertEquals(file + " is not what -Dgitops.docs.write=true writes", page, Files.readString(file));
    }

    @Test
    public void everyPipelineUsesParametersThatExist() throws Exception {
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (Path file : documents()) {
            String text = Files.readString(file);
            if (file.toString().endsWith(".md")) {
                for (Matcher block = BLOCK.matcher(text); block.find(); ) {
                    calls += check(file, block.group(1), wrong);
                }
            } else {
                calls += check(file, text, wrong);
            }
        }
        assertTrue("calls found: " + calls, calls >= 10);
        assertEquals(String.join("\n", wrong), List.of(), wrong);
    }

    @Test
    public void aCallThatIsWrongIsFound() {
        List<String> wrong = new ArrayList<>();
        check(Path.of("here"), "gitopsSync app: 'a', nmespace: 'b'\ngitopsDrift(path: 'x')\ngitopsFoo()", wrong);
        assertEquals(
                List.of(
                        "here: gitopsSync has no parameter nmespace",
                        "here: gitopsDrift lacks app",
                        "here: there is no step gitopsFoo"),
                wrong);
        check(
                Path.of("here"),
                "gitopsSync app: 'a: b', path: \"c: ${x(d: 1)}\",\n    cluster: 'e'\necho 'f: g'",
                wrong);
        assertEquals(3, wrong.size());
    }

    @Test
    public void anOptionThatIsWrongIsFound() {
        List<String> wrong = new ArrayList<>();
        check(
                Path.of("here"),
                "gitopsSync app: 'a', helm: [values: ['x=[1, y: 2]', \"${z(u: 1)}\"], valuesFiles: ['a']],\n"
                        + "    substitution: [values: [\"A=${b ? [c: 1] : 'd'}\"], strict: false]\n"
                        + "helm: [kubeVersion: 'v1', includeCRDs: true]",
                wrong);
        assertEquals(List.of("here: helm has no option valuesFiles", "here: helm has no option includeCRDs"), wrong);
    }

    private static List<Path> documents() throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("Jenkinsfile")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        return files;
    }

    /** @return how many calls there were */
    private static int check(Path file, String groovy, List<String> wrong) {
        // Strings hold what they like.
        String bare = groovy.replaceAll("(?m)//.*$", "")
                .replaceAll("'(\\\\.|[^'\\\\\n])*'", "''")
                .replaceAll("\"(\\\\.|[^\"\\\\\n])*\"", "''");
        StepReference.nested().forEach((name, type) -> checkOptions(file, bare, name, type, wrong));
        int calls = 0;
        for (Matcher call = CALL.matcher(bare); call.find(); ) {
            calls++;
            Class<? extends GitopsStep> step = StepReference.STEPS.get(call.group(1));
            if (step == null) {
                wrong.add(file + ": there is no step " + call.group(1));
                continue;
            }
            Set<String> given = new TreeSet<>();
            Matcher names = NAME.matcher(
                    arguments(bare.substring(call.end()), !call.group(2).isEmpty()));
            while (names.find()) {
                given.add(names.group(1));
            }
            List<String> known = StepReference.parameters(step);
            given.stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> wrong.add(file + ": " + call.group(1) + " has no parameter " + name));
            StepReference.required(step).stream()
                    .filter(name -> !given.contains(name))
                    .forEach(name -> wrong.add(file + ": " + call.group(1) + " lacks " + name));
        }
        return calls;
    }

    private static void checkOptions(Path file, String bare, String option, Class<?> type, List<String> wrong) {
        List<String> known = StepReference.parameters(type);
        for (Matcher given = Pattern.compile("\\b" + option + ": *\\[").matcher(bare); given.find(); ) {
            Matcher names = NAME.matcher(inBrackets(bare.substring(given.end())));
            while (names.find()) {
                if (!known.contains(names.group(1))) {
                    wrong.add(file + ": " + option + " has no option " + names.group(1));
                }
            }
        }
    }

    /** Up to the closing bracket; what is nested left out. */
    private static String inBrackets(String rest) {
        StringBuilder inside = new StringBuilder();
        int depth = 0;
        for (char c : rest.toCharArray()) {
            if (c == ']' && depth == 0) {
                break;
            }
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth == 0) {
                inside.append(c);
            }
        }
        return inside.toString();
    }

    /** Up to the closing parenthesis, or to the end of a line that does not end in a comma; what is nested left out. */
    private static String arguments(String rest, boolean inParentheses) {
        StringBuilder arguments = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean ends = inParentheses
                    ? c == ')' && depth == 0
                    : depth == 0
                            && (c == '}'
                                    || c == ';'
                                    || c == '\n'
                                            && !arguments
                                                    .toString()
                                                    .stripTrailing()
                                                    .endsWith(","));
            if (ends) {
                break;
            }
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth == 0) {
                arguments.append(c);
            }
        }
        return arguments.toString();
    }
}
