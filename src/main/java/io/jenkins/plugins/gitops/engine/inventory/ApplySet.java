package io.jenkins.plugins.gitops.engine.inventory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The identity of an app's ApplySet: its parent is the ConfigMap {@code gitops-<app>} in the app's home namespace.
 *
 * @param app the app's name
 * @param namespace the home namespace
 */
public record ApplySet(String app, String namespace) {

    /** On the parent: the id. */
    public static final String ID_LABEL = "applyset.kubernetes.io/id";

    /** On every member: the id of the set that it is part of. */
    public static final String PART_OF_LABEL = "applyset.kubernetes.io/part-of";

    static final String TOOLING = "applyset.kubernetes.io/tooling";
    static final String GROUP_KINDS = "applyset.kubernetes.io/contains-group-kinds";
    static final String NAMESPACES = "applyset.kubernetes.io/additional-namespaces";

    /** The parent's {@code metadata.name}. */
    public String parentName() {
        return "gitops-" + app;
    }

    /** {@code applyset-} + base64url(sha256({@code name.namespace.kind.group})) + {@code -v1}, as KEP-3659 has it. */
    public String id() {
        String identity = parentName() + "." + namespace + ".ConfigMap.";
        byte[] digest = sha256(identity.getBytes(StandardCharsets.UTF_8));
        return "applyset-" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "-v1";
    }

    /** Selects the members in a list. */
    public String memberSelector() {
        return PART_OF_LABEL + "=" + id();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
