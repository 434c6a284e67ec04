package dev.stepzero.guard.federation;

import dev.stepzero.guard.identity.Grant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which groups of a sign-in service have which roles here. A group that is not named gives nothing. */
public record GroupRoles(List<Entry> entries) {

    /** What one group gives; its name is compared letter by letter. */
    public record Entry(String group, Grant grant) {}

    public GroupRoles {
        entries = List.copyOf(entries);
    }

    /** What the members of these groups have. */
    public Set<Grant> of(Collection<String> groups) {
        return entries.stream()
                .filter(entry -> groups.contains(entry.group()))
                .map(Entry::grant)
                .collect(Collectors.toUnmodifiableSet());
    }
}
