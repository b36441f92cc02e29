package io.jenkins.plugins.gitops.bench;

/** Who is measured. */
enum Subject {
    /** The engine, first run in a fresh JVM. */
    COLD("engine, cold"),
    /** The engine, second run in the same JVM, as in an agent or a controller. */
    WARM("engine, warm"),
    KUBECTL("kubectl"),
    /** The same requests as one object needs each, sent by a client that does nothing else and has done so for a while. */
    RAW("raw limit"),
    /** The same client in a fresh JVM with the engine's options. */
    RAW_COLD("raw client, cold");

    private final String title;

    Subject(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
