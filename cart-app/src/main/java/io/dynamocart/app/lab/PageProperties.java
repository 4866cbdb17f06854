package io.dynamocart.app.lab;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the web page.
 *
 * @param enabled Whether the web page is served at /, and in the local cluster its lab at /lab. Off shows strangers less:
 *     the page can do nothing that the API cannot.
 */
@ConfigurationProperties(PageProperties.PREFIX)
record PageProperties(@DefaultValue("true") boolean enabled) {

    static final String PREFIX = "cart.page";
}
