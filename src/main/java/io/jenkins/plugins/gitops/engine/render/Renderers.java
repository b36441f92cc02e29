package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;
import java.util.Map;

/** Makes the renderer that a request asks for. */
public final class Renderers {

    private Renderers() {}

    /**
     * A renderer that does what the policy says. Its path may be a pattern, such as {@code apps/*}{@code
     * /overlays/prod}: all folders that it fits are rendered, each by what it holds, as one.
     */
    public static Renderer of(RenderPolicy policy, RenderTarget target) {
        FolderRenderer folders = new FolderRenderer(new Tools(policy.tools()), policy, target);
        return (tree, path) -> {
            RenderResult rendered = PathGlob.isGlob(path) && !exists(tree, path)
                    ? FolderRenderer.renderAll(tree, PathGlob.expand(tree, path), folders)
                    : folders.render(tree, path);
            RenderResult decrypted = new Decryption(tree, policy.ageKeys()).decrypt(rendered);
            SubstitutionPolicy substitution = policy.substitution();
            if (!substitution.isActive()) {
                return Substitution.checked(decrypted);
            }
            Map<String, String> values = SubstitutionValues.collect(substitution, tree, target.cluster());
            return Substitution.checked(new Substitution(values, substitution.strict()).substitute(decrypted));
        };
    }

    /** A folder may really be named so. */
    private static boolean exists(SourceTree tree, String path) throws IOException {
        try {
            tree.files(path);
            return true;
        } catch (BadInputException e) {
            return false;
        }
    }
}
