package io.dynamocart.app.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.HttpStatus;

/** What the description of the API says of a call and cannot see by itself. Changes nothing of what the call does. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Described {

    /** What it does, in one line. */
    String value();

    /** The status of the answer where all is well. */
    HttpStatus success() default HttpStatus.OK;

    /** Whether what it is about may not be there. */
    boolean mayBeMissing() default false;
}
