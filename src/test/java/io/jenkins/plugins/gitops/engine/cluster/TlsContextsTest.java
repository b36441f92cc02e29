package io.jenkins.plugins.gitops.engine.cluster;

import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;

import javax.net.ssl.SSLContext;
import org.junit.Test;

/** Sessions are gone on with by who has the very same certificates and key, and by nobody else. */
public class TlsContextsTest {

    @Test
    public void theSameCredentialGoesOnWithItsSessions() throws Exception {
        assertSame(context(access("a", "b", "c")), context(access("a", "b", "c")));
    }

    @Test
    public void whateverElseIsDifferentMakesAnotherContext() throws Exception {
        SSLContext known = context(access("a", "b", "c"));
        assertNotSame("CA", known, context(access("x", "b", "c")));
        assertNotSame("certificate", known, context(access("a", "x", "c")));
        assertNotSame("key", known, context(access("a", "b", "x")));
        assertNotSame("none of them", known, context(access(null, null, null)));
        assertNotSame("trust", known, context(access("a", "b", "c").insecureSkipTlsVerify(true)));
        assertNotSame("name", known, context(access("a", "b", "c").tlsServerName("other")));
        assertNotSame("where one text ends", known, context(access("ab", "", "c")));
    }

    @Test
    public void onlySoManyAreKept() throws Exception {
        SSLContext first = context(access("first", "b", "c"));
        for (int i = 0; i < 20; i++) {
            context(access("ca-" + i, "b", "c"));
        }
        assertNotSame(first, context(access("first", "b", "c")));
    }

    @Test
    public void whatCannotBeMadeIsNotKept() throws Exception {
        ClusterAccess access = access("broken", "b", "c");
        assertThrows(
                ClusterException.class,
                () -> TlsContexts.of(access, () -> {
                    throw new ClusterException("no certificate", "");
                }));
        context(access);
    }

    private static ClusterAccess access(String ca, String certificate, String key) throws ClusterException {
        return new ClusterAccess("https://127.0.0.1:6443").caCertificate(ca).clientCertificate(certificate, key);
    }

    private static SSLContext context(ClusterAccess access) throws ClusterException {
        return TlsContexts.of(access, TlsContextsTest::make).context();
    }

    private static TlsContexts.Context make() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return new TlsContexts.Context(context, null);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
