package dev.stepzero.ship.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/**
 * HTTP whose answers end. JGit keeps every ref that a server advertises in memory and asks nobody while it reads them,
 * so that a server which never stops would take all memory.
 */
final class BoundedHttp implements HttpConnectionFactory {
    private static final long MOST_BYTES_OF_REFS = 32L << 20;

    private final HttpConnectionFactory factory;
    private final long mostBytes;
    private final BooleanSupplier over;

    /**
     * HTTP for one fetch.
     *
     * @param factory makes the connections
     * @param mostBytes how much an answer with objects may have
     * @param over whether the fetch is to end
     */
    BoundedHttp(HttpConnectionFactory factory, long mostBytes, BooleanSupplier over) {
        this.factory = factory;
        this.mostBytes = mostBytes;
        this.over = over;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return bounded(factory.create(url), url);
    }

    @Override
    public HttpConnection create(URL url, java.net.Proxy proxy) throws IOException {
        return bounded(factory.create(url, proxy), url);
    }

    private HttpConnection bounded(HttpConnection connection, URL url) {
        var most = url.getPath().endsWith("/info/refs") ? MOST_BYTES_OF_REFS : mostBytes;
        var types = new Class<?>[] {HttpConnection.class};
        return (HttpConnection) Proxy.newProxyInstance(
                HttpConnection.class.getClassLoader(), types, (proxy, method, arguments) -> {
                    try {
                        var answer = method.invoke(connection, arguments);
                        return answer instanceof InputStream in ? new Bounded(in, most) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }

    private final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (over.getAsBoolean()) {
                throw new InterruptedIOException("the fetch was ended");
            }
            var count = in.read(bytes, offset, length);
            left -= Math.max(0, count);
            if (left < 0) {
                throw new IOException("the server's answer is too long");
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
