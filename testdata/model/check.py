#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the tasks on random cases and compares their output with the independent models of this folder.

Exit status 0: no difference; 1: some; 2: wrong usage. With --make the cases are only written, one folder each with the
words of the command in `command`; once each was run there and its exit status written to `status`, --judge compares.
"""
import argparse
import json
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import cases.coordinates
import cases.energy
import cases.flags
import cases.flicker
import cases.gainfit
import cases.response
import judges
from fitsfile import Refused

SUBJECTS = {
    "energy": (cases.energy.make, judges.judge_energy), "flags": (cases.flags.make, judges.judge_flags),
    "coordinates": (cases.coordinates.make, judges.judge_coordinates),
    "flicker": (cases.flicker.make, judges.judge_flicker), "response": (cases.response.make, judges.judge_response),
    "gainfit": (cases.gainfit.make, judges.judge_gainfit)}
REFUSALS = (2, 3, 4)


def make(subject, seed, folder):
    """Writes the files of a case and the words of its command."""
    folder.mkdir(parents=True, exist_ok=True)
    task, parameters = SUBJECTS[subject][0](np.random.default_rng([seed, *subject.encode()]), folder)
    parameters["outfile"] = str(folder / "out.fits")
    parameters.setdefault("compat", "heasoft-6.20")
    words = [task, "clobber=yes", *(f"{n}={v}" for n, v in parameters.items())]
    (folder / "command").write_text("\n".join(words) + "\n")
    (folder / "case.json").write_text(json.dumps(dict(subject=subject, seed=seed, parameters=parameters)))


def run(sxi, folder):
    """Runs the command of a case."""
    words = (folder / "command").read_text().splitlines()
    done = subprocess.run([*sxi, *words], capture_output=True, text=True, check=False)
    (folder / "status").write_text(str(done.returncode))
    (folder / "errors").write_text(done.stderr)


def judge(folder):
    """(heading, lines of differences) of a case that was run."""
    case = json.loads((folder / "case.json").read_text())
    parameters, status = case["parameters"], int((folder / "status").read_text())
    try:
        lines = SUBJECTS[case["subject"]][1](parameters)
    except Refused as reason:
        said = [] if status in REFUSALS else [f"exit {status}, but {reason} must be refused"]
    else:
        errors = folder / "errors"
        said = lines() if status == 0 else [f"exit {status}: {errors.read_text() if errors.exists() else ''}"]
    settings = " ".join(f"{k}={v}" for k, v in parameters.items() if not str(v).startswith(str(folder)))
    return f"{case['subject']} {case['seed']}: {'DIFFERENT' if said else 'same'} {settings}", said


def report(folders, keep=None):
    """Prints a line a case and the differences, keeps the files of such cases; returns the exit status."""
    total = failed = 0
    for folder in folders:
        heading, lines = judge(folder)
        total, failed = total + 1, failed + bool(lines)
        print("\n    ".join([heading, *lines]), flush=True)
        if lines and keep:
            shutil.copytree(folder, keep / folder.name)
    print(f"{total} cases, {failed} with differences")
    return 1 if failed else 0


def made_and_run(sxi, chosen):
    """The folders of the cases, each run; a folder is removed when the next is asked for."""
    for subject, seed in chosen:
        folder = Path(tempfile.mkdtemp(prefix=f"{subject}-{seed}-"))
        make(subject, seed, folder)
        run(sxi, folder)
        yield folder
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sxi", default="./sxi", help="command of the program, words split as a shell does")
    parser.add_argument("--only", choices=SUBJECTS, action="append", help="one subject; may be repeated")
    parser.add_argument("--cases", type=int, default=10, help="cases of each subject")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first case; the others follow")
    parser.add_argument("--keep", type=Path, help="folder that keeps the files of cases with differences")
    parser.add_argument("--make", type=Path, help="folder to write the cases to, without running them")
    parser.add_argument("--judge", type=Path, help="folder of cases that were run")
    arguments = parser.parse_args()
    if arguments.judge:
        return report(sorted(f.parent for f in arguments.judge.glob("*/case.json")))
    chosen = [(subject, seed) for subject in arguments.only or SUBJECTS
              for seed in range(arguments.seed, arguments.seed + arguments.cases)]
    if arguments.make:
        for subject, seed in chosen:
            make(subject, seed, arguments.make / f"{subject}-{seed}")
        return 0
    return report(made_and_run(shlex.split(arguments.sxi), chosen), arguments.keep)


if __name__ == "__main__":
    sys.exit(main())
