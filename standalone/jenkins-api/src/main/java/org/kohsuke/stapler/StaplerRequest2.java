package org.kohsuke.stapler;

import net.sf.json.JSONObject;

public interface StaplerRequest2 {
    /** Sets the properties of an object from a form. */
    void bindJSON(Object bean, JSONObject src);
}
