package io.jenkins.plugins.gitops.engine.reliability;

import io.jenkins.plugins.gitops.engine.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** What two apps declare, changed at random: created, changed, moved from one to the other, replaced, removed; with hooks. */
final class RandomApps {

    private enum Kind {
        CONFIG,
        SECRET,
        SERVICE,
        ROLE,
        /** An immutable ConfigMap that may be replaced. */
        LOCKED,
        HOOK
    }

    private static final String[] PHASES = {"PreSync", "Sync", "PostSync", "PreSync,PostSync"};
    private static final String[] POLICIES = {"", "HookSucceeded", "BeforeHookCreation", "HookFailed"};

    /** One object, or hook, that Git declares. */
    private static final class Item {
        final Kind kind;
        final String name;
        final int flavour;
        String app;
        String movedFrom = "";
        int version = 1;
        boolean isNew = true;

        Item(Kind kind, String name, String app, int flavour) {
            this.kind = kind;
            this.name = name;
            this.app = app;
            this.flavour = flavour;
        }
    }

    private final Random random;
    private final List<Item> items = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final Set<String> replaced = new TreeSet<>();
    private int count;

    RandomApps(Random random) {
        this.random = random;
        for (String app : KillHarness.APPS) {
            for (Kind kind : Kind.values()) {
                add(kind, app);
            }
        }
    }

    /** What the last change was about, for whoever reads why a test failed. */
    List<String> lastChanges() {
        return changes;
    }

    /** {@code Kind/name} of what is declared, and was not to be replaced by the last change. */
    Set<String> kept() {
        Set<String> kept = new TreeSet<>();
        items.stream()
                .filter(item -> item.kind != Kind.HOOK)
                .map(RandomApps::id)
                .filter(id -> !replaced.contains(id))
                .forEach(kept::add);
        return kept;
    }

    void change() {
        changes.clear();
        replaced.clear();
        items.forEach(item -> item.isNew = false);
        for (int i = 2 + random.nextInt(5); i > 0; i--) {
            Item item = items.get(random.nextInt(items.size()));
            switch (random.nextInt(8)) {
                case 0, 1 -> add(Kind.values()[random.nextInt(Kind.values().length)], someApp());
                case 2 -> remove(item);
                case 3, 4 -> move(item);
                default -> edit(item);
            }
        }
        // So that every round has each of them.
        edit(any(Kind.LOCKED));
        edit(any(Kind.CONFIG));
    }

    private String someApp() {
        return KillHarness.APPS.get(random.nextInt(KillHarness.APPS.size()));
    }

    private Item any(Kind kind) {
        List<Item> some = items.stream().filter(item -> item.kind == kind).toList();
        return some.isEmpty() ? add(kind, someApp()) : some.get(random.nextInt(some.size()));
    }

    private Item add(Kind kind, String app) {
        Item item = new Item(kind, kind.name().toLowerCase() + "-" + ++count, app, random.nextInt(100));
        items.add(item);
        changes.add("add " + item.name + " to " + app);
        return item;
    }

    private void remove(Item item) {
        if (items.stream().filter(other -> other.app.equals(item.app)).count() > 3) {
            items.remove(item);
            changes.add("remove " + item.name);
        }
    }

    /** Only one way: the app that gets it is synced first. */
    private void move(Item item) {
        if (item.app.equals(KillHarness.APPS.get(1))
                && item.kind != Kind.HOOK
                && !item.isNew
                && items.stream().filter(other -> other.app.equals(item.app)).count() > 3) {
            item.movedFrom = item.app;
            item.app = KillHarness.APPS.get(0);
            changes.add("move " + item.name);
        }
    }

    private void edit(Item item) {
        item.version++;
        changes.add("edit " + item.name);
        if (item.kind == Kind.LOCKED) {
            replaced.add(id(item));
        }
    }

    private static String id(Item item) {
        String kind =
                switch (item.kind) {
                    case CONFIG, LOCKED, HOOK -> "ConfigMap";
                    case SECRET -> "Secret";
                    case SERVICE -> "Service";
                    case ROLE -> "Role";
                };
        return kind + "/" + item.name;
    }

    void write(TestRepository repository) throws IOException {
        for (String app : KillHarness.APPS) {
            StringBuilder text = new StringBuilder();
            items.stream().filter(item -> item.app.equals(app)).forEach(item -> text.append("---\n")
                    .append(manifest(item)));
            Files.createDirectories(repository.directory().resolve(app));
            repository.write(app + "/all.yaml", text.toString());
        }
    }

    private static String manifest(Item item) {
        List<String> annotations = new ArrayList<>();
        if (!item.movedFrom.isEmpty()) {
            annotations.add("gitops.jenkins.io/moved-from: " + item.movedFrom);
        }
        if (item.kind == Kind.LOCKED) {
            annotations.add("gitops.jenkins.io/force: enabled");
        }
        if (item.kind == Kind.HOOK) {
            annotations.add("argocd.argoproj.io/hook: \"" + PHASES[item.flavour % PHASES.length] + "\"");
            String policy = POLICIES[item.flavour / 4 % POLICIES.length];
            if (!policy.isEmpty()) {
                annotations.add("argocd.argoproj.io/hook-delete-policy: " + policy);
            }
        } else if (item.flavour % 3 == 0) {
            annotations.add("argocd.argoproj.io/sync-wave: \"" + (item.flavour % 4 - 1) + "\"");
        }
        boolean generated = item.kind == Kind.HOOK && item.flavour % 5 == 0;
        String metadata = "{" + (generated ? "generateName: " + item.name + "-" : "name: " + item.name)
                + ", annotations: {" + String.join(", ", annotations) + "}}";
        return switch (item.kind) {
            case CONFIG, HOOK ->
                "apiVersion: v1\nkind: ConfigMap\nmetadata: " + metadata + "\ndata: {version: \"" + item.version
                        + "\"}\n";
            case LOCKED ->
                "apiVersion: v1\nkind: ConfigMap\nmetadata: " + metadata + "\nimmutable: true\ndata: {version: \""
                        + item.version + "\"}\n";
            case SECRET ->
                "apiVersion: v1\nkind: Secret\nmetadata: " + metadata + "\nstringData: {version: \"" + item.version
                        + "\"}\n";
            case SERVICE ->
                "apiVersion: v1\nkind: Service\nmetadata: " + metadata + "\nspec: {clusterIP: None, ports: [{port: "
                        + (1000 + item.version) + "}]}\n";
            case ROLE ->
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: " + metadata
                        + "\nrules: [{apiGroups: [\"\"], resources: [pods], resourceNames: [p" + item.version
                        + "], verbs: [get]}]\n";
        };
    }
}
