package net.sf.json;

public final class JSONObject {
    public JSONObject() {
        throw new UnsupportedOperationException();
    }

    public boolean has(String key) {
        throw new UnsupportedOperationException();
    }
}
