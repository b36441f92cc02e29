package hudson.model;

/** The static side of a describable: its name, its form, its checks. */
public abstract class Descriptor<T extends Describable<T>> {
    protected Descriptor() {}

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }
}
