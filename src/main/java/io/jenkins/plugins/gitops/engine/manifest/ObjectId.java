package io.jenkins.plugins.gitops.engine.manifest;

import java.util.Objects;

/**
 * The identity of a Kubernetes object in a cluster. The API version is no part of it: {@code apps/v1} and
 * {@code apps/v1beta2} name the same object.
 *
 * @param group API group, {@code ""} for the core group
 * @param kind such as {@code Deployment}
 * @param namespace {@code ""} for cluster-scoped objects
 * @param name {@code metadata.name}
 */
public record ObjectId(String group, String kind, String namespace, String name) implements Comparable<ObjectId> {

    public ObjectId {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
    }

    /** @param groupKind as {@link #groupKind()} gives it */
    public static ObjectId of(String groupKind, String namespace, String name) {
        int dot = groupKind.indexOf('.');
        return dot < 0
                ? new ObjectId("", groupKind, namespace, name)
                : new ObjectId(groupKind.substring(dot + 1), groupKind.substring(0, dot), namespace, name);
    }

    /** {@code Kind.group}, and {@code Kind} alone in the core group: the form of the ApplySet annotations. */
    public String groupKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    public ObjectId inNamespace(String other) {
        return other.equals(namespace) ? this : new ObjectId(group, kind, other, name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectId id
                && name.equals(id.name)
                && namespace.equals(id.namespace)
                && kind.equals(id.kind)
                && group.equals(id.group);
    }

    @Override
    public int hashCode() {
        return ((name.hashCode() * 31 + namespace.hashCode()) * 31 + kind.hashCode()) * 31 + group.hashCode();
    }

    /** By namespace, kind, group and name. */
    @Override
    public int compareTo(ObjectId other) {
        int order = compare(namespace, other.namespace);
        if (order == 0) {
            order = compare(kind, other.kind);
        }
        if (order == 0) {
            order = compare(group, other.group);
        }
        return order == 0 ? name.compareTo(other.name) : order;
    }

    /** Mostly it is the very same one, of which {@link String#equals} asks first and {@link String#compareTo} never. */
    private static int compare(String one, String other) {
        return one.equals(other) ? 0 : one.compareTo(other);
    }

    /** {@code Kind/namespace/name}, and {@code Kind/name} for cluster-scoped objects. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? kind + "/" + name : kind + "/" + namespace + "/" + name;
    }
}
