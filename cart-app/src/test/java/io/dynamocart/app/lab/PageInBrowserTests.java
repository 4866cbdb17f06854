package io.dynamocart.app.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.app.localcluster.SharedLocalCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.chrome.ChromeDriver;

/** What the README says to click, in a real browser on a real cluster. */
@Timeout(90)
class PageInBrowserTests {

    @RegisterExtension
    static final SharedLocalCluster CLUSTER = new SharedLocalCluster();

    private static ChromeDriver browser;

    @BeforeAll
    static void open() {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        browser.quit();
    }

    @AfterEach
    void repair() {
        CLUSTER.repair();
        assertThat(Browser.complaints(browser)).isEmpty();
    }

    @Test
    void versionsDivergeWhileANodeIsCutOffAndMeetAgain() {
        Page page = Page.open(browser, CLUSTER.get().urls().getFirst(), "diverging");
        Page.Device phone = page.device("Phone");
        Page.Device laptop = page.device("Laptop");

        page.press("Cut node-2 off from all others");
        page.labSays("done");
        phone.adds("socks");
        phone.isTold("there are now 1");
        laptop.adds("mug");
        laptop.isTold("Not available right now (503)");

        page.needs(1, 1);
        laptop.presses("Send again, same key");
        laptop.isTold("there are now 1");
        phone.sees("socks");
        laptop.sees("mug");
        page.holds("node-1: 1 socks", "node-2: 1 mug", "node-3: 1 socks");
        page.says("2 versions that did not see each other");

        page.heal();
        page.holds("node-1: 1 mug | 1 socks", "node-2: 1 mug | 1 socks", "node-3: 1 mug | 1 socks");
        phone.presses("Refresh");
        laptop.presses("Refresh");
        phone.sees("mug", "socks");
        laptop.sees("mug", "socks");

        phone.adds("hat");
        page.says("One version");
        page.says("All replicas hold the same");
    }

    /** Step 5 of the README's See it: they differ where a remove has not seen the last add, until the next write. */
    @Test
    void mergesDifferOverARemoveThatHasNotSeenTheLastAdd() {
        Page page = Page.open(browser, CLUSTER.get().urls().getFirst(), "merging");
        Page.Device phone = page.device("Phone");
        Page.Device laptop = page.device("Laptop");
        laptop.adds("mug");
        laptop.isTold("there are now 1");
        laptop.adds("mug");
        laptop.isTold("there are now 2");
        phone.presses("Refresh");
        phone.sees("mug");

        page.needs(1, 1);
        page.press("Cut node-2 off from all others");
        page.labSays("done");
        laptop.adds("mug");
        laptop.isTold("there are now 3");
        phone.presses("Remove");
        phone.isTold("Removed mug");

        page.heal();
        page.says("2 versions that did not see each other");
        page.says("All replicas hold the same");
        page.mergesMake("mug", 1, 3, 0);
        assertThat(page.reasons()).hasSize(4);
        assertThat(page.reasons())
                .filteredOn(reason -> reason.startsWith("+1 mug is gone: a version remembers"))
                .hasSize(2);
        assertThat(page.reasons())
                .filteredOn(reason -> reason.startsWith("+1 mug is there"))
                .hasSize(1);
        assertThat(page.reasons().getLast()).startsWith("Earlier changes of mug (1) are over.");
    }

    @Test
    void aStoppedInstanceDoesNotAnswerAndTheOthersGoOn() {
        Page page = Page.open(browser, CLUSTER.get().urls().getFirst(), "stopping");
        page.press("Stop node-1");
        page.becomes("Start node-1");
        page.labSays("node-1 has stopped");

        page.device("Laptop").adds("mug");
        page.device("Laptop").isTold("there are now 1");
        page.device("Phone").presses("Refresh");
        page.device("Phone").isTold("node-1 does not answer");

        page.press("Start node-1");
        page.becomes("Stop node-1");
        page.labSays("node-1 runs again");
        page.device("Phone").presses("Refresh");
        page.device("Phone").sees("mug");
    }
}
