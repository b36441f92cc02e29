package io.jenkins.plugins.gitops.engine.source;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;

/** The repository at the other end. One object is one fetch. */
final class Remote {
    private static final String OWN_REFS = "refs/gitops/";
    private static final RefSpec HEADS = new RefSpec("+refs/heads/*:refs/heads/*");
    private static final RefSpec TAGS = new RefSpec("+refs/tags/*:refs/tags/*");

    private final RepositoryUrl url;
    private final RepositoryPolicy policy;
    private final Consumer<String> progress;
    private final HttpGuard http;
    private final FetchFailure failure;
    private volatile boolean cancelled;
    private volatile Transport transport;

    Remote(RepositoryUrl url, GitCredentials credentials, RepositoryPolicy policy, Consumer<String> progress) {
        this.url = url;
        this.policy = policy;
        this.progress = progress;
        this.http = new HttpGuard(url.uri(), credentials);
        this.failure = new FetchFailure(url, credentials, http, policy);
    }

    /**
     * Brings every branch and tag of the remote into a bare repository, removes those that are gone, and sets its HEAD
     * to what the remote's HEAD is.
     *
     * @param revision what is wanted of it; a commit that no branch holds, or a ref such as {@code refs/pull/1/head},
     *     is fetched too; may be {@code null}
     * @throws BadInputException if it is the remote that failed
     * @throws IOException if it is the local repository that failed
     */
    void fetchInto(Repository mirror, String revision) throws BadInputException, IOException {
        try (Transport connection = connect(mirror)) {
            transport = connection;
            Map<String, Ref> refs = list(connection, revision);
            Map<String, String> extras = extras(refs, revision);
            dropUnlessAdvertised(mirror, refs, revision);
            if (!isCurrent(mirror, refs, extras)) {
                fetch(connection, extras);
            }
            if (revision != null
                    && ObjectId.isId(revision)
                    && !mirror.getObjectDatabase().has(id(revision))) {
                fetchCommit(connection, mirror, id(revision));
            }
            setHead(mirror, refs.get(Constants.HEAD));
        } finally {
            transport = null;
        }
    }

    /** Ends the fetch soon, from another thread. */
    void cancel() {
        cancelled = true;
        Transport current = transport;
        Thread hangUp = new Thread(
                () -> {
                    http.disconnect();
                    if (current instanceof SshTransport || current instanceof GitDaemonTransport) {
                        current.close();
                    }
                },
                "git-hang-up");
        hangUp.setDaemon(true);
        hangUp.start();
    }

    boolean isCancelled() {
        return cancelled;
    }

    private Transport connect(Repository mirror) throws BadInputException, IOException {
        if (url.scheme().equals("ssh") && policy.ssh() == null) {
            throw new BadInputException(
                    url.display() + " is an ssh URL, which cannot be fetched here",
                    "use its https URL, or clone it with git and name the clone");
        }
        // Opened by its URL and not as a configured remote, so that no uploadpack or insteadOf of a configuration
        // counts.
        Transport connection = url.scheme().equals("git")
                ? new GitDaemonTransport(mirror, url.uri())
                : Transport.open(mirror, url.uri());
        connection.setTimeout(policy.timeoutSeconds());
        connection.setCredentialsProvider(http.credentialsProvider());
        connection.setRemoveDeletedRefs(true);
        connection.setTagOpt(TagOpt.NO_TAGS);
        if (connection instanceof TransportHttp overHttp) {
            overHttp.setHttpConnectionFactory(http);
        } else if (connection instanceof SshTransport overSsh) {
            overSsh.setSshSessionFactory(policy.ssh());
        }
        return connection;
    }

    private Map<String, Ref> list(Transport connection, String revision) throws BadInputException {
        String named = isExtra(revision) ? revision : null;
        try (FetchConnection listing = connection.openFetch(List.of(HEADS, TAGS), Constants.HEAD, named)) {
            return new HashMap<>(listing.getRefsMap());
        } catch (NotSupportedException | TransportException e) {
            throw failure.explain(e);
        }
    }

    /** What to bring besides branches and tags: the remote's name of it, and ours. */
    private static Map<String, String> extras(Map<String, Ref> refs, String revision) {
        Map<String, String> extras = new HashMap<>();
        Ref head = refs.get(Constants.HEAD);
        if (head != null && !head.isSymbolic()) {
            extras.put(Constants.HEAD, OWN_REFS + "head");
        }
        if (isExtra(revision) && refs.containsKey(revision)) {
            extras.put(revision, revision);
        }
        return extras;
    }

    private static void dropUnlessAdvertised(Repository mirror, Map<String, Ref> refs, String revision)
            throws IOException {
        if (isExtra(revision) && !refs.containsKey(revision) && mirror.exactRef(revision) != null) {
            RefUpdate drop = mirror.updateRef(revision);
            drop.setForceUpdate(true);
            require(drop.delete(), revision);
        }
    }

    private void fetch(Transport connection, Map<String, String> extras) throws BadInputException, IOException {
        List<RefSpec> specs = new ArrayList<>(List.of(HEADS, TAGS));
        extras.forEach((theirs, ours) -> specs.add(new RefSpec("+" + theirs + ":" + ours)));
        FetchResult result;
        try {
            result = connection.fetch(new FetchProgress(progress, this::isCancelled), specs);
        } catch (NotSupportedException | TransportException e) {
            BadInputException remote = failure.explainIfRemote(e);
            if (remote != null) {
                throw remote;
            }
            throw new IOException(failure.plain(e), e);
        }
        for (TrackingRefUpdate update : result.getTrackingRefUpdates()) {
            require(update.getResult(), update.getLocalName());
        }
    }

    /** Many servers give a commit that no branch holds any more, when it is asked for by its whole hash. */
    private void fetchCommit(Transport connection, Repository mirror, ObjectId commit)
            throws BadInputException, IOException {
        try {
            connection.fetch(new FetchProgress(progress, this::isCancelled), List.of(new RefSpec(commit.name())));
        } catch (NotSupportedException | TransportException e) {
            BadInputException unanswered = failure.explainIfUnanswered(e);
            if (unanswered != null) {
                throw unanswered;
            }
            return; // the server does not have it or does not give it: it is unknown, and will be called so
        }
        if (mirror.getObjectDatabase().has(commit)) {
            // Keeps it from being collected as garbage.
            RefUpdate keep = mirror.updateRef(OWN_REFS + "commits/" + commit.name());
            keep.setNewObjectId(commit);
            require(keep.forceUpdate(), keep.getName());
        }
    }

    /** Whether the mirror has what the remote has, no less and no more. */
    private static boolean isCurrent(Repository mirror, Map<String, Ref> remote, Map<String, String> extras)
            throws IOException {
        Map<String, ObjectId> wanted = new HashMap<>();
        for (Ref ref : remote.values()) {
            String ours = isMirrored(ref.getName()) ? ref.getName() : extras.get(ref.getName());
            if (ours != null) {
                wanted.put(ours, ref.getObjectId());
            }
        }
        Map<String, ObjectId> had = new HashMap<>();
        for (Ref ref : mirror.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_TAGS)) {
            had.put(ref.getName(), ref.getObjectId());
        }
        for (String extra : extras.values()) {
            Ref ref = mirror.exactRef(extra);
            had.put(extra, ref == null ? null : ref.getObjectId());
        }
        for (Map.Entry<String, ObjectId> ref : had.entrySet()) {
            if (ref.getValue() != null && !mirror.getObjectDatabase().has(ref.getValue())) {
                throw new IOException(ref.getKey() + " leads to an object that is missing");
            }
        }
        return had.equals(wanted);
    }

    private static void setHead(Repository mirror, Ref head) throws IOException {
        if (head != null && !head.isSymbolic()) {
            RefUpdate detached = mirror.updateRef(Constants.HEAD, true);
            detached.setNewObjectId(head.getObjectId());
            require(detached.forceUpdate(), Constants.HEAD);
        } else {
            String target = head == null ? OWN_REFS + "none" : head.getTarget().getName();
            require(mirror.updateRef(Constants.HEAD).link(target), Constants.HEAD);
        }
    }

    private static void require(RefUpdate.Result result, String ref) throws IOException {
        switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> {
                // it is where it should be
            }
            default -> throw new IOException(ref + " cannot be written: " + result);
        }
    }

    private static boolean isExtra(String revision) {
        return revision != null && revision.startsWith(Constants.R_REFS) && !isMirrored(revision);
    }

    private static boolean isMirrored(String ref) {
        return ref.startsWith(Constants.R_HEADS) || ref.startsWith(Constants.R_TAGS);
    }

    private static ObjectId id(String hash) {
        return ObjectId.fromString(hash);
    }
}
