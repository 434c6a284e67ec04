package dev.stepzero.store.process;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a program runs as somebody else than root.
 *
 * <p>Root becomes the given user through {@code setpriv}, without capabilities. A directory that this user
 * may not enter, such as root's home, is replaced in a mount namespace of the program's own by an empty one in which
 * only the paths that the program uses appear. Everybody else stays who they are. Where root may not become another
 * user, as in a container with a single one, the program runs in a user namespace in which it is not root.
 */
public final class Unprivileged {
    /** The group of all these users: it may pass through directories of ours, and owns nothing. */
    static final int PASSERS_BY = 10_000;

    private enum Way {
        STAY,
        BECOME,
        NAMESPACE
    }

    private final Way way;
    private final int uid;
    private final boolean mayListenBelow1024;

    private Unprivileged(Way way, int uid, boolean mayListenBelow1024) {
        this.way = way;
        this.uid = uid;
        this.mayListenBelow1024 = mayListenBelow1024;
    }

    /**
     * Finds out how root's work on this machine becomes the work of a user.
     *
     * @param uid the user and group that root becomes; it need not be in {@code /etc/passwd}
     * @throws UserError if we are root and the machine offers no way
     */
    public static Unprivileged as(int uid) throws InterruptedException {
        if (Accounts.current() != 0) {
            return new Unprivileged(Way.STAY, uid, false);
        }
        for (var way : List.of(Way.BECOME, Way.NAMESPACE)) {
            var found = new Unprivileged(way, uid, false);
            if (Command.run(found.command(List.of("true"), Map.of(), List.of())).succeeded()) {
                return found;
            }
        }
        throw UserError.engine("root may not become another user here: setpriv and unshare both fail")
                .fix("run stepzero as an ordinary user, or install the package util-linux");
    }

    /** The same user, who may also listen on ports below 1024. */
    public Unprivileged listeningBelow1024() {
        return new Unprivileged(way, uid, true);
    }

    /** The same rights under a name that {@code /etc/passwd} knows, for programs that insist on one. */
    public Unprivileged named() {
        return switch (way) {
            case BECOME -> new Unprivileged(way, Accounts.nobody().orElse(uid), mayListenBelow1024);
            case STAY -> Accounts.hasName(Accounts.current()) ? this : new Unprivileged(Way.NAMESPACE, uid, false);
            case NAMESPACE -> this;
        };
    }

    /** Whether the program runs as another user than we do, so that it reads only what it was given. */
    public boolean isAnother() {
        return way == Way.BECOME;
    }

    /**
     * The command that runs a program as this user.
     *
     * @param program the program with its arguments
     * @param environment all that its environment holds beside the path of the system's programs
     * @param uses the files and directories, which must exist, that it reads or writes outside the system's own
     * @throws UserError if the user may not reach one of them and the machine offers no way to show it
     */
    public List<String> command(List<String> program, Map<String, String> environment, Collection<Path> uses)
            throws InterruptedException {
        var command = new ArrayList<String>();
        switch (way) {
            case STAY -> {}
            case NAMESPACE -> command.addAll(Accounts.inUserNamespace());
            case BECOME -> {
                var doors = ClosedDoors.before(uid, uses);
                command.addAll(doors.entrance());
                command.addAll(become());
            }
        }
        // Set only now, so that no variable has a say in what still runs with our rights.
        command.addAll(List.of("env", "-i", "PATH=" + Command.PATH));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(program);
        return List.copyOf(command);
    }

    private List<String> become() {
        var capabilities = mayListenBelow1024 ? "-all,+net_bind_service" : "-all";
        var command = new ArrayList<>(List.of(
                "setpriv", "--reuid=" + uid, "--regid=" + uid, "--groups=" + PASSERS_BY, "--inh-caps=" + capabilities));
        if (mayListenBelow1024) {
            command.add("--ambient-caps=" + capabilities);
        }
        command.add("--no-new-privs");
        return command;
    }

    /** Makes the user the owner of a file, or of a directory and all in it; links are not followed. */
    public void give(Path tree) {
        if (way != Way.BECOME) {
            return;
        }
        try (var paths = Files.walk(tree)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the user pass through a directory of ours without seeing what else is in it. */
    public void admit(Path directory) {
        if (way != Way.BECOME) {
            return;
        }
        try {
            if (ClosedDoors.closedTo(uid, directory)) {
                var permissions = Files.getPosixFilePermissions(directory);
                permissions.removeAll(Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE));
                permissions.add(PosixFilePermission.GROUP_EXECUTE);
                Files.setPosixFilePermissions(directory, permissions);
                Files.setAttribute(directory, "unix:gid", PASSERS_BY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
