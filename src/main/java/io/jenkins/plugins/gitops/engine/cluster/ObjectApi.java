package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The verbs on objects. Each call is one request, but for a list, which is one per page. */
public final class ObjectApi {

    /** The name under which this engine owns fields. */
    public static final String FIELD_MANAGER = "jenkins-gitops";

    private static final int PAGE = 500;
    private static final int CREATED = 201;

    private final ApiServer server;
    private final String manager;

    public ObjectApi(ApiServer server) {
        this(server, FIELD_MANAGER);
    }

    /** Writes in the name of another field manager. */
    public ObjectApi(ApiServer server, String manager) {
        this.server = server;
        this.manager = manager;
    }

    /** What came of an apply. */
    public static final class Applied {

        private final byte[] body;
        private final boolean created;

        private Applied(byte[] body, boolean created) {
            this.body = body;
            this.created = created;
        }

        /** Whether there was no such object before. */
        public boolean created() {
            return created;
        }

        /** The object as the server has it now; parsed only when it is asked for, and each time. */
        public ObjectNode object() throws ClusterException {
            return Json.object(body);
        }
    }

    /** How an apply is meant. */
    public enum Mode {
        /** Admission, validation and defaulting, and nothing is kept. */
        DRY_RUN,
        WRITE
    }

    /** The object as it is in the cluster; empty where there is none. */
    public Optional<ObjectNode> get(ApiResource resource, String namespace, String name)
            throws ClusterException, InterruptedException {
        return get(Call.get(resource.path(namespace, name)));
    }

    /** As {@link #get(ApiResource, String, String)}, but only {@code metadata}. */
    public Optional<ObjectNode> getMetadata(ApiResource resource, String namespace, String name)
            throws ClusterException, InterruptedException {
        return get(Call.get(resource.path(namespace, name), Call.METADATA));
    }

    private Optional<ObjectNode> get(Call call) throws ClusterException, InterruptedException {
        try {
            return Optional.of(Json.object(server.send(call)));
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Is given the objects of a list one by one, while the list comes in; nothing of it is kept. */
    @FunctionalInterface
    public interface Sink {
        void accept(ObjectNode object) throws ClusterException, InterruptedException;
    }

    /**
     * All objects of a kind, page by page.
     *
     * @param namespace {@code ""} for all namespaces
     * @param labelSelector {@code null} for all objects
     * @param each is given every object, with {@code apiVersion} and {@code kind} set; an object again where the
     *     connection broke or the list took too long
     */
    public void list(ApiResource resource, String namespace, String labelSelector, Sink each)
            throws ClusterException, InterruptedException {
        list(Selection.of(resource, namespace, labelSelector), each);
    }

    /**
     * All objects of a selection, page by page.
     *
     * @return the {@code resourceVersion} of the list, from which a watch may go on
     */
    public String list(Selection selection, Sink each) throws ClusterException, InterruptedException {
        return list(selection, Call.JSON, each);
    }

    /** A watch of a selection; nothing is sent before it is run. */
    public Watch watch(Selection selection, Watch.Listener listener) {
        return new Watch(server, this, selection, listener, Watch.Pace.DEFAULT);
    }

    /** What has happened to the objects of a selection, by their metadata. */
    public Changes changes(Selection selection) {
        return new Changes(server, this, selection);
    }

    /**
     * The last lines of a container's log.
     *
     * @param previous of the run of the container before this one
     * @param lines how many at most
     * @param bytes how many at most
     */
    public String log(
            ApiResource pods, String namespace, String pod, String container, boolean previous, int lines, int bytes)
            throws ClusterException, InterruptedException {
        String query = "/log?container=" + ApiResource.encode(container) + "&tailLines=" + lines + "&limitBytes="
                + bytes + (previous ? "&previous=true" : "");
        byte[] text = server.send(Call.get(pods.path(namespace, pod) + query, "*/*"));
        return new String(text, 0, Math.min(text.length, bytes), StandardCharsets.UTF_8);
    }

    /** As {@link #list}, but only {@code metadata}: the objects are {@code PartialObjectMetadata}. */
    public void listMetadata(ApiResource resource, String namespace, String labelSelector, Sink each)
            throws ClusterException, InterruptedException {
        listMetadata(Selection.of(resource, namespace, labelSelector), each);
    }

    /**
     * As {@link #list(Selection, Sink)}, but only {@code metadata}.
     *
     * @return the {@code resourceVersion} of the list, from which {@link #changes} may go on
     */
    public String listMetadata(Selection selection, Sink each) throws ClusterException, InterruptedException {
        return list(selection, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1", each);
    }

    private String list(Selection selection, String accept, Sink each) throws ClusterException, InterruptedException {
        String query = selection.query("limit=" + PAGE);
        Page page = new Page("", "");
        boolean restarted = false;
        do {
            String path = page.next().isEmpty() ? query : query + "&continue=" + ApiResource.encode(page.next());
            try {
                page = page(path, accept, selection.resource(), each);
            } catch (ApiException e) {
                // The pages are of one moment, which the server does not remember for ever.
                if (e.code() != 410 || page.next().isEmpty() || restarted) {
                    throw e;
                }
                restarted = true;
                page = page(query, accept, selection.resource(), each);
            }
        } while (!page.next().isEmpty());
        return page.resourceVersion();
    }

    /**
     * What a page of a list says of itself.
     *
     * @param next the token of the next page; empty after the last
     */
    private record Page(String next, String resourceVersion) {}

    private Page page(String path, String accept, ApiResource resource, Sink each)
            throws ClusterException, InterruptedException {
        return server.exchange(Call.get(path, accept), (code, body) -> page(body, resource, each));
    }

    /** Hands out the items one by one. */
    private static Page page(AnswerStream body, ApiResource resource, Sink each)
            throws IOException, ClusterException, InterruptedException {
        Page page = new Page("", "");
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        ObjectNode item = Json.MAPPER.readTree(parser);
                        // Items of built-in kinds come without them.
                        item.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
                        each.accept(item);
                        body.nextPiece();
                    }
                } else if (field.equals("metadata")) {
                    ObjectNode metadata = Json.MAPPER.readTree(parser);
                    page = new Page(
                            metadata.path("continue").asText(""),
                            metadata.path("resourceVersion").asText(""));
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw new ClusterException("the list of " + resource.plural() + " is not JSON", "");
        }
        return page;
    }

    /**
     * Server-side apply. Unknown and duplicate fields are refused ({@code fieldValidation=Strict}).
     *
     * @param force whether fields that other managers own with another value are taken over; without it the server
     *     answers with a conflict
     * @return the object as it is (or, in a dry run, would be) after the apply, and whether there was none before
     */
    public Applied apply(ApiResource resource, ObjectNode object, boolean force, Mode mode)
            throws ClusterException, InterruptedException {
        return apply(resource, object, force, mode, true);
    }

    /**
     * As {@link #apply(ApiResource, ObjectNode, boolean, Mode)}.
     *
     * @param strict whether unknown and duplicate fields are refused wherever the server can; server-side apply itself
     *     refuses fields that its schema does not have
     */
    public Applied apply(ApiResource resource, ObjectNode object, boolean force, Mode mode, boolean strict)
            throws ClusterException, InterruptedException {
        String namespace = object.path("metadata").path("namespace").asText("");
        String name = object.path("metadata").path("name").asText();
        String query = "?fieldManager=" + manager + fieldValidation(strict) + "&force=" + force + dryRun(mode);
        ApiServer.Answer answer =
                server.exchange(Call.patch(resource.path(namespace, name) + query, Call.APPLY, Json.bytes(object)));
        return new Applied(answer.body(), answer.code() == CREATED);
    }

    /** Creates an object, for what server-side apply cannot do. */
    public ObjectNode create(ApiResource resource, ObjectNode object) throws ClusterException, InterruptedException {
        return create(resource, object, Mode.WRITE, true);
    }

    /**
     * Creates an object, or asks whether it could be created.
     *
     * @param strict whether unknown fields are refused, or left out
     * @throws ApiException {@linkplain ApiException#isAlreadyThere() that there is one}, after it was found sound
     */
    public ObjectNode create(ApiResource resource, ObjectNode object, Mode mode, boolean strict)
            throws ClusterException, InterruptedException {
        String namespace = object.path("metadata").path("namespace").asText("");
        String query = "?fieldManager=" + manager + fieldValidation(strict) + dryRun(mode);
        return Json.object(server.send(Call.post(resource.path(namespace) + query, Json.bytes(object))));
    }

    /**
     * Writes an object as a whole (HTTP PUT); its {@code metadata.resourceVersion} guards it.
     *
     * @param strict whether unknown fields are refused, or left out
     */
    public ObjectNode replace(ApiResource resource, ObjectNode object, Mode mode, boolean strict)
            throws ClusterException, InterruptedException {
        String namespace = object.path("metadata").path("namespace").asText("");
        String name = object.path("metadata").path("name").asText();
        String query = "?fieldManager=" + manager + fieldValidation(strict) + dryRun(mode);
        return Json.object(server.send(Call.put(resource.path(namespace, name) + query, Json.bytes(object))));
    }

    private static String fieldValidation(boolean strict) {
        return "&fieldValidation=" + (strict ? "Strict" : "Ignore");
    }

    private static String dryRun(Mode mode) {
        return mode == Mode.DRY_RUN ? "&dryRun=All" : "";
    }

    /** A JSON patch (RFC 6902); guard it with a {@code test} of what it rests on. */
    public ObjectNode jsonPatch(ApiResource resource, String namespace, String name, ArrayNode operations)
            throws ClusterException, InterruptedException {
        return jsonPatch(resource, namespace, name, operations, Mode.WRITE);
    }

    /** As {@link #jsonPatch(ApiResource, String, String, ArrayNode)}, or what it would make of the object. */
    public ObjectNode jsonPatch(ApiResource resource, String namespace, String name, ArrayNode operations, Mode mode)
            throws ClusterException, InterruptedException {
        String query = "?fieldManager=" + manager + dryRun(mode);
        return Json.object(server.send(
                Call.patch(resource.path(namespace, name) + query, Call.JSON_PATCH, Json.bytes(operations))));
    }

    /**
     * Deletes exactly the object that was seen: not one that was made again under its name, nor one that somebody has
     * changed since. Dependents go in the background, as with {@code kubectl}.
     *
     * @param uid {@code metadata.uid} of the object that was seen
     * @param resourceVersion {@code metadata.resourceVersion} of it; {@code null} to accept later changes
     * @return whether it was there
     */
    public boolean delete(ApiResource resource, String namespace, String name, String uid, String resourceVersion)
            throws ClusterException, InterruptedException {
        return deleteAndTell(resource, namespace, name, uid, resourceVersion).isPresent();
    }

    /**
     * As {@link #delete}.
     *
     * @return the server's answer: the object, with a {@code deletionTimestamp}, where finalizers or a grace period keep it
     *     for now, else a {@code Status}; empty where there was no such object
     */
    public Optional<ObjectNode> deleteAndTell(
            ApiResource resource, String namespace, String name, String uid, String resourceVersion)
            throws ClusterException, InterruptedException {
        ObjectNode options = Json.MAPPER.createObjectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions").put("propagationPolicy", "Background");
        ObjectNode preconditions = options.putObject("preconditions").put("uid", uid);
        if (resourceVersion != null) {
            preconditions.put("resourceVersion", resourceVersion);
        }
        try {
            return Optional.of(
                    Json.object(server.send(Call.delete(resource.path(namespace, name), Json.bytes(options)))));
        } catch (ApiException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
