#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Velocity of the Earth about the Sun, ICRS, km/s, by astropy's built-in ephemeris."""
from astropy.coordinates import get_body_barycentric_posvel
from astropy.time import Time

print('mjd,vx,vy,vz')
for mjd in (57000.0, 58484.0, 58600.25, 59000.5, 60369.5, 61000.75):
    t = Time(mjd, format='mjd', scale='tdb')
    d = get_body_barycentric_posvel('earth', t)[1] - get_body_barycentric_posvel('sun', t)[1]
    print('%r,%.5f,%.5f,%.5f' % ((mjd,) + tuple(v.to_value('km/s') for v in (d.x, d.y, d.z))))
