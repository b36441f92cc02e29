package io.jenkins.plugins.gitops.build;

import io.jenkins.plugins.gitops.engine.report.Report;

/**
 * What became of the report that a page is made of.
 *
 * @param report {@code null} where there is none to show
 * @param obstacle why there is none, in a sentence; empty where there is one
 */
record ArchivedReport(Report report, String obstacle) {

    static ArchivedReport of(Report report) {
        return new ArchivedReport(report, "");
    }

    static ArchivedReport missing(String obstacle) {
        return new ArchivedReport(null, obstacle);
    }
}
