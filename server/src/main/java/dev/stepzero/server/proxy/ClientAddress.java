package dev.stepzero.server.proxy;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Gives every request the address of its client before anything looks at it: limits, sessions, the log and the ledger
 * see the same, also in what is answered later or forwarded to the error page.
 */
public final class ClientAddress extends ValveBase {
    private final TrustedProxies proxies;

    public ClientAddress(TrustedProxies proxies) {
        super(true);
        this.proxies = proxies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        var said = Collections.list(request.getHeaders(proxies.header().text()));
        request.setRemoteAddr(proxies.client(request.getPeerAddr(), said));
        getNext().invoke(request, response);
    }
}
