package hudson.model;

import java.io.PrintStream;
import java.io.Serializable;

/** A build log; it can be sent to a node. */
public interface TaskListener extends Serializable {
    PrintStream getLogger();
}
