package dev.stepzero.server.passkeys;

import dev.stepzero.server.ServerSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.stereotype.Component;

/** The address that passkeys are bound to: the server's own, and not what a request says of itself. */
@Component
class Site {
    private final ServerSettings settings;

    Site(ServerSettings settings) {
        this.settings = settings;
    }

    URI address(HttpServletRequest request) {
        return settings.address(request.getLocalPort());
    }
}
