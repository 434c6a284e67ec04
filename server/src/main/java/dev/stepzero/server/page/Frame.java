package dev.stepzero.server.page;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param title the page's
 * @param path the request's, by which the navigation knows where we are
 * @param principal who looks at it, if they are signed in
 * @param csrf what every form sends back in its field {@code _csrf}
 * @param assets the addresses of style and scripts
 * @param links what the navigation offers to this person
 * @param accountLinks the same for the menu of their account
 */
public record Frame(
        String title,
        String path,
        @Nullable Principal principal,
        String csrf,
        Assets assets,
        List<Link> links,
        List<Link> accountLinks) {

    /**
     * An entry of the navigation.
     *
     * @param path where it leads; everything below counts as the same place
     */
    public record Link(String path, String label) {}

    /** Whether the page is where a link leads, or below. */
    public boolean isAt(Link link) {
        return link.path().equals("/") ? path.equals("/") : (path + "/").startsWith(link.path() + "/");
    }

    /** Whether the viewer has a role somewhere; it shows or hides, and never protects. */
    public boolean may(Role... roles) {
        return principal != null && principal.roles().hasAny(java.util.Set.of(roles));
    }
}
