package io.jenkins.plugins.gitops.bench;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One run of one subject.
 *
 * @param size how many objects the repository declares
 * @param round counted from 1
 * @param wallMillis without the start of a JVM
 * @param startMillis until a JVM has come to {@code main}; 0 where none was started
 * @param cpuMillis processor time of the client
 * @param peakKiB largest resident size of the client's process; 0 where it is not known
 * @param requests that the API server has counted
 * @param readBytes bodies of the answers to GET and LIST, as sent, as the API server has counted them
 * @param answerBytes bodies of all answers, as the client has counted them; 0 where it does not count
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Measurement(
        int size,
        int round,
        Scenario scenario,
        Subject subject,
        long wallMillis,
        long startMillis,
        long cpuMillis,
        long peakKiB,
        long requests,
        long readBytes,
        long answerBytes) {}
