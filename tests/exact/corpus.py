#!/usr/bin/env python3
"""Fetch the real code that asyncgrep is measured on: the source distributions named in corpus.txt.

    corpus.py [--list FILE] FOLDER       fetch what is missing, and unpack the Python files of each into FOLDER/NAME-VERSION
    corpus.py --pin NAME... >>corpus.txt print the line of the newest source distribution of each

A line of the list is ``name version sha256``; an archive with another hash is refused.  Nothing in an archive is run:
pip's own client finds and downloads it, as pip is configured here, and only regular files that end in .py or .pyw are
written, below FOLDER.  (`pip download` would run the build of every project.)
"""

import argparse
import hashlib
import os
import pathlib
import posixpath
import shutil
import sys
import tarfile
import tempfile
import zipfile

from pip._internal.commands import create_command
from pip._internal.network.download import Downloader

HERE = pathlib.Path(__file__).resolve().parent
SUFFIXES = (".py", ".pyw")


class Index:
    """The package index that pip is configured for."""

    def __init__(self, command):
        options, _ = command.parse_args(["--no-binary", ":all:", "--no-deps"])
        session = command.get_default_session(options)
        self.finder = command._build_package_finder(options, session, ignore_requires_python=True)
        self.download = Downloader(session, "off")

    def archives(self, name):
        """The source distributions of a project that were not withdrawn, oldest first."""
        found = [c for c in self.finder.find_all_candidates(name) if not c.link.is_yanked and c.link.ext != ".whl"]
        return sorted(found, key=lambda c: c.version)

    def newest(self, name):
        """The newest final release, or the newest at all; None where there is no source distribution."""
        found = self.archives(name)
        return next((c for c in reversed(found) if not c.version.is_prerelease), found[-1] if found else None)

    def find(self, name, version):
        """The archive of one release, or None."""
        return next((c for c in self.archives(name) if str(c.version) == version), None)

    def fetch(self, candidate, folder):
        """Path of the downloaded archive."""
        return self.download(candidate.link, folder)[0]


def sha256(path):
    """Digest of a file."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def members(archive):
    """(name, function to open it) of each regular file of an archive."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as file:
            for item in file.infolist():
                if not item.is_dir() and (item.external_attr >> 28) in (0, 8):
                    yield item.filename, lambda item=item: file.open(item)
        return
    with tarfile.open(archive) as file:
        for item in file:
            if item.isreg():
                yield item.name, lambda item=item: file.extractfile(item)


def is_safe(name):
    """A relative path that stays below its folder."""
    parts = name.split("/")
    return not (posixpath.isabs(name) or ".." in parts or "\\" in name or "\0" in name)


def unpack(archive, folder):
    """Write the Python files of an archive below a new folder; how many."""
    written = 0
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        root = pathlib.Path(scratch, "files")
        root.mkdir()
        for name, reader in members(archive):
            if not name.endswith(SUFFIXES) or not is_safe(name):
                continue
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with reader() as source, open(path, "wb") as target:
                shutil.copyfileobj(source, target)
            written += 1
        os.replace(root, folder)
    return written


def fetch(index, line, folder):
    """Bring one project of the list into the folder, unless it is there."""
    name, version, digest = line.split()
    target = folder / f"{name}-{version}"
    if target.exists():
        return
    candidate = index.find(name, version)
    if candidate is None:
        sys.exit(f"{name} {version}: no such source distribution")
    with tempfile.TemporaryDirectory() as scratch:
        archive = index.fetch(candidate, scratch)
        if sha256(archive) != digest:
            sys.exit(f"{name} {version}: the archive has the hash {sha256(archive)}, not {digest}")
        print(f"{target.name}: {unpack(archive, target)} files", flush=True)


def pin(index, name):
    """Print the line of the newest source distribution."""
    candidate = index.newest(name)
    if candidate is None:
        print(f"{name}: no source distribution", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as scratch:
        print(name, candidate.version, sha256(index.fetch(candidate, scratch)), flush=True)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--list", type=pathlib.Path, default=HERE / "corpus.txt")
    parser.add_argument("--pin", nargs="+", metavar="NAME")
    parser.add_argument("folder", nargs="?", type=pathlib.Path, metavar="FOLDER")
    options = parser.parse_args()
    command = create_command("download")
    with command.main_context():
        index = Index(command)
        for name in options.pin or ():
            pin(index, name)
        if options.folder:
            options.folder.mkdir(parents=True, exist_ok=True)
            for line in options.list.read_text().splitlines():
                if line and not line.startswith("#"):
                    fetch(index, line, options.folder)


if __name__ == "__main__":
    main()
