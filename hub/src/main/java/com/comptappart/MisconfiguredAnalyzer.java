package com.comptappart;

import com.comptappart.kernel.Misconfigured;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one sentence which setting is wrong, instead of a page of stack traces. */
class MisconfiguredAnalyzer extends AbstractFailureAnalyzer<Misconfigured> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, Misconfigured cause) {
        return new FailureAnalysis(
                cause.detail(),
                "Set it as said and start again; docs/exploiter.md lists all settings.",
                failure);
    }
}
