package io.dynamocart.store.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamocart.store.runtime.Await;
import io.dynamocart.store.transport.HostAndPort;
import io.dynamocart.store.transport.Ports;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A certificate that is renewed in its files, as docs/security.md has it ("TLS between nodes"). */
class RenewedCertificateTests {

    @TempDir
    Path directory;

    private final String address = Ports.freeAddresses(1).getFirst();
    private final X509Bundle authority = issued(new CertificateBuilder().setIsCertificateAuthority(true), null);

    @Test
    void holdsForNewConnectionsWithoutARestart() {
        X509Bundle first = writeCertificate();
        Path trusted = write("authority.crt", authority.getCertificatePEM());
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SslAutoConfiguration.class, DynamoStoreAutoConfiguration.class))
                .withPropertyValues(ClusterOfOne.properties(address, directory.resolve("data")))
                .withPropertyValues(
                        "dynamo.store.ssl-bundle=nodes",
                        "spring.ssl.bundle.pem.nodes.keystore.certificate=file:" + directory.resolve("node.pem"),
                        "spring.ssl.bundle.pem.nodes.keystore.private-key=file:" + directory.resolve("node.pem"),
                        "spring.ssl.bundle.pem.nodes.truststore.certificate=file:" + trusted,
                        "spring.ssl.bundle.pem.nodes.reload-on-update=true",
                        "spring.ssl.bundle.watch.file.quiet-period=50ms")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(shownByTheNode()).isEqualTo(first.getCertificate());

                    X509Bundle renewed = writeCertificate();
                    Await.until(
                            "the new certificate is shown",
                            () -> shownByTheNode().equals(renewed.getCertificate()));
                });
    }

    /** What whoever calls the node now is shown. */
    private Certificate shownByTheNode() {
        HostAndPort node = HostAndPort.parse(address);
        try (SSLSocket caller =
                (SSLSocket) contextOfAnother().getSocketFactory().createSocket(node.host(), node.port())) {
            caller.startHandshake();
            return caller.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SSLContext contextOfAnother() {
        X509Bundle another = issued(new CertificateBuilder(), authority);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    another.toKeyManagerFactory().getKeyManagers(),
                    authority.toTrustManagerFactory().getTrustManagers(),
                    null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Bundle writeCertificate() {
        X509Bundle issued = issued(new CertificateBuilder(), authority);
        write("node.pem", issued.getCertificatePathPEM() + issued.getPrivateKeyPEM());
        return issued;
    }

    private static X509Bundle issued(CertificateBuilder builder, @Nullable X509Bundle by) {
        builder.subject(by == null ? "CN=cluster" : "CN=node");
        try {
            return by == null ? builder.buildSelfSigned() : builder.buildIssuedBy(by);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String name, String pem) {
        try {
            return Files.writeString(directory.resolve(name), pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
