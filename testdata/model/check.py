#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the tasks on random cases and compares their output with the independent models of this folder.

Exit status 0: no difference; 1: some; 2: wrong usage.
"""
import argparse
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
import compare
import coordinates
import energy
import flags
from fitsfile import Refused, read


def judge_energy(parameters):
    columns, limits = energy.expected(parameters)
    lines = compare.columns(parameters["outfile"], "EVENTS", columns, limits)
    return lines + compare.unchanged(parameters["infile"], parameters["outfile"], columns)


def judge_flags(parameters):
    columns, image, listed = flags.expected(parameters)
    lines = compare.columns(parameters["outfile"], "EVENTS", columns)
    lines += compare.unchanged(parameters["infile"], parameters["outfile"], columns)
    if image is not None:
        lines += compare.image(parameters["outbadimg"], image)
    if listed is not None:
        kept = {name: values[listed] for name, values in read(parameters["outfile"], "EVENTS").columns.items()}
        lines += compare.columns(parameters["outbadpix"], "PIXELS", kept)
    return lines


def judge_coordinates(parameters):
    columns = coordinates.expected(parameters)
    lines = compare.columns(parameters["outfile"], "EVENTS", columns, absolute=1e-6)
    return lines + compare.unchanged(parameters["infile"], parameters["outfile"], columns)


SUBJECTS = {"energy": (cases.energy.make, judge_energy), "flags": (cases.flags.make, judge_flags),
            "coordinates": (cases.coordinates.make, judge_coordinates)}


def run_case(sxi, subject, seed, folder):
    """(parameters, lines of differences) of one case."""
    make, judge = SUBJECTS[subject]
    rng = np.random.default_rng([seed, *subject.encode()])
    task, parameters = make(rng, folder)
    parameters["outfile"] = str(folder / "out.fits")
    words = [f"{name}={value}" for name, value in parameters.items()]
    done = subprocess.run([*sxi, task, "compat=heasoft-6.20", "clobber=yes", *words], capture_output=True, text=True,
                          check=False)
    try:
        lines = judge(parameters) if done.returncode == 0 else [f"exit {done.returncode}: {done.stderr.strip()}"]
    except Refused as reason:
        lines = []
    if done.returncode != 0:
        try:
            judge(parameters)
        except Refused:
            lines = [] if done.returncode in (3, 4) else lines
        except FileNotFoundError:
            pass
    return parameters, lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sxi", default="./sxi", help="command of the program, words split as a shell does")
    parser.add_argument("--only", choices=SUBJECTS, action="append", help="one subject; may be repeated")
    parser.add_argument("--cases", type=int, default=10, help="cases of each subject")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first case; the others follow")
    parser.add_argument("--keep", type=Path, help="folder that keeps the files of cases with differences")
    arguments = parser.parse_args()
    failed = total = 0
    for subject in arguments.only or SUBJECTS:
        for seed in range(arguments.seed, arguments.seed + arguments.cases):
            folder = Path(tempfile.mkdtemp(prefix=f"{subject}-{seed}-"))
            parameters, lines = run_case(shlex.split(arguments.sxi), subject, seed, folder)
            total += 1
            failed += bool(lines)
            settings = " ".join(f"{k}={v}" for k, v in parameters.items() if not str(v).startswith(str(folder)))
            print(f"{subject} {seed}: {'DIFFERENT' if lines else 'same'} {settings}", flush=True)
            for line in lines:
                print("   ", line, flush=True)
            if lines and arguments.keep:
                shutil.copytree(folder, arguments.keep / folder.name)
            shutil.rmtree(folder)
    print(f"{total} cases, {failed} with differences")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
