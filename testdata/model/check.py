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
import cases.flicker
import cases.response
import compare
import coordinates
import energy
import flags
import flicker
import response
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


def judge_flicker(parameters):
    pixels, rows = flicker.expected(parameters)
    found = read(parameters["outfile"], "PIXELS")
    names = ("START", "STOP", "CCD_ID", "ACTX", "ACTY", "COUNTS", "PI")
    rounded = [sorted((round(float(r[0]), 6), round(float(r[1]), 6), *(int(v) for v in r[2:])) for r in table)
               for table in (pixels, zip(*(found[n] for n in names)))]
    lines = [] if rounded[0] == rounded[1] else [
        f"PIXELS has {len(rounded[1])} rows, not {len(rounded[0])}; only there: "
        f"{[r for r in rounded[1] if r not in rounded[0]][:3]}, missing: "
        f"{[r for r in rounded[0] if r not in rounded[1]][:3]}"]
    numbers = np.sort(read(parameters["outfile"], "EVENTS")["EVENTNUMBER"])
    if not np.array_equal(numbers, rows):
        lines.append(f"EVENTS has {len(numbers)} rows, not {len(rows)}")
    return lines


def judge_response(parameters):
    low, high, rows, threshold = response.expected(parameters)
    found = read(parameters["outfile"], "MATRIX")
    lines = []
    for name, values in (("ENERG_LO", low), ("ENERG_HI", high)):
        if len(found[name]) != len(values) or not np.allclose(found[name], values, rtol=1e-6, atol=0):
            return [f"{name} differs"]
    for i, row in enumerate(rows):
        matrix, position = np.zeros(len(row)), 0
        for first, number in zip(np.atleast_1d(found["F_CHAN"][i]), np.atleast_1d(found["N_CHAN"][i])):
            matrix[first:first + number] = found["MATRIX"][i][position:position + number]
            position += number
        wanted = response.grouped(row, threshold)
        # Channels so near the threshold that the group may end one channel earlier or later do not count.
        wrong = (np.abs(matrix - wanted) > np.maximum(1e-5 * np.abs(wanted), 1e-9)) & ~(
            np.abs(row - threshold) < 1e-5 * threshold)
        if wrong.any():
            k = int(np.flatnonzero(wrong)[0])
            lines.append(f"energy {i + 1}: {wrong.sum()} channels, {k}: {matrix[k]} is not {wanted[k]}")
    return lines[:3] + [f"and {len(lines) - 3} more energies"] * (len(lines) > 3)


SUBJECTS = {"energy": (cases.energy.make, judge_energy), "flags": (cases.flags.make, judge_flags),
            "coordinates": (cases.coordinates.make, judge_coordinates),
            "flicker": (cases.flicker.make, judge_flicker), "response": (cases.response.make, judge_response)}


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
