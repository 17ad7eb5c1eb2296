"""A hostile solution: tries everything below, and answers each question with the names of what it could do.

targets.json beside it says where the test has put what must not be reached. An attempt does harm where its function
returns something true; what it leaves behind for later the test looks for itself.
"""
import ctypes
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time

targets = json.load(open("targets.json"))
libc = ctypes.CDLL(None, use_errno=True)
syscalls = {
    "x86_64": dict(bpf=321, perf=298, add_key=248, userfaultfd=323, memfd=319, io_uring=425, mq_open=240, pvr=310),
    "aarch64": dict(bpf=280, perf=241, add_key=217, userfaultfd=282, memfd=279, io_uring=425, mq_open=180, pvr=270),
}.get(os.uname().machine, {})
attempts = []


def attempt(threat, name=None):
    def keep(function):
        attempts.append((threat, name or function.__name__, function))
        return function

    return keep


def can_read(path):
    with open(path, "rb") as file:
        return len(file.read(1)) == 1


def can_write(path):
    os.close(os.open(path, os.O_WRONLY))
    return True


def create(folder):
    path = os.path.join(folder, "escaped-%d" % os.getpid())
    with open(path, "w") as file:
        file.write("100")
    return True


# Reading what isn't its own.
for name in ["secret", "home", "lab", "report", "checks", "solution", "other_copy"]:
    attempt("read", name)(lambda path=targets[name]: can_read(path))


@attempt("read")
def shadow():
    return can_read("/etc/shadow")


@attempt("read")
def passwd():
    return can_read("/etc/passwd")


@attempt("read")
def through_the_first_process():
    return can_read("/proc/1/root" + targets["secret"])


@attempt("read")
def through_a_symbolic_link():
    os.symlink(targets["secret"], "link")
    return can_read("link")


@attempt("read")
def through_a_hard_link():
    os.link(targets["secret"], "hard")
    return can_read("hard")


@attempt("read")
def through_the_working_directory_of_others():
    return any(can_read("/proc/%s/cwd/cachelab.json" % pid) for pid in os.listdir("/proc") if pid.isdigit() and pid not in ("1", str(os.getpid())) and os.path.exists("/proc/%s/cwd/secret" % pid)) or can_read(os.path.join(targets["lab_folder"], "cachelab.json"))


@attempt("read")
def other_temporary_folders():
    return "marker" in os.listdir(targets["temporary"])


@attempt("read")
def home_listed():
    return len(os.listdir(os.path.dirname(targets["home"]))) > 0


# Writing what isn't its own.
for name in ["temporary", "lab_folder", "home_folder", "reports"]:
    attempt("write", name)(lambda folder=targets[name]: create(folder))


@attempt("write")
def secret_overwritten():
    return can_write(targets["secret"])


@attempt("write")
def report_overwritten():
    return can_write(targets["report"])


@attempt("write")
def remounted():
    return subprocess.run(["mount", "-o", "remount,rw", "/"], capture_output=True).returncode == 0 and can_write(targets["secret"])


@attempt("write")
def host_of_other_solutions():
    places = ["/cachelab/tools/host.mjs", "/cachelab/tools/host-translator.mjs"] + targets["tools"]
    return any(os.access(place, os.W_OK) for place in places) or can_write(targets["secret"])


@attempt("write")
def mode_changed():
    os.chmod(targets["secret"], 0o777)
    return True


@attempt("write")
def renamed():
    os.rename(targets["secret"], targets["secret"] + "2")
    os.rename(targets["secret"] + "2", targets["secret"])
    return True


# Secrets of whoever started the grader.
@attempt("secrets")
def environment_of_others():
    for pid in os.listdir("/proc"):
        try:
            if pid.isdigit() and targets["token"].encode() in open("/proc/%s/environ" % pid, "rb").read():
                return True
        except OSError:
            pass
    return False


@attempt("secrets")
def environment_of_the_starter():
    return targets["token"].encode() in open("/proc/%d/environ" % targets["starter"], "rb").read()


@attempt("secrets")
def memory_of_the_starter():
    with open("/proc/%d/mem" % targets["starter"], "rb"):
        return True


# The grader's own.
@attempt("grader")
def environment_of_the_grader():
    parent = os.getppid()
    while parent not in (0, 1, targets["starter"]):
        with open("/proc/%d/environ" % parent, "rb") as file:
            if targets["token"].encode() in file.read():
                return True
        with open("/proc/%d/stat" % parent) as file:
            parent = int(file.read().rsplit(")", 1)[1].split()[1])
    return False


@attempt("grader")
def open_file_of_the_grader():
    os.write(targets["descriptor"], b"100 of 100")
    return False


# Other processes.
@attempt("processes")
def signalled():
    os.kill(targets["starter"], 0)
    return True


@attempt("processes")
def seen():
    return os.path.exists("/proc/%d" % targets["starter"])


@attempt("processes")
def slowed_down():
    os.setpriority(os.PRIO_PROCESS, targets["starter"], os.getpriority(os.PRIO_PROCESS, targets["starter"]))
    return True


@attempt("processes")
def written_into():
    with open("/proc/%d/mem" % targets["starter"], "r+b"):
        return True


@attempt("processes")
def limits_changed():
    import resource

    resource.prlimit(targets["starter"], resource.RLIMIT_NOFILE)
    return True


# Processes that stay. The test looks for them.
@attempt("daemon")
def detached():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for descriptor in range(3):
                os.close(descriptor)
            os.execve("/bin/sleep", ["sleep", targets["sleep"]], {})
        os._exit(0)
    return False


@attempt("daemon")
def deaf():
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        for descriptor in range(3):
            os.close(descriptor)
        os.execve("/bin/sleep", ["sleep", targets["sleep"]], {})
    return False


# The kernel's settings.
for path in ["/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sys/vm/drop_caches", "/proc/sys/kernel/hostname", "/proc/sys/fs/file-max", "/proc/sysrq-trigger", "/proc/irq/default_smp_affinity", "/dev/kmsg", "/dev/loop0", "/dev/mem", "/dev/loop-control", "/dev/fuse"]:
    attempt("kernel", path)(lambda path=path: can_write(path))


@attempt("kernel")
def cgroups():
    for top, _, files in os.walk("/sys/fs/cgroup"):
        if "cgroup.procs" in files:
            return can_write(os.path.join(top, "cgroup.procs"))
    return False


@attempt("kernel")
def anything_in_sys():
    return any(os.access(os.path.join("/sys/kernel", name), os.W_OK) for name in os.listdir("/sys/kernel"))


@attempt("kernel")
def other_devices():
    known = {"null", "zero", "full", "random", "urandom", "tty", "fd", "stdin", "stdout", "stderr"}
    return bool(set(os.listdir("/dev")) - known)


@attempt("kernel")
def file_among_devices():
    return create("/dev")


@attempt("kernel")
def device_made():
    os.mknod("device", 0o600 | 0o020000, os.makedev(1, 1))
    return True


@attempt("kernel")
def name_of_the_machine():
    name = os.uname().nodename.encode()
    return libc.sethostname(name, len(name)) == 0


# Privileges.
@attempt("privileges")
def new_privileges():
    return "NoNewPrivs:\t0" in open("/proc/self/status").read()


@attempt("privileges")
def capabilities():
    lines = [line for line in open("/proc/self/status") if line.startswith(("CapPrm", "CapEff", "CapBnd", "CapInh", "CapAmb"))]
    return any(int(line.split()[1], 16) for line in lines)


@attempt("privileges")
def another_user():
    return os.geteuid() == 0 or (os.setuid(0) or True)


@attempt("privileges")
def own_user_namespace():
    return subprocess.run(["unshare", "--user", "--map-root-user", "true"], capture_output=True).returncode == 0


@attempt("privileges")
def own_mounts():
    return subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "x", "/box"], capture_output=True).returncode == 0


@attempt("privileges")
def own_root():
    os.chroot(".")
    return True


# What stays behind in memory; the test looks for the keys.
@attempt("shared")
def shared_memory():
    libc.shmget(targets["key"], 4096, 0o1666)
    return False


@attempt("shared")
def semaphores():
    libc.semget(targets["key"], 1, 0o1666)
    return False


@attempt("shared")
def messages():
    libc.msgget(targets["key"], 0o1666)
    return False


@attempt("shared")
def files_in_memory():
    return create("/dev/shm")


# Networks.
@attempt("network")
def connected():
    return socket.create_connection(("127.0.0.1", targets["port"]), 2) is not None


@attempt("network")
def by_address_of_the_other_family():
    other = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    other.settimeout(2)
    other.connect(("::ffff:127.0.0.1", targets["port"]))
    return True


@attempt("network")
def abstract_socket():
    socket.socket(socket.AF_UNIX).connect("\0" + targets["abstract"])
    return True


@attempt("network")
def raw_packets():
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)
    return os.listdir("/sys/class/net") != []


@attempt("network")
def interfaces():
    return any("lo" not in line for line in open("/proc/net/dev").read().splitlines()[2:])


# System calls.
def called(name, *arguments):
    return name in syscalls and libc.syscall(syscalls[name], *arguments) >= 0


@attempt("calls")
def traced():
    if os.fork() == 0:
        os._exit(0 if libc.ptrace(0, 0, 0, 0) == 0 else 1)
    return os.wait()[1] == 0


@attempt("calls")
def key_in_a_ring():
    return called("add_key", b"user", b"cachelab", b"x", 1, -2)


@attempt("calls")
def hidden_memory():
    return called("memfd", b"x", 0)


@attempt("calls")
def rings():
    return called("io_uring", 1, ctypes.create_string_buffer(200))


def result(function):
    """In a process of its own: an attempt may end it, or leave it in another state."""
    end, begin = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            done = bool(function())
        except BaseException:
            done = False
        os.write(begin, b"1" if done else b"0")
        os._exit(0)
    os.close(begin)
    done = os.read(end, 1) == b"1"
    os.close(end)
    os.waitpid(child, 0)
    return done


succeeded = ["%s:%s" % (threat, name) for threat, name, function in attempts if result(function)]
for line in sys.stdin:
    print(json.dumps({"id": json.loads(line)["id"], "error": "%d tried; %s." % (len(attempts), ",".join(succeeded) or "none")}), flush=True)
