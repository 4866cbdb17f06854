package io.dynamocart.app.lab;

import io.dynamocart.app.localcluster.LocalCluster;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

/**
 * Only in an instance of a local cluster. It tells by an object that the cluster gives its instances, and no setting can
 * pretend it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithPage
@ConditionalOnBean(LocalCluster.class)
@interface InLocalCluster {}
