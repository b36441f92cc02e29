package io.jenkins.plugins.gitops.engine.probe;

import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.io.Serializable;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a look at an app has seen: to be held against another one, and for the next one to go on from. It has a form as text,
 * in which it can be kept.
 *
 * @param inventory {@code metadata.uid} of the app's inventory; empty where there was none
 * @param objects the {@linkplain io.jenkins.plugins.gitops.engine.plan.LiveState state} of every object of the app but those
 *     of hooks, by {@code Kind.group/namespace/name}
 * @param kinds the moment up to which each kind was seen, by {@code Kind.group}: {@code resourceVersion}, API version,
 *     plural and {@code Namespaced} or {@code Cluster}, parted by blanks
 */
public record ProbeState(String inventory, SortedMap<String, String> objects, SortedMap<String, String> kinds)
        implements Serializable {

    /** Of who has never looked. */
    public static final ProbeState NONE = new ProbeState("", new TreeMap<>(), new TreeMap<>());

    private static final String INVENTORY = "inventory ";
    private static final String KIND = "kind ";
    private static final Set<String> VERBS = Set.of("list", "watch");

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final String GROUP = LABEL + "(\\." + LABEL + "){0,60}";
    private static final String GROUP_KIND = "[A-Za-z][A-Za-z0-9]{0,62}(\\." + GROUP + ")?";

    /** What goes into a URL, and nothing that would lead elsewhere. */
    private static final Pattern SEEN =
            Pattern.compile("[A-Za-z0-9]{1,64} (" + GROUP + "/)?" + LABEL + " " + LABEL + " (Namespaced|Cluster)");

    private static final Pattern GROUP_KINDS = Pattern.compile(GROUP_KIND);
    private static final Pattern STATE = Pattern.compile("[0-9a-f]{16}");

    /** A name may hold anything but what a URL's path parts by; see {@code IsValidPathSegmentName} of Kubernetes. */
    private static final Pattern KEY = Pattern.compile(GROUP_KIND + "/(" + LABEL + ")?/[^/%\\p{Cntrl}]{1,253}");

    private static final Pattern UID = Pattern.compile("[A-Za-z0-9-]{0,64}");

    public ProbeState {
        objects = new TreeMap<>(objects);
        kinds = new TreeMap<>(kinds);
    }

    /** A kind and the moment up to which it was seen. */
    record Seen(ApiResource kind, String version) {

        static String text(ApiResource kind, String version) {
            return version + " " + kind.apiVersion() + " " + kind.plural() + " "
                    + (kind.namespaced() ? "Namespaced" : "Cluster");
        }
    }

    /** {@code null} where it is not known. */
    Seen seen(String groupKind) {
        String[] parts = kinds.getOrDefault(groupKind, "").split(" ");
        if (parts.length != 4) {
            return null;
        }
        int slash = parts[1].indexOf('/');
        int dot = groupKind.indexOf('.');
        return new Seen(
                new ApiResource(
                        slash < 0 ? "" : parts[1].substring(0, slash),
                        parts[1].substring(slash + 1),
                        dot < 0 ? groupKind : groupKind.substring(0, dot),
                        parts[2],
                        parts[3].equals("Namespaced"),
                        VERBS),
                parts[0]);
    }

    static String key(ObjectId id) {
        return id.groupKind() + "/" + id.namespace() + "/" + id.name();
    }

    static String groupKind(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    /** {@code null} for what {@link #key} has not written. */
    static ObjectId id(String key) {
        String[] parts = key.split("/", 3);
        return parts.length == 3 ? ObjectId.of(parts[0], parts[1], parts[2]) : null;
    }

    /** The objects that differ from an earlier look: changed, gone, new, or back again. */
    public SortedSet<ObjectId> since(ProbeState before) {
        SortedSet<ObjectId> moved = new TreeSet<>();
        objects.forEach((key, state) -> {
            if (!state.equals(before.objects.get(key))) {
                moved.add(id(key));
            }
        });
        before.objects.keySet().stream()
                .filter(key -> !objects.containsKey(key))
                .forEach(key -> moved.add(id(key)));
        return moved;
    }

    /** A line for each thing. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(INVENTORY).append(inventory);
        kinds.forEach((name, seen) ->
                text.append('\n').append(KIND).append(name).append(' ').append(seen));
        objects.forEach(
                (key, state) -> text.append('\n').append(state).append(' ').append(key));
        return text.toString();
    }

    /**
     * From what {@link #toString} has written; a line that is nothing of the kind is left out. The text may come from a
     * machine that is not trusted: what is seen of a kind is asked for with it the next time, names are shown to people.
     */
    public static ProbeState parse(String text) {
        String inventory = "";
        SortedMap<String, String> objects = new TreeMap<>();
        SortedMap<String, String> kinds = new TreeMap<>();
        for (String line : text.split("\n")) {
            String[] parts = line.split(" ", 3);
            if (line.startsWith(INVENTORY)) {
                inventory = matching(UID, line.substring(INVENTORY.length()), "");
            } else if (line.startsWith(KIND)) {
                if (parts.length == 3
                        && GROUP_KINDS.matcher(parts[1]).matches()
                        && SEEN.matcher(parts[2]).matches()) {
                    kinds.put(parts[1], parts[2]);
                }
            } else if (parts.length > 1 && STATE.matcher(parts[0]).matches()) {
                String key = line.substring(parts[0].length() + 1);
                if (KEY.matcher(key).matches()) {
                    objects.put(key, parts[0]);
                }
            }
        }
        return new ProbeState(inventory, objects, kinds);
    }

    private static String matching(Pattern pattern, String text, String otherwise) {
        return pattern.matcher(text).matches() ? text : otherwise;
    }
}
