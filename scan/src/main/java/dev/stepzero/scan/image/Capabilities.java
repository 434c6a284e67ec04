package dev.stepzero.scan.image;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads {@code security.capability} (struct vfs_cap_data of Linux' capability.h). */
final class Capabilities {
    static final String ATTRIBUTE = "security.capability";

    /** The permitted set's low word begins after the magic number; both are little-endian. */
    private static final int PERMITTED = 4;

    private static final int WORD = 4;

    /** In the order of their bits. */
    private static final List<String> NAMES = List.of(
            "cap_chown",
            "cap_dac_override",
            "cap_dac_read_search",
            "cap_fowner",
            "cap_fsetid",
            "cap_kill",
            "cap_setgid",
            "cap_setuid",
            "cap_setpcap",
            "cap_linux_immutable",
            "cap_net_bind_service",
            "cap_net_broadcast",
            "cap_net_admin",
            "cap_net_raw",
            "cap_ipc_lock",
            "cap_ipc_owner",
            "cap_sys_module",
            "cap_sys_rawio",
            "cap_sys_chroot",
            "cap_sys_ptrace",
            "cap_sys_pacct",
            "cap_sys_admin",
            "cap_sys_boot",
            "cap_sys_nice",
            "cap_sys_resource",
            "cap_sys_time",
            "cap_sys_tty_config",
            "cap_mknod",
            "cap_lease",
            "cap_audit_write",
            "cap_audit_control",
            "cap_setfcap");

    private Capabilities() {}

    /** Names them where the tar reader left the bytes whole; bytes that are no UTF-8 are lost on the way. */
    static String describe(String value) {
        if (value.length() < PERMITTED + WORD || value.chars().anyMatch(character -> character > 0x7f)) {
            return "carries " + ATTRIBUTE;
        }
        var names = IntStream.range(0, NAMES.size())
                .filter(bit -> (value.charAt(PERMITTED + bit / 8) & (1 << bit % 8)) != 0)
                .mapToObj(NAMES::get)
                .collect(Collectors.joining(", "));
        return "carries " + ATTRIBUTE + (names.isEmpty() ? "" : ": " + names);
    }
}
