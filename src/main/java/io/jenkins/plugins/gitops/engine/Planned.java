package io.jenkins.plugins.gitops.engine;

import io.jenkins.plugins.gitops.engine.planfile.PlanFile;
import io.jenkins.plugins.gitops.engine.report.Report;

/**
 * What came of planning.
 *
 * @param report as of every run
 * @param plan to be reviewed; {@code null} where the run came to none: the report says why
 */
public record Planned(Report report, PlanFile plan) {}
