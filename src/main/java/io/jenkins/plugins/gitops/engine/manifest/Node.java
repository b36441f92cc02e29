package io.jenkins.plugins.gitops.engine.manifest;

import java.util.List;

/**
 * A node of a parsed document with the place where it begins: what is left of YAML or JSON before its scalars are given
 * a type. It lives only while its document is being read.
 */
abstract sealed class Node {

    /** Line in the file, counted from 1. */
    final int line;

    /** Column in characters, counted from 1. */
    final int column;

    private Node(int line, int column) {
        this.line = line;
        this.column = column;
    }

    /** The node itself, and the anchored node for an alias. */
    Node target() {
        return this;
    }

    static final class Scalar extends Node {
        final String text;

        /** The full tag, such as {@code tag:yaml.org,2002:str}; {@code null} where none is written. */
        final String tag;

        /** Whether the type is to be found from the text: a plain scalar without a tag, or one tagged {@code !}. */
        final boolean implicit;

        Scalar(int line, int column, String text, String tag, boolean implicit) {
            super(line, column);
            this.text = text;
            this.tag = tag;
            this.implicit = implicit;
        }
    }

    static final class Sequence extends Node {
        final String tag;
        final List<Node> items;

        Sequence(int line, int column, String tag, List<Node> items) {
            super(line, column);
            this.tag = tag;
            this.items = items;
        }
    }

    static final class Mapping extends Node {
        final String tag;

        /** As many as {@link #values}, in the order of the file. */
        final List<Node> keys;

        final List<Node> values;

        Mapping(int line, int column, String tag, List<Node> keys, List<Node> values) {
            super(line, column);
            this.tag = tag;
            this.keys = keys;
            this.values = values;
        }
    }

    static final class Alias extends Node {
        private final Node target;

        Alias(int line, int column, Node target) {
            super(line, column);
            this.target = target;
        }

        @Override
        Node target() {
            return target;
        }
    }
}
