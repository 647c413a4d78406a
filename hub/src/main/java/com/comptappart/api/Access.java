package com.comptappart.api;

import com.comptappart.kernel.Refused;
import com.comptappart.partner.Caller;
import com.comptappart.partner.KeyScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.web.method.HandlerMethod;

/** Whom a call of the API is open to, as its controller declares. */
sealed interface Access {

    /** Operators, and partners' keys that have the scope. */
    record Scoped(KeyScope scope) implements Access {}

    record Operators() implements Access {}

    record Anybody() implements Access {}

    /**
     * @throws IllegalStateException unless exactly one annotation says it
     */
    static Access of(HandlerMethod method) {
        var declared = new ArrayList<Access>();
        if (method.hasMethodAnnotation(Needs.class)) {
            var needs = Objects.requireNonNull(method.getMethodAnnotation(Needs.class));
            declared.add(new Scoped(needs.value()));
        }
        if (method.hasMethodAnnotation(NeedsOperator.class)) {
            declared.add(new Operators());
        }
        if (method.hasMethodAnnotation(NeedsNoKey.class)) {
            declared.add(new Anybody());
        }
        if (declared.size() != 1) {
            throw new IllegalStateException(
                    method.getShortLogMessage()
                            + " must say whom it is open to, once: @Needs(scope), @NeedsOperator or"
                            + " @NeedsNoKey");
        }
        return declared.getFirst();
    }

    /**
     * @throws Refused when the call is not open to the caller
     */
    default void check(Caller caller) {
        switch (this) {
            case Scoped(KeyScope scope) -> {
                if (!caller.may(scope)) {
                    throw Refused.forbidden(
                            "scope_missing",
                            "this call needs "
                                    + scope.code()
                                    + ", and this key has "
                                    + caller.scopes()
                                    + "; use a key that has it");
                }
            }
            case Operators() -> {
                if (!(caller instanceof Caller.Operator)) {
                    throw Refused.forbidden(
                            "operator_only", "this call needs an operator key (ca_operator_…)");
                }
            }
            case Anybody() -> {
                // Nothing is asked of the caller.
            }
        }
    }

    /** For who reads the API's description. */
    default String words() {
        return switch (this) {
            case Scoped(KeyScope scope) ->
                    "Needs a partner's key with " + scope.code() + ", or an operator's.";
            case Operators() -> "Needs an operator's key.";
            case Anybody() -> "Needs no key.";
        };
    }

    /** What the API's description names as needed of a key. */
    default List<String> roles() {
        return switch (this) {
            case Scoped(KeyScope scope) -> List.of(scope.code());
            case Operators() -> List.of("operator");
            case Anybody() -> List.of();
        };
    }
}
