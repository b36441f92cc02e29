package io.jenkins.plugins.gitops.engine.render;

/** Chooses the renderer that a request asks for. */
public final class Renderers {

    private Renderers() {}

    /** A renderer that does what the policy says, for any path. */
    public static Renderer of(RenderPolicy policy) {
        return new PlainRenderer();
    }
}
