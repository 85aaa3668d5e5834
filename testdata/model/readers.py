"""Opens every FITS file below some folders with the programs of others, and counts what they say.

    readers.py FOLDER... [--source RA DEC IMAGE EVENTS PHOTONS]

fitsverify: errors and warnings. astropy: fits.open with checksum, and verify('exception'). STILTS: rows of every table,
which must be those of NAXIS2. ds9: opens every image headless and gives back its centre by its WCS, in fk5 or image
coordinates, to compare with astropy's. --source lets ds9 turn the direction of the simulated target into pixels of an image
and compares with X and Y of the events whose photons came from there (truth/photons.fits; roll 0): 0.3 pixel.

Ends with 1 if anything is wrong.
"""
import os
import re
import subprocess
import sys
import tempfile
import warnings

import numpy as np
from astropy.io import fits
from astropy.wcs import WCS, FITSFixedWarning

TABLES = ("tpipe", "omode=count")
warnings.simplefilter("ignore", FITSFixedWarning)


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    return done.stdout + done.stderr


def fits_files(folder):
    for where, _, names in sorted(os.walk(folder)):
        for n in sorted(names):
            path = os.path.join(where, n)
            opener = "gzip" if n.endswith(".gz") else "plain"
            if opener == "gzip" or open(path, "rb").read(9) == b"SIMPLE  =":
                yield path


def fitsverify(path):
    text = run("fitsverify", path)
    end = re.search(r"(\d+) warning\(s\) and (\d+) error\(s\)", text)
    return (int(end[1]), int(end[2])) if end else (-1, -1)


def astropy(path):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        with fits.open(path, checksum=True) as f:
            f.verify("exception")
            for h in f:
                h.data  # reads it
            lacking = [h.name for h in f if "CHECKSUM" not in h.header or "DATASUM" not in h.header]
    return [str(w.message) for w in said] + [f"no checksum in {n}" for n in lacking]


def stilts(path):
    bad = []
    with fits.open(path) as f:
        tables = [(i, h.header["NAXIS2"]) for i, h in enumerate(f) if isinstance(h, fits.BinTableHDU)]
    for i, rows in tables:
        text = run("stilts", TABLES[0], "ifmt" + "=fits", f"in={path}#{i}", TABLES[1])
        found = re.search(r"rows:\s*([\d,]+)", text)
        if not found or int(found[1].replace(",", "")) != rows:
            bad.append(f"#{i}: {text.strip()[-200:]}")
    return len(tables), bad


def images(path):
    with fits.open(path) as f:
        return [(i, h.header.copy()) for i, h in enumerate(f) if h.is_image and h.header.get("NAXIS") == 2]


def ds9(words):
    with tempfile.TemporaryDirectory() as folder:
        saved = os.path.join(folder, "out.reg")
        run("xvfb-run", "-a", "ds9", *words, "-regions", "save", saved, "-exit")
        numbers = re.search(r"circle\(([-\d.eE+]+),([-\d.eE+]+)", open(saved).read())
        return float(numbers[1]), float(numbers[2])


def centre(path, number, header):
    """Pixels by which ds9 and astropy differ on the direction, or the place, of the middle of an image."""
    x, y = header["NAXIS1"] / 2 + 20, header["NAXIS2"] / 2 - 30
    sky = header.get("CTYPE1", "").startswith("RA")
    put = ["-regions", "command", f"image; circle({x},{y},5)", "-regions", "skyformat", "degrees"]
    got = ds9([f"{path}[{number}]", *put, "-regions", "system", "fk5" if sky else "image"])
    if not sky:
        return np.hypot(got[0] - x, got[1] - y)
    px, py = WCS(header).all_world2pix(*got, 1)
    return np.hypot(px - x, py - y)


# the simulated mosaic: DET = centre + offset + sign * ACT, axes exchanged (events-coords-screening section 7.3)
CENTRE, AIM_X, AIM_Y = 905.5, 745.5, 752.5
OFFSET_X, OFFSET_Y, SIGN = (-660.5, -660.5, 660.5, 660.5), (19.5, -660.5, 660.5, -19.5), (1, 1, -1, -1)
POINT_SOURCE = 2


def source(ra, dec, image, events, photons):
    """Where ds9 puts the direction of the target, against the events of its photons and where those truly arrived."""
    x, y = ds9([image, "-regions", "command", f'fk5; circle({ra},{dec},10)', "-regions", "system", "image"])
    with fits.open(events) as f:
        seen = {(round(e["TIME"], 3), e["CCD_ID"], e["RAWX"], e["RAWY"]): (e["X"], e["Y"]) for e in f["EVENTS"].data}
    off = []
    for p in fits.getdata(photons, "PHOTONS"):
        at = seen.get((round(p["TIME"], 3), p["CCD_ID"], p["RAWX"], p["RAWY"]))
        if p["SOURCE"] == POINT_SOURCE and at:
            n = p["CCD_ID"]
            det_x = CENTRE + OFFSET_X[n] + SIGN[n] * p["TRUEY"]
            det_y = CENTRE + OFFSET_Y[n] + SIGN[n] * p["TRUEX"]
            # roll 0: SKY runs as DET does, upside down
            off.append((at[0] - x - (det_x - AIM_X), at[1] - y + (det_y - AIM_Y)))
    mean, error = np.mean(off, axis=0), np.std(off, axis=0) / np.sqrt(len(off))
    print(f"source: ds9 puts the target at ({x:.3f}, {y:.3f}); {len(off)} events, put back by where their photons truly "
          f"arrived, lie off it by ({mean[0]:+.3f}, {mean[1]:+.3f}) pixel, standard error ({error[0]:.3f}, {error[1]:.3f})")
    return bool(np.all(np.abs(mean) < 0.3))


def main(words):
    place = words.index("--source") if "--source" in words else len(words)
    good = True
    for folder in words[:place]:
        files = tables = planes = 0
        worst = 0.0
        problems = []
        for path in fits_files(folder):
            files += 1
            verdict = fitsverify(path)
            if verdict != (0, 0):
                problems.append(f"{path}: fitsverify, {verdict[0]} warnings, {verdict[1]} errors")
            problems += [f"{path}: astropy: {w}" for w in astropy(path)]
            n, bad = stilts(path)
            tables += n
            problems += [f"{path}: STILTS: {b}" for b in bad]
            for number, header in images(path):
                planes += 1
                off = centre(path, number, header)
                worst = max(worst, off)
                if off > 0.3:
                    problems.append(f"{path}[{number}]: ds9 and astropy differ by {off:.3f} pixel")
        print(f"{folder}: {files} files, {tables} tables, {planes} images; ds9 from astropy {worst:.5f} pixel; "
              f"{len(problems)} problems")
        for p in problems:
            print("  " + p)
        good &= not problems
    if place < len(words):
        ra, dec, image, events, photons = words[place + 1:]
        good &= source(float(ra), float(dec), image, events, photons)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
