package dev.stepzero.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.guard.identity.Factor;
import dev.stepzero.guard.identity.Grant;
import dev.stepzero.guard.identity.Role;
import dev.stepzero.server.Client;
import dev.stepzero.server.RunningServer;
import dev.stepzero.server.RunningServer.Running;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Walks every request that the server answers with every role, and without any. */
@ExtendWith(RunningServer.class)
class AccessMatrixTest {
    private static final String PROJECT = "alpha";
    private static final String ANOTHER_PROJECT = "beta";

    /** The container forwards failures here; nobody can send one. */
    private static final Set<String> INTERNAL = Set.of("/error");

    private static Running server;

    @BeforeAll
    static void start(Running running) {
        server = running;
    }

    @Test
    void everyHandlerHasARowAndEveryRowAHandler() {
        var handled = new TreeSet<String>();
        server.part(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, method) -> handled.addAll(requests(mapping)));
        server.context()
                .getBeansOfType(AbstractUrlHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMap().keySet().forEach(path -> handled.add("GET " + path)));
        handled.removeIf(request -> INTERNAL.contains(request.substring(request.indexOf(' ') + 1)));

        var rows = rows().map(AccessRow::request).toList();

        assertThat(rows).containsExactlyInAnyOrderElementsOf(handled);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRoleGetsWhatItsCellSays(AccessRow row) {
        for (var role : Role.values()) {
            var expected = !row.scope().asksForRoles() || row.roles().contains(role);

            assertThat(isAllowed(row, server.signedIn(Grant.everywhere(role))))
                    .as("%s as %s everywhere", row.request(), role.word())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRoleInAProjectCountsInThatProjectOnly(AccessRow row) {
        for (var role : Role.values()) {
            var marked = !row.scope().asksForRoles() || row.roles().contains(role);

            assertThat(isAllowed(row, server.signedIn(Grant.in(PROJECT, role))))
                    .as("%s as %s of the project", row.request(), role.word())
                    .isEqualTo(marked && row.scope() != Scope.SERVER);
            if (row.scope() == Scope.PROJECT) {
                assertThat(isAllowed(row, server.signedIn(Grant.in(ANOTHER_PROJECT, role))))
                        .as("%s as %s of another project", row.request(), role.word())
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void withoutSignInOnlyWhatIsForEveryoneIsThere(AccessRow row) {
        var open = row.scope() == Scope.EVERYONE || row.scope() == Scope.MACHINE;

        assertThat(isAllowed(row, server.anonymous())).as(row.request()).isEqualTo(open);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void withoutARoleNothingIsThereThatAsksForOne(AccessRow row) {
        assertThat(isAllowed(row, server.signedIn()))
                .as(row.request())
                .isEqualTo(!row.scope().asksForRoles());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whoCanChangeProductionNeedsTwoFactors(AccessRow row) {
        var person = server.person(Grant.everywhere(Role.ADMINISTRATOR), Grant.everywhere(Role.VIEWER));
        var open = Set.of(Scope.EVERYONE, Scope.MACHINE, Scope.HALF).contains(row.scope());

        var allowed = isAllowed(row, server.signedIn(person, Set.of(Factor.PASSWORD)));

        assertThat(allowed).as(row.request()).isEqualTo(open);
    }

    @Test
    void whatHasNoRowIsRefused() {
        assertThat(server.anonymous().get("/api/v1/nothing").statusCode()).isEqualTo(401);
        assertThat(server.signedIn(Grant.everywhere(Role.ADMINISTRATOR))
                        .get("/nothing")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aTableThatCannotBeReadEndsTheStart() {
        for (var line : List.of(
                "| `GET /a` | nobody | | | | | | | |",
                "| `GET /a` | any | | | | | | | |",
                "| `GET /a` | person | yes | | | | | | |",
                "| `GET /a` | project | yes | | | | | | |",
                "| `GET /a` | any | yes | | | | |",
                "| `GET /a` | any | yse | | | | | | |")) {
            assertThatThrownBy(() -> AccessMatrix.parse(line)).as(line).hasMessageContaining("matrix.md");
        }
        var row = "| `GET /a` | any | yes | | | | | | |\n";
        assertThatThrownBy(() -> AccessMatrix.parse(row + row)).hasMessageContaining("two rows");
    }

    static Stream<AccessRow> rows() {
        return AccessMatrix.ofProgram().rows().stream();
    }

    private static List<String> requests(RequestMappingInfo mapping) {
        var requests = new ArrayList<String>();
        var methods = mapping.getMethodsCondition().getMethods();
        for (var path : mapping.getPatternValues()) {
            var all = methods.isEmpty() ? Set.of(RequestMethod.values()) : methods;
            all.forEach(method -> requests.add(method + " " + path));
        }
        return requests;
    }

    /** A refusal is a redirect to the sign-in or a second factor, 401 or 403; whatever the handler makes of it is not. */
    private static boolean isAllowed(AccessRow row, Client client) {
        var path = row.path()
                .getPatternString()
                .replace("{project}", PROJECT)
                .replace("/**", "/nothing")
                .replaceAll("\\{[^}]*}", "1");
        var answer = client.send(row.method().name(), path, "", Map.of());
        assertThat(answer.statusCode()).as(row.request() + ": " + answer.body()).isNotEqualTo(500);
        return !isRefusal(answer);
    }

    private static boolean isRefusal(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Refused").isPresent();
    }
}
