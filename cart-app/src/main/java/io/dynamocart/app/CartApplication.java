package io.dynamocart.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the cart service. */
@SpringBootApplication
public class CartApplication {

    static void main(String[] args) {
        SpringApplication.run(CartApplication.class, args);
    }
}
