package dev.stepzero.server.page;

import dev.stepzero.server.page.Frame.Link;
import java.util.List;
import org.springframework.http.HttpMethod;

/** The entries of the navigation, in their order. A page that nobody links to is still a page. */
final class Navigation {
    private static final List<Link> SECTIONS = List.of(
            new Link("/", "Overview"),
            new Link("/runs", "Runs"),
            new Link("/environments", "Environments"),
            new Link("/projects", "Projects"),
            new Link("/findings", "Findings"),
            new Link("/approvals", "Approvals"),
            new Link("/waivers", "Waivers"),
            new Link("/secrets", "Secrets"),
            new Link("/ledger", "Ledger"),
            new Link("/people", "People"),
            new Link("/settings", "Settings"));
    private static final List<Link> ACCOUNT = List.of(
            new Link("/account/authenticator", "Authenticator"),
            new Link("/account/passkeys", "Passkeys"),
            new Link("/account/services", "Sign-in services"),
            new Link("/account/sessions", "Sessions"),
            new Link("/account/tokens", "API tokens"));

    private Navigation() {}

    /** The sections that somebody may open. */
    static List<Link> sections(Doors doors) {
        return open(SECTIONS, doors);
    }

    /** What somebody finds in the menu of their account. */
    static List<Link> account(Doors doors) {
        return open(ACCOUNT, doors);
    }

    private static List<Link> open(List<Link> links, Doors doors) {
        return links.stream()
                .filter(link -> doors.open(HttpMethod.GET, link.path()))
                .toList();
    }

    /** Answers whether the viewer may send a request. */
    interface Doors {
        boolean open(HttpMethod method, String path);
    }
}
