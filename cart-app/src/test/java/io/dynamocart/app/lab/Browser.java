package io.dynamocart.app.lab;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window, driven by what the system has installed; nothing is downloaded. */
final class Browser {

    private Browser() {}

    /** Opens it; where there is none, the test is skipped, and says why. */
    static ChromeDriver open() {
        File driver = onPath("chromedriver").orElseGet(() -> skip("chromedriver"));
        File browser = onPath("chromium", "chromium-browser", "google-chrome").orElseGet(() -> skip("chromium"));
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser);
        // Chromium's own sandbox does not work as root, nor in most containers; it sees no page but ours
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1000");
        options.setCapability(ChromeOptions.LOGGING_PREFS, console);
        ChromeDriver opened = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver)
                        .usingAnyFreePort()
                        .build(),
                options);
        System.out.println(
                "Browser tests run in Chromium " + opened.getCapabilities().getBrowserVersion());
        return opened;
    }

    /** What its console has complained of since the last time, but for answers that no page can prevent. */
    static List<String> complaints(ChromeDriver browser) {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(Object::toString)
                .filter(line -> !line.contains("Failed to load resource"))
                .toList();
    }

    private static Optional<File> onPath(String... names) {
        return Arrays.stream(names)
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(directory -> new File(directory, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    private static File skip(String missing) {
        String reason = "there is no %s on the path".formatted(missing);
        System.out.println("Browser tests are skipped: " + reason);
        return Assumptions.abort(reason);
    }
}
