package hudson.scm;

public final class PollingResult {
    PollingResult() {}

    public boolean hasChanges() {
        throw new UnsupportedOperationException();
    }
}
