package hudson.util;

import java.util.AbstractList;

public class PersistedList<T> extends AbstractList<T> {
    PersistedList() {}

    /** The one of a class; {@code null} where there is none. */
    public <U extends T> U get(Class<U> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public T get(int index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int size() {
        throw new UnsupportedOperationException();
    }
}
