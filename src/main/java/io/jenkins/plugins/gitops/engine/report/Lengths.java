package io.jenkins.plugins.gitops.engine.report;

/** The longest texts, in characters, that a report's JSON holds: the writer cuts to them, the reader refuses more. */
final class Lengths {

    /** Names: of an app, an object, a branch, a manager, a phase. Kubernetes' longest has 253. */
    static final int NAME = 512;

    /** Paths, URLs, paths of fields, the subject of a commit. */
    static final int PATH = 4_096;

    /** Sentences: messages, advice. */
    static final int MESSAGE = 65_536;

    private Lengths() {}
}
