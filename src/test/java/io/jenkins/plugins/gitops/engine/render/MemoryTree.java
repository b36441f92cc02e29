package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.source.SourceTree;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** A source tree of strings. */
final class MemoryTree implements SourceTree {

    private final TreeMap<String, String> files = new TreeMap<>();

    MemoryTree with(String file, String content) {
        files.put(file, content);
        return this;
    }

    @Override
    public List<String> files(String path) throws BadInputException {
        List<String> found = files.keySet().stream()
                .filter(file -> path.isEmpty() || file.equals(path) || file.startsWith(path + "/"))
                .toList();
        if (found.isEmpty() && !path.isEmpty()) {
            throw new BadInputException("there is no " + path, "");
        }
        return found;
    }

    @Override
    public byte[] read(String file) throws BadInputException, FileNotFoundException {
        String content = files.get(file);
        if (content == null) {
            throw new FileNotFoundException(file);
        }
        if (content.equals("large")) {
            throw new BadInputException(file + " is too large", "");
        }
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
