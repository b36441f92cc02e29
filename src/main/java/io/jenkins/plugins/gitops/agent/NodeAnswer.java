package io.jenkins.plugins.gitops.agent;

import io.jenkins.plugins.gitops.engine.SyncRequest;
import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.planfile.PlanKey;
import io.jenkins.plugins.gitops.engine.problem.BadInputException;
import io.jenkins.plugins.gitops.engine.problem.Printable;
import io.jenkins.plugins.gitops.engine.report.Report;
import io.jenkins.plugins.gitops.engine.report.ReportFormatException;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a node has sent, held against what it was asked. A node is not trusted: it can lie about a cluster that only it sees,
 * but not about which run it tells of, nor show people one plan and leave another to be carried out.
 */
final class NodeAnswer {

    private static final int MAX_SHOWN = 200;

    private NodeAnswer() {}

    /** @throws IOException if it is no report, or not the one of this request */
    static Report report(byte[] json, SyncRequest request) throws IOException {
        Report report;
        try {
            report = ReportJson.read(json);
        } catch (ReportFormatException e) {
            throw new IOException("The node sent no sound report: " + shown(e), e);
        }
        if (report.command() != request.command() || !report.app().equals(request.app())) {
            throw new IOException("The node sent the report of another run: " + run(report.command(), report.app())
                    + " instead of " + run(request.command(), request.app()) + ". Nothing of it is taken over.");
        }
        return report;
    }

    private static String run(Enum<?> command, String app) {
        return command + " of \"" + Printable.line(app, MAX_SHOWN) + "\"";
    }

    /**
     * @param json empty where the node came to no plan
     * @param report that came with it, and that people read
     * @return {@code null} where there is none
     * @throws IOException if it is no plan that was sealed with the key, or not the one that the report tells of
     */
    static PlanFile plan(byte[] json, PlanKey key, Report report) throws IOException {
        if (json.length == 0) {
            return null;
        }
        PlanFile plan;
        try {
            plan = PlanFile.read(json, key);
        } catch (BadInputException e) {
            throw new IOException("The node sent no sound plan: " + shown(e), e);
        }
        if (!Arrays.equals(ReportJson.write(plan.report()), ReportJson.write(report))) {
            throw new IOException(
                    "The node sent a plan that is not the one of its report. Nothing of it is taken over.");
        }
        return plan;
    }

    private static String shown(Exception e) {
        return Printable.line(String.valueOf(e.getMessage()), MAX_SHOWN);
    }
}
