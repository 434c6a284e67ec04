package dev.stepzero.server.api.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a field or a parameter means, and what it may be: told in the document and held to when it is read. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Says {
    String value();

    /** The least number. */
    long least() default 0;

    /** The greatest number. */
    long most() default Long.MAX_VALUE;

    /** How many characters a text may have. */
    int longest() default Shape.LONGEST;

    /** What counts where nothing is said; only told. */
    String byDefault() default "";
}
