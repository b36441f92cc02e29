package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.IOException;

/** Makes manifests of a folder of the config repository. What a tool needs besides is given to its constructor. */
public interface Renderer {

    /**
     * Renders a folder. What is wrong with its files is told in the result, all of it together.
     *
     * @param path folder, or file, relative to the repository's root; {@code ""} for the root
     * @throws BadInputException if the path cannot be read at all, such as one that does not exist
     * @throws IOException if the repository cannot be read
     * @throws InterruptedException if the thread is interrupted; nothing goes on behind the caller's back
     */
    RenderResult render(SourceTree tree, String path) throws IOException, BadInputException, InterruptedException;
}
