package com.comptappart.webhook;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A private authority, and servers with certificates that it signed, well or badly. */
final class CertificatesForTests {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    CertificatesForTests(Path folder) {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Authority of tests", "-ext", "bc:c");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authority().toString());
    }

    /** The authority's own certificate, as PEM. */
    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** A server that answers 200, its certificate signed by the authority. */
    HttpsServer signed(String name, String start, int days) {
        sign(name, start, days);
        return server(name);
    }

    /** A port whose certificate the authority signed. */
    ServerSocket signedPort(String name) {
        sign(name, "-1d", 30);
        try {
            return context(name)
                    .getServerSocketFactory()
                    .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sign(String name, String start, int days) {
        String request = folder.resolve(name + ".csr").toString();
        String certificate = folder.resolve(name + ".pem").toString();
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name);
        keytool("-certreq", "-alias", name, "-file", request);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request,
                "-outfile",
                certificate,
                "-rfc",
                "-ext",
                "san=" + name.replaceFirst("_.*", ""),
                "-startdate",
                start,
                "-validity",
                Integer.toString(days));
        keytool("-importcert", "-alias", name, "-file", certificate, "-noprompt");
    }

    /** A server whose certificate nobody signed but itself. */
    HttpsServer selfSigned(String name) {
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-ext", "san=ip:127.0.0.1");
        return server(name);
    }

    private HttpsServer server(String name) {
        try {
            var server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            server.setHttpsConfigurator(new HttpsConfigurator(context(name)));
            server.createContext(
                    "/",
                    exchange -> {
                        try (exchange) {
                            Receiver.answer(exchange, 200, "ok");
                        }
                    });
            server.start();
            return server;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context(String name) throws IOException, GeneralSecurityException {
        var all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            all.load(in, PASSWORD.toCharArray());
        }
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "own",
                all.getKey(name, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                all.getCertificateChain(name));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "-keystore",
                        folder.resolve("keys.p12").toString(),
                        "-storepass",
                        PASSWORD,
                        "-storetype",
                        "PKCS12"));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
