package io.jenkins.plugins.gitops.engine.cluster;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Keys in the forms in which kubeconfigs hold them. */
public class ClientKeyTest {

    /** Of PKCS#8 before the PKCS#1 key of 2,048 bits. */
    private static final int PKCS8_HEADER = 26;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void anRsaKeyInBothOfItsForms() throws Exception {
        KeyStore.PrivateKeyEntry made = made("RSA", "2048");
        byte[] pkcs8 = made.getPrivateKey().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEADER, pkcs8.length);
        assertReads(made, "PRIVATE KEY", pkcs8);
        assertReads(made, "RSA PRIVATE KEY", pkcs1);
    }

    @Test
    public void aKeyOfAnEllipticCurve() throws Exception {
        KeyStore.PrivateKeyEntry made = made("EC", "256");
        assertReads(made, "PRIVATE KEY", made.getPrivateKey().getEncoded());
    }

    @Test
    public void whatItDoesNotKnowIsLeftToOthers() throws Exception {
        KeyStore.PrivateKeyEntry made = made("EC", "256");
        byte[] key = made.getPrivateKey().getEncoded();
        String certificate = pem("CERTIFICATE", made.getCertificate().getEncoded());
        assertEquals(Optional.empty(), ClientKey.read(certificate, null));
        assertEquals(Optional.empty(), ClientKey.read(certificate, pem("ENCRYPTED PRIVATE KEY", key)));
        assertEquals(Optional.empty(), ClientKey.read(certificate, pem("RSA PRIVATE KEY", key)));
        assertEquals(Optional.empty(), ClientKey.read("", pem("PRIVATE KEY", key)));
        assertEquals(Optional.empty(), ClientKey.read("no PEM", pem("PRIVATE KEY", key)));
        assertEquals(Optional.empty(), ClientKey.read(certificate, pem("PRIVATE KEY", new byte[] {1, 2, 3})));
    }

    private static void assertReads(KeyStore.PrivateKeyEntry made, String title, byte[] key) throws Exception {
        Optional<KeyManager> read = ClientKey.read(
                pem("CERTIFICATE", made.getCertificate().getEncoded()), "Bag Attributes\n" + pem(title, key));
        ClientKey manager = (ClientKey) read.orElseThrow();
        String algorithm = made.getPrivateKey().getAlgorithm();
        String alias = manager.chooseClientAlias(new String[] {"DSA", algorithm}, null, null);
        assertEquals(made.getPrivateKey(), manager.getPrivateKey(alias));
        assertArrayEquals(made.getCertificateChain(), manager.getCertificateChain(alias));
        assertNull(manager.chooseClientAlias(new String[] {"DSA"}, null, null));
    }

    private static String pem(String title, byte[] content) {
        return "-----BEGIN " + title + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + title + "-----\n";
    }

    private KeyStore.PrivateKeyEntry made(String algorithm, String bits) throws Exception {
        Path file = folder.getRoot().toPath().resolve(algorithm + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "made",
                        "-keyalg",
                        algorithm,
                        "-keysize",
                        bits,
                        "-dname",
                        "CN=test",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.newFile())
                .start();
        assertEquals(0, keytool.waitFor());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        return (KeyStore.PrivateKeyEntry)
                store.getEntry("made", new KeyStore.PasswordProtection("changeit".toCharArray()));
    }
}
