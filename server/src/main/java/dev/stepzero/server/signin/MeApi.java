package dev.stepzero.server.signin;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.access.Access;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a program who it is to us. */
@RestController
class MeApi {
    private final Access access;

    MeApi(Access access) {
        this.access = access;
    }

    /**
     * Who asks.
     *
     * @param roles by project; under {@code *} those that hold everywhere
     */
    record Me(String name, String kind, Map<String, List<String>> roles) {
        static Me of(Principal principal) {
            var roles = new TreeMap<String, List<String>>();
            roles.put("*", words(principal.roles().everywhere()));
            principal.roles().byProject().forEach((project, some) -> roles.put(project, words(some)));
            return new Me(principal.name(), principal.kind().name().toLowerCase(java.util.Locale.ROOT), roles);
        }

        private static List<String> words(java.util.Set<Role> roles) {
            return roles.stream().map(Role::word).sorted().toList();
        }
    }

    @GetMapping("/api/v1/me")
    Me me() {
        return Me.of(access.principal().orElseThrow());
    }
}
