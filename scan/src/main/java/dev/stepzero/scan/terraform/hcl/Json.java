package dev.stepzero.scan.terraform.hcl;

import dev.stepzero.core.resource.Position;
import dev.stepzero.core.resource.Value;
import java.util.List;

/** JSON as it is written, with the place of everything. */
sealed interface Json {
    Position position();

    /** An object; a name may come twice. */
    record Members(List<Member> members, Position position) implements Json {}

    /** One pair of an object. */
    record Member(String name, Json value, Position position) {}

    /** An array. */
    record Items(List<Json> items, Position position) implements Json {}

    /** A string. */
    record Text(String value, Position position) implements Json {}

    /** A number, a truth value or null. */
    record Plain(Value value, Position position) implements Json {}
}
