package io.jenkins.plugins.gitops.engine.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.cluster.ApiException;
import io.jenkins.plugins.gitops.engine.cluster.ApiResource;
import io.jenkins.plugins.gitops.engine.cluster.ClusterException;
import io.jenkins.plugins.gitops.engine.cluster.ObjectApi;
import io.jenkins.plugins.gitops.engine.cluster.Selection;
import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Follows objects of one kind that one selection finds. */
final class ObjectChannel implements Channel {

    private final Inbox inbox;
    private final ApiResource resource;
    private final String labels;
    private final Set<ObjectId> ids;

    private ObjectChannel(Inbox inbox, ApiResource resource, String labels, Set<ObjectId> ids) {
        this.inbox = inbox;
        this.resource = resource;
        this.labels = labels;
        this.ids = Set.copyOf(ids);
    }

    /**
     * As few channels as can follow all of these objects: one per kind; and, for what carries no label, one more per
     * namespace, so that nobody else's objects of the whole cluster are read.
     */
    static Collection<ObjectChannel> of(Inbox inbox, Collection<Followed> followed) {
        record Key(ApiResource resource, String labels, String namespace) {}
        Map<Key, Set<ObjectId>> groups = followed.stream()
                .collect(Collectors.groupingBy(
                        one -> new Key(
                                one.resource(),
                                one.labels(),
                                one.labels() == null ? one.id().namespace() : null),
                        LinkedHashMap::new,
                        Collectors.mapping(Followed::id, Collectors.toSet())));
        List<ObjectChannel> channels = new ArrayList<>();
        groups.forEach((key, ids) -> channels.add(new ObjectChannel(inbox, key.resource(), key.labels(), ids)));
        return channels;
    }

    @Override
    public Selection selection() {
        Set<String> namespaces = namespaces();
        String namespace = namespaces.size() == 1 ? namespaces.iterator().next() : "";
        String fields = labels == null && ids.size() == 1
                ? "metadata.name=" + ids.iterator().next().name()
                : null;
        return new Selection(resource, namespace, labels, fields);
    }

    private Set<String> namespaces() {
        return ids.stream().map(ObjectId::namespace).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<ObjectChannel> split() {
        Set<String> namespaces = namespaces();
        return namespaces.size() == 1
                ? List.of()
                : namespaces.stream()
                        .map(namespace -> new ObjectChannel(
                                inbox,
                                resource,
                                labels,
                                ids.stream()
                                        .filter(id -> id.namespace().equals(namespace))
                                        .collect(Collectors.toSet())))
                        .toList();
    }

    @Override
    public boolean look(ObjectApi objects, ApiException why) throws InterruptedException {
        for (ObjectId id : ids) {
            try {
                inbox.put(id, objects.get(resource, id.namespace(), id.name()).orElse(null));
                inbox.trouble(this, null);
            } catch (ClusterException e) {
                inbox.trouble(this, e);
            }
        }
        return true;
    }

    @Override
    public void listed(List<ObjectNode> objects) {
        Set<ObjectId> missing = new HashSet<>(ids);
        for (ObjectNode object : objects) {
            changed(object);
            missing.remove(id(object));
        }
        missing.forEach(id -> inbox.put(id, null));
        inbox.trouble(this, null);
    }

    @Override
    public void changed(ObjectNode object) {
        ObjectId id = id(object);
        if (ids.contains(id)) {
            inbox.put(id, object);
        }
    }

    @Override
    public void deleted(ObjectNode object) {
        ObjectId id = id(object);
        if (ids.contains(id)) {
            inbox.put(id, null);
        }
    }

    @Override
    public void watching() {
        inbox.trouble(this, null);
    }

    @Override
    public void troubled(ClusterException why) {
        inbox.trouble(this, why);
    }

    @Override
    public void failed(Exception why) {
        inbox.fail(why);
    }

    private ObjectId id(ObjectNode object) {
        return new ObjectId(resource.group(), resource.kind(), Inbox.namespace(object), Inbox.name(object));
    }
}
