// SPDX-License-Identifier: Apache-2.0
'use strict';
// Drawing on canvases: image, spectrum, trend. Nothing here knows the server.

const HEAT = ['#000004', '#1b0c41', '#4a0c6b', '#781c6d', '#a52c60', '#cf4446', '#ed6925', '#fb9b06', '#f7d13d', '#fcffa4']
  .map((c) => [1, 3, 5].map((i) => parseInt(c.slice(i, i + 2), 16)));
const SERIES = {
  dark: ['#6cb4ff', '#ffa14a', '#3fd3a0', '#e58fc8', '#f2d14b', '#8fe0f7', '#c9c9c9', '#c59a6b'],
  light: ['#0072b2', '#d55e00', '#009e73', '#b0578d', '#a87900', '#2a87bd', '#4d4d4d', '#8a6116'],
};

function colour(name) {
  return getComputedStyle(document.body).getPropertyValue('--' + name).trim();
}

function prepared(canvas) {
  const scale = window.devicePixelRatio || 1;
  const w = canvas.clientWidth;
  const h = canvas.clientHeight;
  if (canvas.width !== Math.round(w * scale) || canvas.height !== Math.round(h * scale)) {
    canvas.width = Math.round(w * scale);
    canvas.height = Math.round(h * scale);
  }
  const g = canvas.getContext('2d');
  g.setTransform(scale, 0, 0, scale, 0, 0);
  g.clearRect(0, 0, w, h);
  g.fillStyle = colour('plot');
  g.fillRect(0, 0, w, h);
  g.font = (document.body.dataset.look === 'projector' ? 15 : 12) + 'px system-ui, "Noto Sans", "DejaVu Sans", sans-serif';
  return { g, w, h };
}

function heat(f) {
  const at = Math.min(1, Math.max(0, f)) * (HEAT.length - 1);
  const i = Math.min(Math.floor(at), HEAT.length - 2);
  return HEAT[i].map((a, k) => Math.round(a + (at - i) * (HEAT[i + 1][k] - a)));
}

function ticks(low, high, most) {
  const span = high - low || 1;
  const raw = span / Math.max(1, most);
  const ten = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * ten).find((s) => s >= raw);
  const out = [];
  for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + 1e-9 * span; v += step) {
    out.push(Math.abs(v) < 1e-12 ? 0 : Number(v.toPrecision(10)));
  }
  return out;
}

/** Draws the focal plane; returns what a mouse needs to tell pixels. */
function drawImage(canvas, picture) {
  const { g, w, h } = prepared(canvas);
  const margin = 40;
  const bar = 46;
  const side = Math.max(10, Math.min(w - margin - bar, h - margin));
  const n = picture.width;
  const data = new ImageData(n, n);
  let most = 1;
  for (let i = 1; i < picture.cells.length; i += 2) {
    most = Math.max(most, picture.cells[i]);
  }
  const floor = heat(0);
  for (let i = 0; i < n * n; i++) {
    data.data.set([floor[0], floor[1], floor[2], 255], 4 * i);
  }
  for (let i = 0; i < picture.cells.length; i += 2) {
    const cell = picture.cells[i];
    const y = n - 1 - Math.floor(cell / n);
    const c = heat(0.12 + 0.88 * Math.log1p(picture.cells[i + 1]) / Math.log1p(most));
    data.data.set([c[0], c[1], c[2], 255], 4 * (y * n + cell % n));
  }
  const small = document.createElement('canvas');
  small.width = n;
  small.height = n;
  small.getContext('2d').putImageData(data, 0, 0);
  g.imageSmoothingEnabled = false;
  g.drawImage(small, margin, 4, side, side);
  g.strokeStyle = colour('dim');
  g.strokeRect(margin + 0.5, 4.5, side - 1, side - 1);
  g.fillStyle = colour('dim');
  const size = n * picture.bin;
  g.textAlign = 'center';
  for (const t of ticks(picture.x, picture.x + size - 1, 5)) {
    const x = margin + (t - picture.x) / size * side;
    g.fillText(String(t), x, side + 20);
    g.fillRect(x, side, 1, 4);
  }
  g.textAlign = 'right';
  for (const t of ticks(picture.y, picture.y + size - 1, 5)) {
    const y = 4 + side - (t - picture.y) / size * side;
    g.fillText(String(t), margin - 5, y + 4);
    g.fillRect(margin, y, 4, 1);
  }
  for (let y = 0; y < side; y++) {
    const c = heat(1 - y / side);
    g.fillStyle = `rgb(${c[0]},${c[1]},${c[2]})`;
    g.fillRect(margin + side + 8, 4 + y, 10, 1.5);
  }
  g.fillStyle = colour('dim');
  g.textAlign = 'left';
  for (let v = 1; v <= most; v = String(v).startsWith('1') ? v * 3 : v / 3 * 10) {
    const f = 0.12 + 0.88 * Math.log1p(v) / Math.log1p(most);
    g.fillText(String(v), margin + side + 21, 8 + side * (1 - f));
  }
  return { margin, top: 4, side, size, at: (x, y) => {
    const u = Math.floor((x - margin) / side * n);
    const v = Math.floor((4 + side - y) / side * n);
    if (u < 0 || v < 0 || u >= n || v >= n) {
      return null;
    }
    const cell = v * n + u;
    let count = 0;
    for (let i = 0; i < picture.cells.length; i += 2) {
      if (picture.cells[i] === cell) {
        count = picture.cells[i + 1];
      }
    }
    return { x: picture.x + u * picture.bin, y: picture.y + v * picture.bin, count };
  } };
}

/** Draws counts per channel from 0.3 keV on, with the Gaussian of the fit. */
function drawSpectrum(canvas, spectrum, line, log) {
  const { g, w, h } = prepared(canvas);
  const left = 48;
  const bottom = 26;
  const low = log ? 0.3 : 5;
  const high = log ? 15 : 7;
  const join = log ? 5 : 2;
  const x = (kev) => left + (log ? Math.log(kev / low) / Math.log(high / low) : (kev - low) / (high - low)) * (w - left - 10);
  const bins = [];
  for (let c = Math.floor(low * 1000 / 6); c < high * 1000 / 6; c += join) {
    let sum = 0;
    for (let k = c; k < c + join; k++) {
      sum += spectrum.counts[k] || 0;
    }
    bins.push([0.006 * c, sum]);
  }
  const most = Math.max(5, ...bins.map((b) => b[1]));
  const floor = 0.5;
  const y = (v) => (log ? 1 - Math.log(Math.max(v, floor) / floor) / Math.log(most * 1.4 / floor) : 1 - v / (most * 1.08)) * (h - bottom - 8) + 8;
  frame(g, left, 8, w - 10, h - bottom);
  g.fillStyle = colour('dim');
  g.textAlign = 'center';
  for (const t of log ? [0.3, 0.5, 1, 2, 3, 5, 10] : [5, 5.5, 6, 6.5, 7]) {
    g.fillText(String(t), x(t), h - 9);
    g.fillRect(x(t), h - bottom - 4, 1, 4);
  }
  g.textAlign = 'right';
  g.fillText('keV', w - 10 - (log ? 0 : 14), h - 9);
  const marks = log ? [1, 10, 100, 1000, 1e4, 1e5].filter((v) => v < most * 1.4) : ticks(0, most, 4);
  for (const t of marks) {
    g.fillText(String(t), left - 5, y(t) + 4);
    g.fillRect(left, y(t), 4, 1);
  }
  g.strokeStyle = colour('data');
  g.lineWidth = 1.4;
  g.beginPath();
  bins.forEach((b, i) => {
    g.lineTo(x(Math.max(low, b[0])), y(b[1]));
    g.lineTo(x(Math.min(high, i + 1 < bins.length ? bins[i + 1][0] : high)), y(b[1]));
  });
  g.stroke();
  if (line && line.energy !== null) {
    const sigma = line.fwhm / 2354.82;
    const centre = line.energy / 1000;
    const height = line.counts * 0.006 * join / (sigma * Math.sqrt(2 * Math.PI));
    g.strokeStyle = colour('mark');
    g.lineWidth = 2;
    g.beginPath();
    for (let k = -40; k <= 40; k++) {
      const e = centre + k / 40 * 1.5 * 2.35482 * sigma;
      g.lineTo(x(e), y(height * Math.exp(-((e - centre) ** 2) / (2 * sigma ** 2))));
    }
    g.stroke();
    g.fillStyle = colour('mark');
    g.textAlign = 'left';
    g.fillText(`Mn Kα ${line.energy.toFixed(1)} ± ${line.energyError.toFixed(1)} eV, FWHM ${line.fwhm.toFixed(0)} ± ${line.fwhmError.toFixed(0)} eV`, left + 10, 22);
  }
  g.fillStyle = colour('dim');
  g.save();
  g.translate(12, h / 2);
  g.rotate(-Math.PI / 2);
  g.textAlign = 'center';
  g.fillText(`counts / ${6 * join} eV`, 0, 0);
  g.restore();
}

function frame(g, left, top, right, bottom) {
  g.strokeStyle = colour('edge');
  g.lineWidth = 1;
  g.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
}

/** Draws series against time; limits are horizontal lines, shown where they are near the data. */
function drawTrend(canvas, trend, span, limits) {
  const { g, w, h } = prepared(canvas);
  const left = 52;
  const bottom = 24;
  const right = w - 8;
  const palette = SERIES[document.body.dataset.look === 'projector' ? 'light' : 'dark'];
  const error = trend.names.indexOf('error');
  const shown = trend.names.map((n, i) => i).filter((i) => i !== error);
  let low = Infinity;
  let high = -Infinity;
  for (const s of shown) {
    trend.values[s].forEach((v, i) => {
      if (v !== null) {
        const e = error < 0 ? 0 : trend.values[error][i] || 0;
        low = Math.min(low, v - e);
        high = Math.max(high, v + e);
      }
    });
  }
  frame(g, left, 6, right, h - bottom);
  if (!Number.isFinite(low)) {
    g.fillStyle = colour('dim');
    g.textAlign = 'center';
    g.fillText('no data', (left + right) / 2, h / 2);
    return;
  }
  for (const l of limits) {
    if (l.value <= high + 1.5 * Math.max(high - low, 0.3 * Math.abs(l.value)) && l.value >= low - 1.5 * Math.max(high - low, 0.3 * Math.abs(l.value))) {
      low = Math.min(low, l.value);
      high = Math.max(high, l.value);
    }
  }
  if (low === 0 && high === 0) {
    high = 1;
  }
  const pad = Math.max((high - low) * 0.08, Math.abs(high) * 1e-3, 1e-3);
  low -= pad;
  high += pad;
  const x = (t) => left + t / Math.max(span, 1) * (right - left);
  const y = (v) => 6 + (1 - (v - low) / (high - low)) * (h - bottom - 6);
  g.fillStyle = colour('dim');
  g.textAlign = 'right';
  for (const t of ticks(low, high, 4)) {
    g.fillText(String(t), left - 5, y(t) + 4);
    g.fillRect(left, y(t), 3, 1);
  }
  const unit = span > 2 * 86400 ? ['d', 86400] : span > 2 * 3600 ? ['h', 3600] : span > 240 ? ['min', 60] : ['s', 1];
  g.textAlign = 'center';
  for (const t of ticks(0, span / unit[1], 5)) {
    g.fillText(t + (t === 0 ? '' : ' ' + unit[0]), Math.min(right - 14, Math.max(left + 6, x(t * unit[1]))), h - 8);
    g.fillRect(x(t * unit[1]), h - bottom - 3, 1, 3);
  }
  g.save();
  g.beginPath();
  g.rect(left, 6, right - left, h - bottom - 6);
  g.clip();
  for (const l of limits) {
    g.strokeStyle = colour(l.kind);
    g.setLineDash([6, 5]);
    g.beginPath();
    g.moveTo(left, y(l.value));
    g.lineTo(right, y(l.value));
    g.stroke();
    g.setLineDash([]);
  }
  for (const s of shown) {
    const look = stroke(trend, s, palette);
    g.strokeStyle = look.colour;
    g.fillStyle = look.colour;
    g.setLineDash(look.dashed ? [4, 3] : []);
    g.lineWidth = 1.5;
    g.beginPath();
    let pen = false;
    trend.time.forEach((t, i) => {
      const v = trend.values[s][i];
      if (v === null) {
        pen = false;
        return;
      }
      if (pen) {
        g.lineTo(x(t), y(v));
      } else {
        g.moveTo(x(t), y(v));
        pen = true;
      }
      if (error >= 0 && trend.values[error][i] !== null) {
        g.moveTo(x(t), y(v - trend.values[error][i]));
        g.lineTo(x(t), y(v + trend.values[error][i]));
        g.moveTo(x(t), y(v));
      }
    });
    g.stroke();
    if (trend.time.length < 60) {
      trend.time.forEach((t, i) => trend.values[s][i] !== null && g.fillRect(x(t) - 1.5, y(trend.values[s][i]) - 1.5, 3, 3));
    }
  }
  g.restore();
  g.setLineDash([]);
}

/** ASIC channels come in pairs: one colour for a segment, its odd channel dashed. */
function paired(trend) {
  return trend.names.length > 1 && trend.names.every((n) => / (even|odd)$/.test(n));
}

function stroke(trend, s, palette) {
  return paired(trend) ? { colour: palette[(s >> 1) % palette.length], dashed: s % 2 === 1 }
    : { colour: palette[s % palette.length], dashed: s >= palette.length };
}

function legend(trend) {
  const palette = SERIES[document.body.dataset.look === 'projector' ? 'light' : 'dark'];
  const names = trend.names.filter((n) => n !== 'error');
  if (paired(trend)) {
    return [...names.filter((n, s) => s % 2 === 0).map((n, s) => ({ name: n.replace('CCD', '').replace(' even', ''),
      colour: palette[s % palette.length], mark: '━' })), { name: 'even', colour: 'inherit', mark: '━' },
    { name: 'odd', colour: 'inherit', mark: '╌' }];
  }
  return names.length < 2 && !names[0]?.startsWith('CCD') ? [] : names.map((n, s) => {
    const look = stroke(trend, s, palette);
    return { name: n.replace('CCD', ''), colour: look.colour, mark: look.dashed ? '╌' : '━' };
  });
}
