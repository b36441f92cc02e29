package io.jenkins.plugins.gitops.steps;

import java.beans.Introspector;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The steps and their parameters, as the classes declare them and the help files explain them. */
final class StepReference {

    /** By the name that a Pipeline calls it by. */
    static final Map<String, Class<? extends GitopsStep>> STEPS = steps();

    private StepReference() {}

    private static Map<String, Class<? extends GitopsStep>> steps() {
        Map<String, Class<? extends GitopsStep>> steps = new LinkedHashMap<>();
        steps.put("gitopsSync", GitopsSyncStep.class);
        steps.put("gitopsPlan", GitopsPlanStep.class);
        steps.put("gitopsDrift", GitopsDriftStep.class);
        steps.put("gitopsValidate", GitopsValidateStep.class);
        return steps;
    }

    /** What has to be given. */
    static Set<String> required(Class<?> step) {
        Set<String> names = new TreeSet<>();
        for (Constructor<?> constructor : step.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    names.add(parameter.getName());
                }
            }
        }
        return names;
    }

    /** All parameters: those of every step first, each group in alphabetical order. */
    static List<String> parameters(Class<?> step) {
        List<String> names = new ArrayList<>(required(step));
        for (Class<?> type : lineage(step)) {
            Set<String> own = new TreeSet<>();
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(DataBoundSetter.class)) {
                    own.add(Introspector.decapitalize(method.getName().substring("set".length())));
                }
            }
            names.addAll(own);
        }
        return names;
    }

    /** From the most general class of ours to the step's own. */
    private static List<Class<?>> lineage(Class<?> step) {
        List<Class<?>> lineage = new ArrayList<>();
        for (Class<?> type = step; type != Step.class; type = type.getSuperclass()) {
            lineage.add(0, type);
        }
        return lineage;
    }

    /** The page of a step. */
    static String page(String function, Class<?> step) throws IOException {
        StringBuilder page =
                new StringBuilder("<!-- Made from the step's help files, which Jenkins shows too. -->\n\n# `");
        page.append(function).append("`\n\n").append(markdown(help(step, "help.html")));
        page.append("\n## Parameters\n");
        for (String name : parameters(step)) {
            page.append("\n### `").append(name).append("`");
            page.append(required(step).contains(name) ? " (required)" : "").append("\n\n");
            page.append(markdown(help(step, "help-" + name + ".html")));
        }
        return page.toString();
    }

    /** As Jenkins finds it: of the class itself, or of one that it extends. */
    private static String help(Class<?> step, String file) throws IOException {
        for (Class<?> type = step; type != Object.class; type = type.getSuperclass()) {
            try (InputStream content = type.getResourceAsStream(type.getSimpleName() + "/" + file)) {
                if (content != null) {
                    return new String(content.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new IOException(step.getSimpleName() + " has no " + file);
    }

    private static String markdown(String html) {
        StringBuilder text = new StringBuilder();
        Matcher blocks = Pattern.compile("<pre>(.*?)</pre>|([^<]+|<(?!pre>)[^>]*>)", Pattern.DOTALL)
                .matcher(html);
        StringBuilder paragraph = new StringBuilder();
        while (blocks.find()) {
            if (blocks.group(1) != null) {
                flush(paragraph, text);
                text.append("```groovy\n")
                        .append(unescaped(blocks.group(1)).strip())
                        .append("\n```\n\n");
            } else if (blocks.group().matches("</?(p|div)>")) {
                flush(paragraph, text);
            } else {
                paragraph.append(
                        blocks.group().matches("</?code>")
                                ? "`"
                                : blocks.group().matches("</?i>") ? "*" : blocks.group());
            }
        }
        flush(paragraph, text);
        return text.toString().stripTrailing() + "\n";
    }

    private static void flush(StringBuilder paragraph, StringBuilder text) {
        String words = unescaped(paragraph.toString()).strip().replaceAll("\\s+", " ");
        paragraph.setLength(0);
        if (!words.isEmpty()) {
            text.append(words).append("\n\n");
        }
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
