"""
about: mount, unshare, setns, keyctl, bpf, perf, io_uring, userfaultfd, shared memory and more, as raw system calls
ends: {code: failed}
"""

import ctypes

_libc = ctypes.CDLL(None, use_errno=True)
_room = ctypes.create_string_buffer(4096)
CALLS = {
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, 0), "umount2": (166, b"/proc", 2), "unshare": (272, 0x10000000),
    "setns": (308, 0, 0), "keyctl": (250, 0, -3, 0), "add_key": (248, b"user", b"x", b"y", 1, -3),
    "bpf": (321, 0, _room, 72), "perf_event_open": (298, _room, 0, -1, -1, 0), "io_uring_setup": (425, 8, _room),
    "userfaultfd": (323, 1), "memfd_create": (319, b"x", 0), "shmget": (29, 0, 4096, 0o1600), "semget": (64, 0, 1, 0o1600),
    "msgget": (68, 0, 0o1600), "mq_open": (240, b"x", 0o102, 0o600, 0), "pivot_root": (155, b"/", b"/"),
    "chroot": (161, b"/tmp"), "mknod": (133, b"x", 0o20600, 0), "memfd_secret": (447, 0), "landlock": (444, 0, 0, 1),
    "seccomp": (317, 1, 0, _room), "personality": (135, 0xFFFFFFFF), "init_module": (175, 0, 0, b""),
    "swapon": (167, b"x", 0), "reboot": (169, 0xFEE1DEAD, 672274793, 0, 0), "settimeofday": (164, _room, 0),
    "sethostname": (170, b"x", 1), "clone3": (435, _room, 88), "open_tree": (428, -100, b"/", 1), "fsopen": (430, b"tmpfs", 0),
    "name_to_handle_at": (303, -100, b"/", _room, _room, 0), "open_by_handle_at": (304, -100, _room, 0),
    "fanotify_init": (300, 0, 0), "inotify_init1": (294, 0), "quotactl": (179, 0, 0, 0, 0), "acct": (163, 0),
    "iopl": (172, 3), "modify_ldt": (154, 0, _room, 16), "kexec_load": (246, 0, 0, 0, 0), "syslog": (103, 3, _room, 99),
    "process_madvise": (440, 0, 0, 0, 0, 0), "pidfd_open": (434, 1, 0), "eventfd2": (290, 0, 0), "timerfd": (283, 1, 0),
    "signalfd4": (289, -1, _room, 8, 0), "epoll_create1": (291, 0), "splice": (275, 0, 0, 1, 0, 1, 0), "vmsplice": (278, 1, 0, 0, 0),
    "sendmsg": (46, 3, _room, 0), "recvmsg": (47, 3, _room, 0x40), "getsockopt": (55, 3, 1, 17, _room, _room), "shutdown": (48, 3, 2),
}
DONE = [name for name, (number, *args) in CALLS.items() if _libc.syscall(ctypes.c_long(number), *args) >= 0]
print(DONE)
code = _code_if(DONE)
