package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Finds the commit that a person means by a branch, a tag, a hash or an expression. */
final class RevisionResolver {
    /** As Git: fewer digits are never taken for an abbreviated hash. */
    private static final int MIN_ABBREVIATION = 4;

    private static final int MAX_NAMED = 5;
    private static final String ORIGIN = "origin/";

    private final Repository repository;
    private final String display;
    private final boolean mirror;

    /**
     * @param display what the repository is called
     * @param mirror whether its branches are those of the remote, so that {@code origin/main} is {@code main}
     */
    RevisionResolver(Repository repository, String display, boolean mirror) {
        this.repository = repository;
        this.display = display;
        this.mirror = mirror;
    }

    /**
     * A commit and the name that led to it.
     *
     * @param commit with its message
     * @param ref the branch or tag; {@code null} where a hash or an expression was given, or HEAD is detached
     */
    record Found(RevCommit commit, String ref) {}

    /**
     * @param asked the revision; {@code null} for HEAD
     * @throws MissingObjectException if a name leads to a commit that is not there: the repository is damaged
     */
    Found resolve(String asked) throws BadInputException, IOException {
        if (asked == null) {
            return head();
        }
        if (asked.startsWith("-")) {
            throw new BadInputException("Revision \"" + asked + "\" begins with a dash, as options do", advice(asked));
        }
        String revision = withoutOrigin(asked);
        refuseTwoMeanings(revision);
        ObjectId id = lookUp(revision);
        if (id == null) {
            throw unknown(asked);
        }
        Ref ref = isHash(revision) ? null : named(revision);
        return new Found(commit(id, asked), ref == null ? null : shortName(ref));
    }

    private Found head() throws BadInputException, IOException {
        Ref head = repository.exactRef(Constants.HEAD);
        if (head != null && head.getObjectId() != null) {
            return new Found(commit(head.getObjectId(), Constants.HEAD), shortName(head));
        }
        List<String> names = names();
        if (names.isEmpty()) {
            throw new BadInputException(display + " has no commits yet", "commit the manifests and push them");
        }
        throw new BadInputException(
                "HEAD of " + display + " is a branch without commits",
                "name a revision, such as " + NearMisses.quoted(names.subList(0, 1)));
    }

    private ObjectId lookUp(String revision) throws BadInputException, IOException {
        boolean digits = revision.matches("[0-9a-fA-F]+") && named(revision) == null;
        if (digits && revision.length() < MIN_ABBREVIATION) {
            return null;
        }
        try {
            return repository.resolve(digits ? revision.toLowerCase(Locale.ROOT) : revision);
        } catch (AmbiguousObjectException e) {
            return onlyCommit(revision, e.getCandidates());
        } catch (RevisionSyntaxException | IncorrectObjectTypeException | MissingObjectException e) {
            return null;
        }
    }

    /** An abbreviation that fits a commit and a file means the commit. */
    private ObjectId onlyCommit(String revision, Collection<ObjectId> candidates)
            throws BadInputException, IOException {
        List<RevCommit> commits = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            for (ObjectId candidate : candidates) {
                if (walk.parseAny(candidate) instanceof RevCommit commit) {
                    walk.parseBody(commit);
                    commits.add(commit);
                }
            }
        }
        if (commits.size() == 1) {
            return commits.get(0);
        }
        String each = commits.stream()
                .limit(MAX_NAMED)
                .map(commit -> commit.name().substring(0, 12) + " (" + commit.getShortMessage() + ")")
                .sorted()
                .collect(Collectors.joining(", "));
        throw new BadInputException(
                "\"" + revision + "\" is the beginning of several objects of " + display,
                commits.isEmpty() ? "none of them is a commit" : "write more digits: " + each);
    }

    private RevCommit commit(ObjectId id, String asked) throws BadInputException, IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(id);
            walk.parseBody(commit);
            return commit;
        } catch (IncorrectObjectTypeException e) {
            throw new BadInputException(
                    "\"" + asked + "\" of " + display + " is not a commit", "name a branch, a tag or a commit");
        } catch (MissingObjectException e) {
            if (isHash(asked)) {
                throw unknown(asked);
            }
            throw e;
        }
    }

    /** A branch and a tag of the same name: Git takes the tag and warns; a deployment must not depend on a warning. */
    private void refuseTwoMeanings(String revision) throws BadInputException, IOException {
        Ref branch = repository.exactRef(Constants.R_HEADS + revision);
        Ref tag = repository.exactRef(Constants.R_TAGS + revision);
        if (branch == null || tag == null) {
            return;
        }
        Ref peeled = repository.getRefDatabase().peel(tag);
        ObjectId tagged = peeled.getPeeledObjectId() == null ? peeled.getObjectId() : peeled.getPeeledObjectId();
        if (!tagged.equals(branch.getObjectId())) {
            throw new BadInputException(
                    "\"" + revision + "\" is a branch and a tag of " + display + ", of different commits",
                    "write " + branch.getName() + " or " + tag.getName());
        }
    }

    private BadInputException unknown(String asked) throws IOException {
        return new BadInputException(display + " has no branch, tag or commit \"" + asked + "\"", advice(asked));
    }

    private String advice(String asked) throws IOException {
        List<String> names = names();
        List<String> alike = NearMisses.of(asked, names);
        if (!alike.isEmpty()) {
            return "did you mean " + NearMisses.quoted(alike) + "?";
        }
        if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
            return "the clone is shallow: complete it with git fetch --unshallow";
        }
        int more = names.size() - MAX_NAMED;
        return names.isEmpty()
                ? "it has no branches"
                : "it has " + String.join(", ", names.subList(0, Math.min(MAX_NAMED, names.size())))
                        + (more > 0 ? " and " + more + " more" : "");
    }

    /** Branches, then tags, then branches of remotes. */
    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (String prefix : List.of(Constants.R_HEADS, Constants.R_TAGS, Constants.R_REMOTES)) {
            repository.getRefDatabase().getRefsByPrefix(prefix).stream()
                    .filter(ref -> !ref.isSymbolic())
                    .map(RevisionResolver::shortName)
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }

    private String withoutOrigin(String asked) throws IOException {
        if (!mirror || named(asked) != null) {
            return asked;
        }
        String name = asked.startsWith(Constants.R_REMOTES) ? asked.substring(Constants.R_REMOTES.length()) : asked;
        return name.startsWith(ORIGIN) ? name.substring(ORIGIN.length()) : asked;
    }

    private Ref named(String revision) throws IOException {
        return Repository.isValidRefName("x/" + revision) ? repository.findRef(revision) : null;
    }

    private static boolean isHash(String revision) {
        return ObjectId.isId(revision);
    }

    private static String shortName(Ref ref) {
        Ref leaf = ref.getLeaf();
        return leaf.getName().equals(Constants.HEAD) ? null : Repository.shortenRefName(leaf.getName());
    }
}
