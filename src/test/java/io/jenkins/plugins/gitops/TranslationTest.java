package io.jenkins.plugins.gitops;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.Test;

/** Every text of a page, form or message is there in every language, with the same arguments. */
public class TranslationTest {

    private static final List<String> LANGUAGES = List.of("es", "pl");
    private static final Path RESOURCES = resources();
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");
    private static final Pattern TEXT_OF_VIEW = Pattern.compile("\\$\\{%([^}(]+)(\\(|})");

    private static final Pattern TRANSLATED_HELP =
            Pattern.compile("(help.*)_(" + String.join("|", LANGUAGES) + ")\\.html");
    private static final Pattern CODE = Pattern.compile("<(?:code|pre)>(.*?)</(?:code|pre)>", Pattern.DOTALL);

    /** The standalone build runs in a folder of its own. */
    private static Path resources() {
        Path inRoot = Path.of("src/main/resources/io/jenkins/plugins/gitops");
        return Files.isDirectory(inRoot) ? inRoot : Path.of("../..").resolve(inRoot);
    }

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
        }
        return properties;
    }

    /** The file beside another: {@code config.jelly} has {@code config_es.properties}. */
    private static Path beside(Path file, String suffix) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + suffix);
    }

    @Test
    public void messagesAreThereInEveryLanguage() throws Exception {
        List<Path> all = files("Messages.properties");
        assertTrue(all.toString(), all.size() >= 4);
        List<String> wrong = new ArrayList<>();
        for (Path file : all) {
            Properties english = properties(file);
            for (String language : LANGUAGES) {
                compare(english, beside(file, "_" + language + ".properties"), wrong);
            }
        }
        assertEquals(String.join("\n", wrong), List.of(), wrong);
    }

    @Test
    public void textsOfViewsAreThereInEveryLanguage() throws Exception {
        List<String> wrong = new ArrayList<>();
        int texts = 0;
        for (Path view : files(".jelly")) {
            Properties english = properties(beside(view, ".properties"));
            Set<String> used = new TreeSet<>();
            Matcher matcher = TEXT_OF_VIEW.matcher(Files.readString(view));
            while (matcher.find()) {
                String key = matcher.group(1);
                boolean hasArguments = matcher.group(2).equals("(");
                used.add(key);
                if (hasArguments && !english.containsKey(key)) {
                    wrong.add(view + ": " + key + " has no text");
                }
                english.putIfAbsent(key, key);
            }
            texts += used.size();
            for (Object key : english.keySet()) {
                if (!used.contains(key)) {
                    wrong.add(view + " does not use " + key);
                }
            }
            if (!used.isEmpty()) {
                for (String language : LANGUAGES) {
                    compare(english, beside(view, "_" + language + ".properties"), wrong);
                }
            }
        }
        assertTrue("texts found: " + texts, texts > 60);
        assertEquals(String.join("\n", wrong), List.of(), wrong);
    }

    private static void compare(Properties english, Path file, List<String> wrong) throws IOException {
        Properties translated = properties(file);
        for (Object name : english.keySet()) {
            String key = (String) name;
            String text = translated.getProperty(key);
            if (text == null || text.isBlank()) {
                wrong.add(file + " lacks " + key);
            } else if (!arguments(text).equals(arguments(english.getProperty(key)))) {
                wrong.add(file + ": " + key + " has other arguments");
            }
        }
        for (Object key : translated.keySet()) {
            if (!english.containsKey(key)) {
                wrong.add(file + ": nothing uses " + key);
            }
        }
    }

    /** The numbers of a message's arguments. */
    private static Set<String> arguments(String pattern) {
        return ARGUMENT.matcher(pattern)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    /** What is code is the same in every language: names of parameters, values, examples. */
    @Test
    public void helpIsThereInEveryLanguage() throws Exception {
        List<String> wrong = new ArrayList<>();
        int english = 0;
        for (Path file : files(".html")) {
            String name = file.getFileName().toString();
            Matcher translated = TRANSLATED_HELP.matcher(name);
            if (translated.matches()) {
                if (!Files.isRegularFile(file.resolveSibling(translated.group(1) + ".html"))) {
                    wrong.add(file + " translates nothing");
                }
                continue;
            }
            english++;
            for (String language : LANGUAGES) {
                Path translation = beside(file, "_" + language + ".html");
                if (!Files.isRegularFile(translation)) {
                    wrong.add(translation + " is missing");
                } else if (!code(translation).equals(code(file))) {
                    wrong.add(translation + " has other code than the English text: " + code(translation) + " and not "
                            + code(file));
                }
            }
        }
        assertTrue("texts found: " + english, english > 50);
        assertEquals(String.join("\n", wrong), List.of(), wrong);
    }

    private static Set<String> code(Path help) throws IOException {
        return CODE.matcher(Files.readString(help))
                .results()
                .map(result -> result.group(1).replaceAll("\\s+", " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Quotes are doubled in messages with arguments: a single one would swallow them. */
    @Test
    public void everyArgumentOfAMessageIsShown() throws Exception {
        List<String> wrong = new ArrayList<>();
        Object[] values = IntStream.range(0, 10).mapToObj(i -> "value " + i).toArray();
        for (Path file : files(".properties")) {
            Properties properties = properties(file);
            for (String name : properties.stringPropertyNames()) {
                String pattern = properties.getProperty(name);
                if (pattern.contains(",choice,")) {
                    continue;
                }
                String shown = new MessageFormat(pattern, Locale.ROOT).format(values);
                for (String argument : arguments(pattern)) {
                    if (!shown.contains("value " + argument)) {
                        wrong.add(file + ": " + name + " does not show argument " + argument);
                    }
                }
            }
        }
        assertEquals(String.join("\n", wrong), List.of(), wrong);
    }

    /** Numbers come to a word of their own where a language has one. */
    @Test
    public void choicesCanBeMade() throws Exception {
        Object[] values = IntStream.range(0, 10).mapToObj(i -> (Object) 2).toArray();
        for (Path file : files(".properties")) {
            Properties properties = properties(file);
            for (String name : properties.stringPropertyNames()) {
                String pattern = properties.getProperty(name);
                if (pattern.contains(",choice,")) {
                    String shown = new MessageFormat(pattern, Locale.ROOT).format(values);
                    assertTrue(file + ": " + name + ": " + shown, shown.contains("2"));
                }
            }
        }
    }
}
