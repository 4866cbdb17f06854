package io.dynamocart.app.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.server.ResponseStatusException;

/** docs/security.md, "The web page": whose pages may use the lab, and merge carts. */
class PageGuardTests {

    private final PageGuard guard =
            new PageGuard(new Origins(List.of("localhost:8081", "127.0.0.1:8081", "localhost:8082")));
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/carts/a/merge");

    @Test
    void whatIsNoBrowserIsLetIn() {
        isLetIn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8081", "http://127.0.0.1:8081", "http://localhost:8082"})
    void aPageOfTheClusterIsLetIn(String origin) {
        request.addHeader("Origin", origin);
        request.addHeader("Sec-Fetch-Site", "same-site");
        isLetIn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void soIsAReadOfItsOwnPage(String site) {
        request.addHeader("Sec-Fetch-Site", site);
        isLetIn();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://localhost:9999",
                "https://localhost:8081",
                "http://localhost:8081.evil.example",
                "null",
                ""
            })
    void aPageOfAnotherSiteIsNot(String origin) {
        request.addHeader("Origin", origin);
        isRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void norIsWhatABrowserFetchesForOneWithoutSayingForWhich(String site) {
        request.addHeader("Sec-Fetch-Site", site);
        isRefused();
    }

    private void isLetIn() {
        assertThat(guard.preHandle(request, new MockHttpServletResponse(), this))
                .isTrue();
    }

    private void isRefused() {
        assertThatThrownBy(() -> guard.preHandle(request, new MockHttpServletResponse(), this))
                .isInstanceOfSatisfying(
                        ResponseStatusException.class,
                        refusal -> assertThat(refusal.getStatusCode().value()).isEqualTo(403));
    }
}
