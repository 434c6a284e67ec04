package dev.stepzero.server.api.answer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a handler of the API does, for its document. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Operation {
    /** A sentence or two. */
    String value();

    /** HTTP's status where it goes well. */
    int status() default 200;

    /** What the answer is, where it is no JSON. */
    String media() default "application/json";
}
