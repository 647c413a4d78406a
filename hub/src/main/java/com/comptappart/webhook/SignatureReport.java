package com.comptappart.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a signed call.
 *
 * @param difference where the body differs from what the hub sent, null where it does not, or the
 *     hub does not know what it sent
 */
public record SignatureReport(
        List<SignatureFinding> findings, @Nullable ByteDifference difference) {
    public SignatureReport {
        findings = List.copyOf(findings);
    }

    /** Whether a right receiver takes the call. */
    public boolean verified() {
        return findings.stream()
                .noneMatch(each -> each.cause().weight() == SignatureFinding.Weight.FAULT);
    }
}
