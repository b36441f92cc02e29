package io.jenkins.plugins.gitops.steps;

import hudson.model.Describable;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** The options that a step's parameters are made of, such as those of {@code helm}, by the parameter's name. */
    static Map<String, Class<?>> nested(Class<?> step) {
        Map<String, Class<?>> nested = new TreeMap<>();
        for (Class<?> type : lineage(step)) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(DataBoundSetter.class)
                        && Describable.class.isAssignableFrom(method.getParameterTypes()[0])) {
                    nested.put(name(method), method.getParameterTypes()[0]);
                }
            }
        }
        return nested;
    }

    /** Those of all steps. */
    static Map<String, Class<?>> nested() {
        Map<String, Class<?>> nested = new TreeMap<>();
        STEPS.values().forEach(step -> nested.putAll(nested(step)));
        return nested;
    }

    private static String name(Method setter) {
        return Introspector.decapitalize(setter.getName().substring("set".length()));
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
                    own.add(name(method));
                }
            }
            names.addAll(own);
        }
        return names;
    }

    /** From the most general class of ours to the step's own. */
    private static List<Class<?>> lineage(Class<?> step) {
        List<Class<?>> lineage = new ArrayList<>();
        for (Class<?> type = step; type.getPackage() == StepReference.class.getPackage(); type = type.getSuperclass()) {
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
        Map<String, Class<?>> nested = nested(step);
        for (String name : parameters(step)) {
            parameter("### ", step, name, page);
            if (nested.containsKey(name)) {
                page.append("\nIts options: [`").append(name).append("`](options.md#");
                page.append(name.toLowerCase(Locale.ROOT)).append(").\n");
            }
        }
        return page.toString();
    }

    /** The page of the options that parameters are made of. */
    static String optionsPage() throws IOException {
        StringBuilder page =
                new StringBuilder("<!-- Made from the help files of the options, which Jenkins shows too. -->\n\n");
        page.append("# Options\n\nParameters of the steps that are made of options of their own.\n");
        for (Map.Entry<String, Class<?>> option : nested().entrySet()) {
            List<String> steps = new ArrayList<>();
            STEPS.forEach((function, step) -> {
                if (nested(step).containsKey(option.getKey())) {
                    steps.add("[`" + function + "`](" + function + ".md#"
                            + option.getKey().toLowerCase(Locale.ROOT) + ")");
                }
            });
            Class<? extends GitopsStep> some = STEPS.values().stream()
                    .filter(step -> nested(step).containsKey(option.getKey()))
                    .findFirst()
                    .orElseThrow();
            parameter("## ", some, option.getKey(), page);
            page.append("\nOf ").append(String.join(", ", steps)).append(".\n");
            for (String name : parameters(option.getValue())) {
                parameter("### ", option.getValue(), name, page);
            }
        }
        return page.toString();
    }

    private static void parameter(String heading, Class<?> of, String name, StringBuilder page) throws IOException {
        page.append("\n").append(heading).append("`").append(name).append("`");
        page.append(required(of).contains(name) ? " (required)" : "").append("\n\n");
        page.append(markdown(help(of, "help-" + name + ".html")));
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
