package io.dynamocart.app.access;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.oauth2.server.resource.BearerTokenErrorCodes;

/**
 * What RFC 6750 has a client be told whose token is missing, wrong or not enough.
 *
 * @param status of the answer
 * @param header WWW-Authenticate of the answer
 */
public record Challenge(HttpStatus status, String header) {

    private static final String SCHEME = "Bearer";

    /** To a client without a token, or with one that cannot be believed. */
    public static Challenge to(AuthenticationException refusal) {
        if (refusal instanceof OAuth2AuthenticationException failed
                && failed.getError() instanceof BearerTokenError error) {
            return new Challenge(error.getHttpStatus(), withError(error.getErrorCode()));
        }
        return new Challenge(HttpStatus.UNAUTHORIZED, SCHEME);
    }

    /** To a client whose token is not for this. */
    public static Challenge to(AccessDeniedException refusal) {
        return new Challenge(HttpStatus.FORBIDDEN, withError(BearerTokenErrorCodes.INSUFFICIENT_SCOPE));
    }

    private static String withError(String code) {
        return "%s error=\"%s\"".formatted(SCHEME, code);
    }
}
