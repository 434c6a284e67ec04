package dev.stepzero.ship.image;

/** What every image has besides packages: the user, the mount points, the links into {@code /usr}. */
final class RootSkeleton {
    static final int USER = 10_001;
    static final String USER_AND_GROUP = USER + ":" + USER;

    private RootSkeleton() {}

    static void addTo(FileTree tree) {
        for (var merged : new String[] {"bin", "lib", "lib64", "sbin"}) {
            tree.directory("usr/" + merged, 0755);
            tree.link(merged, "usr/" + merged);
        }
        for (var directory : new String[] {"app", "dev", "proc", "run", "sys", "var"}) {
            tree.directory(directory, 0755);
        }
        tree.directory("root", 0700);
        tree.directory("tmp", 01777);
        tree.directory("var/tmp", 01777);
        tree.link("var/run", "../run");
        tree.text("etc/passwd", """
                root:x:0:0:root:/root:/usr/sbin/nologin
                app:x:%1$d:%1$d:app:/app:/usr/sbin/nologin
                nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
                """.formatted(USER));
        tree.text("etc/group", """
                root:x:0:
                app:x:%d:
                nogroup:x:65534:
                """.formatted(USER));
        tree.text("etc/nsswitch.conf", """
                passwd: files
                group: files
                hosts: files dns
                """);
    }
}
