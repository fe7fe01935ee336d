"""What the benchmarks share: one run of a process, two in turns, the rows of a table."""
import ctypes
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
WARM_UP = 3
PR_SET_CHILD_SUBREAPER = 36


class Run(NamedTuple):
    """A program to run, where, and what it reads."""
    folder: pathlib.Path
    command: list
    input: str = os.devnull
    environment: dict = {}


class Took(NamedTuple):
    """The time of one run from its start to its end, and what processors worked for it."""
    wall: float  # milliseconds
    processor: float


def start(command, environment, input=os.devnull):
    quiet = [(os.POSIX_SPAWN_OPEN, 0, input, os.O_RDONLY, 0),
             (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
             (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
    return os.posix_spawnp(command[0], command, environment, file_actions=quiet)


def measure(run):
    os.chdir(run.folder)
    environment = os.environ | run.environment
    began = time.perf_counter_ns()
    process = start(run.command, environment, run.input)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter_ns() - began
    if status != 0:
        sys.exit(f"`{' '.join(run.command)}` ended with {os.waitstatus_to_exitcode(status)}")
    return Took(wall / 1e6, 1e3 * (usage.ru_utime + usage.ru_stime))


def peak_mib(run):
    """The peak resident memory of one run. A child starts with the peak of the process it
    was forked from, so a small shell starts it and hands it over to us by ending first."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    os.chdir(run.folder)
    shell = start(["sh", "-c", '"$@" &', "sh", *run.command], os.environ | run.environment, run.input)
    kibibytes = 0
    while True:
        try:
            process, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return kibibytes / 1024
        if process != shell:
            kibibytes = usage.ru_maxrss


def in_turns(rounds, *runs, warm_up=WARM_UP):
    """What each took, in rounds of all of them, after a few that do not count."""
    took = [[] for _ in runs]
    for turn in range(warm_up + rounds):
        for run, series in zip(runs, took):
            one = measure(run)
            if turn >= warm_up:
                series.append(one)
    return took


def row(*cells):
    print("| " + " | ".join(cells) + " |")


def compare(pairs, one, other):
    """The cells of a comparison: both medians, the ratio, and its middle half."""
    times = [[took.wall for took in series] for series in in_turns(pairs, one, other)]
    ratios = [a / b for a, b in zip(*times)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return (f"{statistics.median(times[0]):.2f} ms", f"{statistics.median(times[1]):.2f} ms",
            f"**{middle:.2f}** ({low:.2f} to {high:.2f})")


def describe_machine(program):
    def first_line(*command):
        return subprocess.run(command, capture_output=True, text=True,
                              check=True).stdout.splitlines()[0]

    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                if line.startswith("model name")), platform.machine())
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "unknown")
    kernel = platform.release().split("-", maxsplit=1)[0]
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{cpu}, {os.cpu_count()} cores, load {load}; {system}, Linux {kernel};\n"
          f"{first_line('git', '--version')}; {first_line(program, '--version')}, "
          f"{os.path.getsize(program) / 2**20:.1f} MiB.\n")


def require_program(path):
    """Where the program is; the benchmark ends where it is not built."""
    program = os.path.abspath(path)
    if not os.access(program, os.X_OK):
        sys.exit(f"{program} is missing: cmake --preset release && cmake --build --preset release")
    return program


def forget_git_variables():
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]
