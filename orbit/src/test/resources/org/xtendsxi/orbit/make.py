# SPDX-License-Identifier: Apache-2.0
"""Writes earth.csv: places, the Sun and elevations above the Earth by astropy and by sampling the sky; see ORIGIN.md."""
import numpy as np
from astropy import units as u
from astropy.coordinates import GCRS, ITRS, CartesianRepresentation, EarthLocation, get_sun
from astropy.time import Time, TimeDelta
from astropy.utils import iers

iers.conf.auto_download = False
EARTH = 6378.137
EPOCH = Time(58484, 69.184 / 86400, format="mjd", scale="tt")
rng = np.random.default_rng(7)


def unit(v):
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def directions(down, size, step):
    """Directions in the disc of the Earth, about `step` rad apart."""
    first = unit(np.cross(down, [0.3, -0.5, 0.8]))
    second = np.cross(down, first)
    out = []
    for theta in [*np.arange(step / 2, size, step), size * (1 - 1e-9)]:
        n = max(6, int(2 * np.pi * np.sin(theta) / step))
        phi = np.arange(n) / n * 2 * np.pi
        out.append(np.cos(theta) * down + np.sin(theta) * (np.cos(phi)[:, None] * first + np.sin(phi)[:, None] * second))
    return np.concatenate(out)


def ground(p, d):
    along = d @ p
    depth = along ** 2 - p @ p + EARTH ** 2
    return p + (-along - np.sqrt(np.maximum(depth, 0)))[:, None] * d


def angle(a, d):
    return np.degrees(2 * np.arcsin(np.minimum(1, np.linalg.norm(a - d, axis=-1) / 2)))


def elevation(p, d, sun, lit):
    """Angle to the nearest lit (dark) ground, or minus that to the nearest point that is none."""
    down = unit(-p)
    size = np.arcsin(EARTH / np.linalg.norm(p))
    rays = directions(down, size, 0.002)
    is_lit = (ground(p, rays) @ sun > 0) == lit
    elv = angle(d, down) - np.degrees(size)
    if not is_lit.any():
        return elv, 180.0
    if elv < 0 and ((ground(p, d[None]) @ sun > 0)[0] == lit):
        other = rays[~is_lit]
        return elv, -min([-elv] + ([angle(other, d).min()] if len(other) else []))
    return elv, angle(rays[is_lit], d).min()


print("time,x,y,z,dx,dy,dz,lat,lon,alt,sunx,suny,sunz,elv,dye,nte")
for i in range(64):
    time = rng.uniform(0.1e8, 1.1e8)
    t = EPOCH + TimeDelta(time, format="sec")
    radius = EARTH + rng.uniform(500, 620)
    inclined = np.radians(rng.uniform(0, 60))
    node, place = rng.uniform(0, 2 * np.pi, 2)
    flat = np.array([np.cos(place), np.sin(place) * np.cos(inclined), np.sin(place) * np.sin(inclined)])
    p = radius * np.array([flat[0] * np.cos(node) - flat[1] * np.sin(node),
                           flat[0] * np.sin(node) + flat[1] * np.cos(node), flat[2]])
    sun_at = get_sun(t).cartesian.xyz.to_value(u.km)
    sun = unit(sun_at)
    d = unit(rng.normal(size=3))
    fixed = GCRS(CartesianRepresentation(*p * u.km), obstime=t).transform_to(ITRS(obstime=t))
    place = EarthLocation.from_geocentric(*fixed.cartesian.xyz).to_geodetic("WGS84")
    elv, dye = elevation(p, d, sun, True)
    nte = elevation(p, d, sun, False)[1]
    print(",".join(f"{v:.6f}" for v in (time, *p, *(d * 1), place.lat.deg, place.lon.deg, place.height.to_value(u.km),
                                        *sun, elv, dye, nte)))
