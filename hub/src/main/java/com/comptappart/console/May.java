package com.comptappart.console;

import com.comptappart.people.Act;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What one must be allowed to do to reach a page or an act. On a class it holds for every handler
 * that doesn't say otherwise; a handler with neither this nor {@link Open} stops the start.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@interface May {
    Act value();
}
