package io.jenkins.plugins.gitops.engine.ignore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Selects values of an object. */
interface PathSelector {

    /** The paths of the values that are selected and there. */
    List<JsonPath> select(JsonNode object);
}
