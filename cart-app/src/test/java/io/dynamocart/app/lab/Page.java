package io.dynamocart.app.lab;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page, as somebody sees and uses it. */
final class Page {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final WebDriver browser;

    private Page(WebDriver browser) {
        this.browser = browser;
    }

    /** Opens it, with the cart that it proposes. */
    static Page at(WebDriver browser, String url) {
        browser.get(url);
        Page page = new Page(browser);
        page.until("the devices are there", () -> page.find("section.device").isDisplayed());
        return page;
    }

    /** Opens it, and this cart in it. */
    static Page open(WebDriver browser, String url, String cart) {
        Page page = at(browser, url);
        page.opens(cart);
        page.until(
                "it is known that nobody wrote the cart", () -> page.summary().startsWith("Nobody"));
        return page;
    }

    void opens(String cart) {
        names(cart);
        find("#open button").click();
    }

    /** Types the name of a cart, and opens none. */
    void names(String cart) {
        WebElement field = find("#cart");
        field.clear();
        field.sendKeys(cart);
    }

    /** One shopper's device. */
    final class Device {
        private final String name;

        private Device(String name) {
            this.name = name;
        }

        void adds(String item) {
            WebElement field = part("input[name=item]");
            field.clear();
            field.sendKeys(item);
            part("form button").click();
        }

        void presses(String button) {
            part(By.xpath(".//button[.='" + button + "']")).click();
        }

        /** Waits until its last answer contains this. */
        void isTold(String text) {
            until(name + " is told: " + text, () -> part(".answer").getText().contains(text));
        }

        boolean isToldOf(String text) {
            return part(".answer").getText().contains(text);
        }

        /** The field for what it adds. */
        WebElement item() {
            return part("input[name=item]");
        }

        boolean maySendAgain() {
            return part(By.xpath(".//button[.='Send again, same key']")).isDisplayed();
        }

        /** Waits until this is what it warns of. */
        void warns(String text) {
            until(
                    name + " warns: " + text,
                    () -> part("p.bad:last-child").getText().equals(text));
        }

        /** Waits until it says this of what it knows of the cart. */
        void knows(String text) {
            until(
                    name + " knows: " + text,
                    () -> part(".lines > li:last-child").getText().contains(text));
        }

        /** Waits until it sees these items, in any order, and no others. */
        void sees(String... items) {
            until(
                    name + " sees " + List.of(items),
                    () -> panel().findElements(By.cssSelector(".lines .name")).stream()
                            .map(line -> line.getText().split("\\s", 2)[0])
                            .sorted()
                            .toList()
                            .equals(List.of(items)));
        }

        private WebElement part(String selector) {
            return part(By.cssSelector(selector));
        }

        private WebElement part(By by) {
            return panel().findElement(by);
        }

        private WebElement panel() {
            return find("section[aria-label=" + name + "]");
        }
    }

    Device device(String name) {
        return new Device(name);
    }

    /** Presses a button by what a screen reader calls it. */
    void press(String label) {
        find("button[aria-label='" + label + "']").click();
    }

    /** Waits until a button is called so, and can be pressed. */
    void becomes(String label) {
        until(
                "there is " + label,
                () -> find("button[aria-label='" + label + "']").isEnabled());
    }

    void heal() {
        find("[data-part=heal]").click();
    }

    /** Lets requests need so many replicas, and waits until they do. */
    void needs(int r, int w) {
        new Select(find("[data-part=r]")).selectByVisibleText("" + r);
        labSays("Reads need " + r);
        new Select(find("[data-part=w]")).selectByVisibleText("" + w);
        labSays("writes " + w);
    }

    /** Waits until the lab says this. */
    void labSays(String text) {
        until(
                "the lab says " + text,
                () -> find("#faults [data-part=status]").getText().contains(text));
    }

    /** Waits until this is said of the versions. */
    void says(String text) {
        until("it is said that " + text, () -> summary().contains(text));
    }

    /** Waits until exactly these replicas hold this, given as {@code node-1: 1 apple}. */
    void holds(String... replicas) {
        until("replicas hold " + List.of(replicas), () -> replicas().equals(List.of(replicas)));
    }

    /** Waits until the merges have so many of an item, each in its column. */
    void mergesMake(String item, int observedRemove, int paperUnion, int lastWriterWins) {
        String row = "%s %d %d %d".formatted(item, observedRemove, paperUnion, lastWriterWins);
        until(
                "merges make " + row,
                () -> browser.findElements(By.cssSelector("[data-part=merged] tbody tr")).stream()
                        .anyMatch(line -> line.getText().replaceAll("\\s+", " ").equals(row)));
    }

    /** Waits until this is said of the ring. */
    void saysOfTheRing(String text) {
        until(
                "it is said of the ring that " + text,
                () -> find("[data-part=place]").getText().contains(text));
    }

    /** What is shown of each node, by lines. */
    List<String> nodes() {
        return browser.findElements(By.cssSelector("[data-part=nodes] > li")).stream()
                .map(WebElement::getText)
                .toList();
    }

    boolean asksForAToken() {
        return find("#token-needed").isDisplayed();
    }

    /** Waits until it asks for a token, or does so no longer. */
    void asksForAToken(boolean asks) {
        until("it asks for a token: " + asks, () -> asksForAToken() == asks);
    }

    void usesToken(String token) {
        find("#token").sendKeys(token);
        find("#token-form button").click();
    }

    /** What the keyboard is at. */
    WebElement focused() {
        return browser.switchTo().activeElement();
    }

    /** Why lines are there or gone, as it says. */
    List<String> reasons() {
        return browser.findElements(By.cssSelector("[data-part=why] > li")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private List<String> replicas() {
        return browser.findElements(By.cssSelector("[data-part=replicas] li")).stream()
                .map(card -> card.findElement(By.tagName("h4")).getText() + ": "
                        + String.join(
                                " | ",
                                card.findElements(By.cssSelector(".held > span:last-child")).stream()
                                        .map(WebElement::getText)
                                        .sorted()
                                        .toList()))
                .sorted()
                .toList();
    }

    private String summary() {
        return find("[data-part=summary]").getText();
    }

    private WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    private void until(String what, BooleanSupplier condition) {
        new WebDriverWait(browser, PATIENCE, BETWEEN_LOOKS)
                // What is looked at may be drawn anew meanwhile
                .ignoring(StaleElementReferenceException.class, NoSuchElementException.class)
                .withMessage(() ->
                        what + "; instead the page shows:\n" + find("body").getText())
                .until(_ -> condition.getAsBoolean());
    }
}
