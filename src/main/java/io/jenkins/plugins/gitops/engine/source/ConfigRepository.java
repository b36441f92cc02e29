package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.RevisionResolver.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A config repository, open at one revision: a checkout of this machine, or a remote one by way of a mirror in a cache
 * directory. Thread-safe; to be closed when nothing of it is read any more.
 */
public final class ConfigRepository implements AutoCloseable {
    private final Repository repository;
    private final LocalCheckout checkout;
    private final String displayUrl;
    private final Revision revision;
    private final TreeStore store;
    private final ListedTree tree;

    /** @param repository {@code null} for a folder that is in none */
    private ConfigRepository(
            Repository repository, LocalCheckout checkout, String displayUrl, Revision revision, TreeStore store) {
        this.repository = repository;
        this.checkout = checkout;
        this.displayUrl = displayUrl;
        this.revision = revision;
        this.store = store;
        this.tree = new ListedTree(store, TreeLimits.DEFAULT);
    }

    /**
     * Finds the repository and the revision; fetches what is remote.
     *
     * @param cacheDirectory where mirrors of remote repositories are kept, one folder for each URL; it should belong to
     *     one user, since a commit that it holds is read without asking the server again
     * @param progress gets a line now and then, from another thread too
     * @throws BadInputException if there is no such repository or revision, or the remote cannot be reached or refuses
     * @throws IOException if the cache directory or the repository's files cannot be read or written
     * @throws InterruptedException if the thread is interrupted, which ends a fetch
     */
    public static ConfigRepository open(RepositoryRequest request, Path cacheDirectory, Consumer<String> progress)
            throws BadInputException, IOException, InterruptedException {
        RepositoryUrl url = RepositoryUrl.parse(request.repo(), request.policy());
        if (request.workingTree() && request.revision() != null) {
            throw new BadInputException(
                    "The working tree is what is on disk now, so it cannot be read at revision \"" + request.revision()
                            + "\"",
                    "leave out either the revision or the working tree");
        }
        if (url.isLocal()) {
            // JGit measures the file system and asks git for its configuration, and forgets an interrupt over it.
            return Abortable.call(() -> openLocal(request, url), () -> {}, ConfigRepository::close);
        }
        if (request.workingTree()) {
            throw new BadInputException(
                    url.display() + " is a remote repository, which has no working tree", "name a checkout");
        }
        return openRemote(request, url, cacheDirectory, progress);
    }

    private static ConfigRepository openLocal(RepositoryRequest request, RepositoryUrl url)
            throws BadInputException, IOException {
        if (request.policy().foldersAllowed() && request.revision() == null && !LocalCheckout.isIn(url)) {
            return openFolder(request, url);
        }
        LocalCheckout checkout = LocalCheckout.find(url);
        String display = checkout.displayUrl(url.display());
        try {
            Found found = checkout.resolve(url.display(), request.revision());
            requireSigned(checkout.repository(), found, request);
            if (!request.workingTree()) {
                TreeStore store = new CommitStore(
                        checkout.repository(),
                        found.commit().getTree(),
                        where(found),
                        cause -> checkout.explainMissing(url.display(), cause));
                return new ConfigRepository(checkout.repository(), checkout, display, revision(found, false), store);
            }
            if (checkout.top() == null) {
                throw new BadInputException(
                        "\"" + url.display() + "\" is a bare repository, which has no working tree",
                        "name a checkout, or leave out the working tree");
            }
            CheckoutStatus status = checkout.status(found.commit());
            TreeStore store = new WorkingStore(checkout.top(), status);
            boolean modified = !status.changed().isEmpty();
            return new ConfigRepository(checkout.repository(), checkout, display, revision(found, modified), store);
        } catch (BadInputException | IOException | RuntimeException e) {
            checkout.repository().close();
            throw e;
        }
    }

    private static ConfigRepository openFolder(RepositoryRequest request, RepositoryUrl url)
            throws BadInputException, IOException {
        if (request.policy().signers() != null) {
            throw new BadInputException(
                    "\"" + url.display() + "\" is not in a Git repository, so nobody has signed it",
                    "name a checkout, or do not ask for signed commits");
        }
        TreeStore store = new WorkingStore(url.path().toRealPath(), CheckoutStatus.NOT_IN_GIT);
        return new ConfigRepository(null, null, url.display(), null, store);
    }

    private static ConfigRepository openRemote(
            RepositoryRequest request, RepositoryUrl url, Path cacheDirectory, Consumer<String> progress)
            throws BadInputException, IOException, InterruptedException {
        GitCredentials credentials = request.credentials() == null ? url.embedded() : request.credentials();
        Remote remote = new Remote(url, credentials, request.policy(), progress);
        Mirror mirror = new Mirror(url, cacheDirectory.toAbsolutePath(), remote, progress);
        Mirror.Opened opened = mirror.open(request.revision());
        Found found = opened.found();
        try {
            requireSigned(opened.repository(), found, request);
        } catch (BadInputException | IOException | RuntimeException e) {
            opened.repository().close();
            throw e;
        }
        TreeStore store =
                new CommitStore(opened.repository(), found.commit().getTree(), where(found), mirror::explainMissing);
        return new ConfigRepository(opened.repository(), null, url.display(), revision(found, false), store);
    }

    private static void requireSigned(Repository repository, Found found, RepositoryRequest request)
            throws BadInputException, IOException {
        TrustedSigners signers = request.policy().signers();
        if (signers == null) {
            return;
        }
        if (request.workingTree()) {
            throw new BadInputException(
                    "The working tree is on nobody's signature", "read the commit, or do not ask for signed commits");
        }
        RevCommit commit = found.commit();
        byte[] raw = repository.open(commit, Constants.OBJ_COMMIT).getBytes();
        CommitSignature.of(commit.name(), raw, commit.getCommitterIdent().getWhenAsInstant())
                .verify(signers);
    }

    /**
     * The commit that is read; with {@link Revision#modified} set where the working tree is, and differs from it;
     * {@code null} for a folder that is in no Git repository.
     */
    public Revision revision() {
        return revision;
    }

    /** The files of the revision. */
    public SourceTree tree() {
        return tree;
    }

    /**
     * The URL without credentials; of a checkout, that of its remote {@code origin}, since its path says nothing to
     * others; the path as it was named where there is none.
     */
    public String displayUrl() {
        return displayUrl;
    }

    /**
     * Where the named path is inside the checkout, relative to the repository's root; {@code ""} for the root itself
     * and for every repository that is not a checkout. A good default for the folder to sync.
     */
    public String subfolder() {
        return checkout == null ? "" : checkout.subfolder();
    }

    /**
     * The files of a checkout that differ from HEAD on disk, sorted: changed, added or removed, and not ignored. They
     * are not part of what {@link #tree} holds, unless it is the working tree. Empty for what is not a checkout.
     */
    public List<String> uncommitted() throws IOException, BadInputException, InterruptedException {
        if (checkout == null || checkout.top() == null) {
            return List.of();
        }
        return Abortable.call(this::changed, () -> {}, files -> {});
    }

    private List<String> changed() throws IOException, BadInputException {
        RevCommit head = checkout.resolve(displayUrl, null).commit();
        return List.copyOf(checkout.status(head).changed());
    }

    @Override
    public void close() {
        store.close();
        if (repository != null) {
            repository.close();
        }
    }

    private static Revision revision(Found found, boolean modified) {
        RevCommit commit = found.commit();
        PersonIdent author = commit.getAuthorIdent();
        PersonIdent committer = commit.getCommitterIdent();
        return new Revision(
                commit.name(),
                found.ref(),
                printable(commit.getShortMessage()),
                author == null ? "" : printable(author.getName()),
                committer == null ? null : committer.getWhenAsInstant(),
                modified);
    }

    /** What others wrote must not steer the terminal that shows it. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String where(Found found) {
        String digits = found.commit().name().substring(0, 8);
        return "at revision " + (found.ref() == null ? digits : found.ref() + " (" + digits + ")");
    }
}
