package dev.stepzero.server.api;

import dev.stepzero.guard.identity.Principal;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.access.Access;
import dev.stepzero.server.api.answer.Answer;
import dev.stepzero.server.api.answer.Operation;
import dev.stepzero.server.api.shape.Says;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Tells a program who it is to us. */
@Controller
class MeApi {
    private final Access access;

    MeApi(Access access) {
        this.access = access;
    }

    /** Who asks. */
    record Me(
            String name,
            Principal.Kind kind,
            @Says("Whether more than reading is allowed.") boolean writes,

            @Says("By project; under `*` those that hold everywhere.")
            Map<String, List<String>> roles) {
        static Me of(Principal principal) {
            var roles = new TreeMap<String, List<String>>();
            roles.put("*", words(principal.roles().everywhere()));
            principal.roles().byProject().forEach((project, some) -> roles.put(project, words(some)));
            return new Me(principal.name(), principal.kind(), principal.writes(), roles);
        }

        private static List<String> words(Set<Role> roles) {
            return roles.stream().map(Role::word).sorted().toList();
        }
    }

    @GetMapping("/api/v1/me")
    @Operation("Who asks, and what they may.")
    Answer<Me> me() {
        return Answer.of(Me.of(access.principal().orElseThrow()));
    }
}
