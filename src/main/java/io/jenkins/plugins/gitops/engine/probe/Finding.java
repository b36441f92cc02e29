package io.jenkins.plugins.gitops.engine.probe;

import io.jenkins.plugins.gitops.engine.manifest.ObjectId;
import java.util.Objects;

/**
 * One object that is not as the last sync left it.
 *
 * @param id which object
 * @param what what has become of it
 */
public record Finding(ObjectId id, What what) {

    /** What has become of an object. */
    public enum What {
        /** Somebody else owns a field of it now, or it was deleted and made again. */
        CHANGED("changed"),
        /** It was deleted, or has lost the app's mark. */
        GONE("gone"),
        /** It carries the app's mark, and no sync has put it there. */
        EXTRA("extra");

        private final String word;

        What(String word) {
            this.word = word;
        }

        /** As a person reads it. */
        public String word() {
            return word;
        }
    }

    public Finding {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(what, "what");
    }

    /** {@code Deployment/shop/web: changed}. */
    @Override
    public String toString() {
        return id + ": " + what.word();
    }
}
