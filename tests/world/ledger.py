"""Runs trueup over a world's files and reads its reports."""
import csv
import os
import subprocess
import tempfile
from pathlib import Path


class Failure(Exception):
    """The program did not do what it was asked: its words are the message."""


class Ledger:
    def __init__(self, binary):
        self.binary = Path(binary).resolve()
        self.folder = tempfile.TemporaryDirectory()
        self.environment = dict(os.environ, TRUEUP_HOME=self.folder.name + "/home", NO_COLOR="1",
                                LC_ALL="C.UTF-8")

    def run(self, *words, codes=(0,)):
        done = subprocess.run(
            [self.binary, "--ledger", self.folder.name + "/ledger.db", *map(str, words)],
            capture_output=True, text=True, env=self.environment, cwd=self.folder.name)
        if done.returncode not in codes:
            raise Failure(f"{' '.join(map(str, words))[:100]}: exit {done.returncode}\n"
                          f"{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def take(self, folder):
        """Imports a folder of files; none may be refused."""
        self.run("--quiet", "import", folder)

    def report(self, *words):
        return list(csv.DictReader(self.run("report", *words, "--format", "csv").splitlines()))
