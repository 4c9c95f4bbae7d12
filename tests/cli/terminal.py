#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a program on a terminal of its own, and prints all that the terminal is told.

    terminal.py [--size LINESxCOLUMNS] [--until TEXT --send KEYS]... [--stdout FILE] PROGRAM [ARGUMENT]...

--until TEXT --send KEYS types KEYS (\\x03 is Ctrl-C) as soon as the output has TEXT, one pair after the other.
--stdout FILE is for standard output; the terminal is for all else. The exit status is that of the program; 128 and
the number where a signal ended it. A program that does not end in a minute is killed.
"""
import argparse
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time


def start(arguments):
    """The process, and the terminal's other end."""
    pid, terminal = pty.fork()
    if pid:
        return pid, terminal
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    lines, columns = map(int, arguments.size.split("x"))
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    if arguments.stdout:
        os.dup2(os.open(arguments.stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 1)
    os.execvp(arguments.program[0], arguments.program)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="24x80")
    parser.add_argument("--until", action="append", default=[])
    parser.add_argument("--send", action="append", default=[])
    parser.add_argument("--stdout")
    parser.add_argument("program", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    waiting = [(text.encode(), keys.encode().decode("unicode_escape").encode())
               for text, keys in zip(arguments.until, arguments.send)]
    pid, terminal = start(arguments)
    output, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:  # nobody has it open any more
            break
        if not data:
            break
        output += data
        while waiting and waiting[0][0] in output:
            os.write(terminal, waiting.pop(0)[1])
    else:
        os.kill(pid, signal.SIGKILL)
    sys.stdout.buffer.write(output.replace(b"\r\n", b"\n"))
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    sys.exit(status if status >= 0 else 128 - status)


main()
