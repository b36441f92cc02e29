package io.jenkins.plugins.gitops.cli;

import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists a command's options by what they are about, the command's own first. */
final class GroupedHelp implements IHelpSectionRenderer {

    private static final String OWN = "Options";
    private static final String EVERYWHERE = "Help";

    @Override
    public String render(Help help) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        groups.put(OWN, new ArrayList<>());
        for (OptionSpec option : help.commandSpec().options()) {
            if (!option.hidden()) {
                groups.computeIfAbsent(group(option), name -> new ArrayList<>()).add(option);
            }
        }
        List<OptionSpec> everywhere = groups.remove(EVERYWHERE);
        if (everywhere != null) {
            groups.put(EVERYWHERE, everywhere);
        }
        StringBuilder text = new StringBuilder();
        groups.forEach((name, options) -> {
            if (!options.isEmpty()) {
                Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
                layout.addOptions(options, help.createDefaultParamLabelRenderer());
                text.append(help.colorScheme().text("@|bold " + name + ":|@").toString())
                        .append(System.lineSeparator())
                        .append(layout)
                        .append(System.lineSeparator());
            }
        });
        return text.toString();
    }

    private static String group(OptionSpec option) {
        if (option.usageHelp() || option.versionHelp()) {
            return EVERYWHERE;
        }
        OptionGroup group = option.userObject() instanceof Member member
                ? member.getDeclaringClass().getAnnotation(OptionGroup.class)
                : null;
        return group == null ? OWN : group.value();
    }

    /** What replaces picocli's own list of options. */
    static String section() {
        return UsageMessageSpec.SECTION_KEY_OPTION_LIST;
    }
}
