// SPDX-License-Identifier: Apache-2.0
'use strict';
// The page: follows the status by server-sent events, fetches the view when the status says that it is new.

const $ = (id) => document.getElementById(id);
const embedded = $('sxi-data');
const HOURS = [[1, '1 h'], [6, '6 h'], [24, '24 h'], [168, '7 d'], [0, 'all']];
const BANDS = [['all energies', 0, 4095], ['0.5–2 keV', 83, 333], ['2–10 keV', 333, 1666], ['Mn K 5.6–6.8 keV', 933, 1133]];
const TRENDS = ['curve', 'noise', 'level', 'residual', 'leak', 'grades', 'lineEnergy', 'lineWidth', 'temperature', 'video',
  'darkAge', 'loss', 'saturated', 'events', 'limited'];
const LIMITS = { noise: ['noise', 1, 0], residual: ['dark-residual', 1, 0], leak: ['light-leak', 1, 0], loss: ['frame-loss', 1, 0],
  lineEnergy: ['line-shift', 1, 5895], lineWidth: ['line-width', 1, 0], darkAge: ['dark-age', 1 / 60, 0], limited: ['event-limit', 1, 0], events: ['burst', 1, 0] };
const SIGNED = ['residual', 'lineEnergy'];
const ICONS = { ok: '#5ad1a0', warning: '#d08600', alarm: '#e00000', stale: '#24406e', lost: '#e00000', loading: '#10151c' };
const PANELS = ['watch', 'plane', 'energy', 'frames', 'telemetry', 'trend', 'log', 'files'];
const DARKS = { trimmed: 'mean of dark frames', median: 'median of the first frames', none: 'none' };
const page = { status: null, view: null, heard: 0, hours: 1, band: 0, own: null, sky: false, ccd: -1, segment: -1, lamp: true, log: true,
  zoom: { x: 1, y: 1, size: 0 }, picture: null, fetching: false, wanted: false, missed: false, lost: false,
  sound: null, beeps: 0 };

function text(id, value) {
  if ($(id).textContent !== value) {
    $(id).textContent = value;
  }
}

function number(v, digits) {
  return v === null || v === undefined ? '–' : v.toFixed(digits);
}

function short(v) {
  if (v === null || v === undefined) {
    return '–';
  }
  const size = Math.abs(v);
  return size >= 1000 ? v.toFixed(0) : size >= 100 ? v.toFixed(1) : v.toFixed(size < 10 ? 2 : 1);
}

function row(cells, attributes = {}) {
  const tr = document.createElement('tr');
  Object.entries(attributes).forEach(([k, v]) => tr.setAttribute(k, v));
  cells.forEach((c) => {
    const td = document.createElement('td');
    if (c instanceof Node) {
      td.append(c);
    } else if (Array.isArray(c)) {
      td.className = c[1];
      td.append(c[0]);
      if (c[2] !== undefined && c[2] !== null) {
        td.title = String(c[2]);
        td.dataset.value = String(c[2]);
      }
    } else {
      td.textContent = c;
    }
    tr.append(td);
  });
  return tr;
}

function span(className) {
  const s = document.createElement('span');
  s.className = className;
  return s;
}

function clockText(unix) {
  return unix === null ? '' : new Date(unix * 1000).toISOString().slice(5, 19).replace('T', ' ');
}

function duration(seconds) {
  if (seconds === null) {
    return '–';
  }
  return seconds < 120 ? seconds.toFixed(0) + ' s' : seconds < 7200 ? (seconds / 60).toFixed(0) + ' min'
    : seconds < 172800 ? (seconds / 3600).toFixed(1) + ' h' : (seconds / 86400).toFixed(1) + ' d';
}

// ---- status

function showStatus(s) {
  const renew = !page.view || page.missed || s.time !== page.status?.time;
  page.status = s;
  page.heard = performance.now();
  page.lost = false;
  showState();
  text('date', s.date ? s.date + ' TT' : '–');
  text('dataset', s.dataset || '–');
  text('cycles', s.totals.cycles.toLocaleString('en'));
  text('events', s.totals.events.toLocaleString('en'));
  text('lost', `${s.totals.lost.toLocaleString('en')} of ${(s.totals.frames + s.totals.lost).toLocaleString('en')}`);
  text('directory', s.directory);
  text('program', s.program);
  text('limits', s.limits);
  $('quantities').replaceChildren(...s.quantities.map(quantityRow));
  $('segments').replaceChildren(...s.segments.map((g) => segmentRow(g, s.quantities)));
  text('dark', s.dark ? `dark: ${DARKS[s.dark.method]}, ${s.dark.frames} per segment, ${duration(s.dark.age)} old` : '');
  $('housekeeping').replaceChildren(...s.housekeeping.map((h) => row([h.name, [number(h.value, 2).replace('-', '−') + ' °C', 'value', h.value]],
    { 'data-series': h.name })));
  showAlarms(s.alarms);
  showFiles(s.files);
  if (renew) {
    fetchView();
  }
}

function showState() {
  const s = page.status;
  const waited = embedded ? 0 : (performance.now() - page.heard) / 1000;
  const age = s.age === null ? null : s.age + waited;
  let state = page.lost || waited > 10 ? 'lost' : s.state;
  if ((state === 'ok' || state === 'warning') && s.staleAfter !== null && age !== null && age > s.staleAfter) {
    state = 'stale';
  }
  text('age', duration(age));
  document.body.dataset.state = state;
  document.body.dataset.unacknowledged = s.unacknowledged > 0 ? 'yes' : 'no';
  $('acknowledge').hidden = s.unacknowledged === 0;
  const words = { ok: 'OK', warning: 'WARNING', alarm: 'ALARM', stale: 'STALE', lost: 'NO CONNECTION', loading: '…' };
  text('state', words[state] + (state === 'alarm' && s.unacknowledged > 1 ? ` ×${s.unacknowledged}` : ''));
  text('reason', reason(s, state, age));
  document.title = (state === 'ok' ? '' : words[state] + ' – ') + 'SXI quick look';
  showIcon(state);
}

/** The icon of the tab has the colour of the state, for those who look at another tab. */
function showIcon(state) {
  const square = (x, y) => `<rect x="${x}" y="${y}" width="10" height="10"/>`;
  const ground = state === 'ok' ? '#10151c' : ICONS[state];
  const icon = 'data:image/svg+xml,' + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    + `<rect width="32" height="32" rx="5" fill="${ground}"/><g fill="${state === 'ok' ? ICONS.ok : '#ffffff'}">`
    + square(5, 5) + square(17, 5) + square(5, 17) + square(17, 17) + '</g></svg>');
  if ($('icon') && $('icon').href !== icon) {
    $('icon').href = icon;
  }
}

/** Whether somebody must come: an alarm that nobody has acknowledged, or no connection. */
function calls() {
  return document.body.dataset.state === 'lost' || document.body.dataset.state === 'alarm' && page.status.unacknowledged > 0;
}

/** A tone, if the operator wants tones: a browser lets a page sound only after a key or a click. */
function beep() {
  if (page.sound && calls()) {
    const tone = page.sound.createOscillator();
    tone.frequency.value = 880;
    tone.connect(page.sound.destination);
    tone.start();
    tone.stop(page.sound.currentTime + 0.25);
    page.beeps++;
  }
}

function switchSound() {
  if (page.sound) {
    page.sound.close();
  }
  page.sound = page.sound ? null : new AudioContext();
  $('sound').setAttribute('aria-pressed', String(page.sound !== null));
  beep();
}

function reason(s, state, age) {
  if (state === 'lost') {
    return 'the page hears nothing from the server; values below are old';
  }
  if (state === 'stale') {
    return s.time === null ? 'no data yet' : `no new data for ${duration(age)}`;
  }
  if (state === 'ok') {
    return s.time === null ? 'no data yet' : 'all quantities within their limits';
  }
  const bad = s.quantities.filter((q) => q.state === state).map((q) => `${q.title} ${short(q.value)} ${q.unit} ${q.item}`.trim());
  const open = s.alarms.filter((a) => a.acknowledged === null && a.cleared !== null).map((a) => `${a.title} was ${short(a.value)} ${a.unit}`);
  return [...bad, ...open].slice(0, 4).join(' · ') + (bad.length + open.length > 4 ? ' …' : '');
}

function quantityRow(q) {
  const bar = document.createElement('div');
  if (q.value !== null && q.warning !== null) {
    const v = Math.abs(q.value);
    const alarm = q.alarm === null ? q.warning * 2 : q.alarm;
    const f = v < q.warning ? 0.5 * v / q.warning : v < alarm ? 0.5 + 0.3 * (v - q.warning) / (alarm - q.warning)
      : Math.min(0.97, 0.8 + 0.2 * (v - alarm) / alarm);
    const mark = document.createElement('i');
    mark.style.left = (100 * f).toFixed(1) + '%';
    bar.append(mark);
  }
  const tr = row([span('dot'), [q.title, 'title'], [short(q.value), 'value', q.value], [q.unit, 'unit'], [bar, 'bar'],
    [q.item, 'item']], { 'data-quantity': q.name, 'data-is': q.state });
  tr.title = `${q.title}: warning from ${q.warning ?? 'off'}, alarm from ${q.alarm ?? 'off'} ${q.unit}`;
  return tr;
}

function judged(value, quantity) {
  if (!quantity || value === null) {
    return '';
  }
  const v = Math.abs(value);
  return quantity.alarm !== null && v >= quantity.alarm ? 'alarm' : quantity.warning !== null && v >= quantity.warning ? 'warning' : '';
}

function segmentRow(g, quantities) {
  const q = (name) => quantities.find((x) => x.name === name);
  return row([g.name, [number(g.even, 2), 'even', g.even], [number(g.odd, 2), 'odd', g.odd],
    [number(g.noiseEven, 2), 'noise-even ' + judged(g.noiseEven, q('noise')), g.noiseEven],
    [number(g.noiseOdd, 2), 'noise-odd ' + judged(g.noiseOdd, q('noise')), g.noiseOdd],
    [number(g.residual, 2), 'residual ' + judged(g.residual, q('dark-residual')), g.residual],
    [number(g.leak, 2), 'leak ' + judged(g.leak, q('light-leak')), g.leak], [String(g.saturated), 'saturated', g.saturated],
    [String(g.events), 'events ' + judged(g.events, q('burst')), g.events], [number(g.darkLevel, 2), 'dark', g.darkLevel],
    [String(g.hot), 'hot ' + judged(g.hot, q('hot-pixels')), g.hot]], { 'data-segment': `${g.ccd}-${g.segment}` });
}

function showAlarms(alarms) {
  if (alarms.length === 0) {
    $('alarms').replaceChildren(row(['none']));
    return;
  }
  $('alarms').replaceChildren(...alarms.map((a) => {
    let end = 'active';
    if (a.cleared !== null) {
      end = 'over since ' + clockText(a.cleared);
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Acknowledge';
    button.addEventListener('click', () => sign(a));
    const by = a.acknowledged === null ? (embedded ? 'not acknowledged' : button)
      : `${a.by} ${clockText(a.acknowledged)} ${a.remark}`;
    return row([span('dot'), [clockText(a.raised), 'when'], `${a.title} ${a.item}`, [`${short(a.value)} ${a.unit}`, 'value', a.value],
      a.threshold, end, by], { 'data-alarm': a.quantity, 'data-id': a.id, 'data-is': a.cleared === null || a.acknowledged === null ? a.severity : 'ok' });
  }));
}

function showCounters(v) {
  text('counters-span', page.hours === 0 ? '' : 'last ' + hoursText());
  const rows = [['cycles', 'cycles'], ['segment frames expected', 'expected'], ['received', 'present'], ['not read out', 'unusable'],
    ['missing in a cycle', null, (c) => c.expected - c.present], ['of lost cycles', 'lost'], ['events', 'events'],
    ['kept by the screening', 'clean'], ['dropped by the limit', 'limited'], ['live time, s', null, (c) => Math.round(c.live)]];
  $('counters').replaceChildren(...rows.map(([title, key, of]) => {
    const [shown, all] = [v.counters, v.total].map((c) => (key ? c[key] : of(c)));
    return row([title, [page.hours === 0 ? '' : shown.toLocaleString('en'), 'shown', shown], [all.toLocaleString('en'), 'all', all]],
      { 'data-counter': key ?? title });
  }));
}

function showFiles(files) {
  $('filelist').replaceChildren(...(files.length ? files.map((f) => row([f.state.toLowerCase(), f.kind.toLowerCase(),
    f.path.split('/').pop(), f.rows.toLocaleString('en') + ' rows', f.message], { 'data-file': f.state, title: f.path })) : [row(['none yet'])]));
}

// ---- view

function address() {
  const z = page.zoom;
  const [lo, hi] = channels();
  const p = new URLSearchParams({ hours: page.hours, plane: page.sky ? 'SKY' : 'DET', lo, hi, ccd: page.ccd,
    segment: page.segment, spectrum: page.lamp ? 'lamp' : 'field' });
  if (z.size) {
    p.set('x', z.x);
    p.set('y', z.y);
    p.set('size', z.size);
  }
  return 'api/view?' + p;
}

/** PI channels of the energy band of image and light curve. */
function channels() {
  return page.own ?? BANDS[page.band].slice(1);
}

async function fetchView() {
  if (embedded) {
    draw();
    return;
  }
  if (page.fetching) {
    page.wanted = true;
    return;
  }
  page.fetching = true;
  try {
    const answer = await fetch(address());
    page.missed = !answer.ok;
    if (answer.ok) {
      page.view = await answer.json();
      draw();
    }
  } catch (e) {
    // the next status asks again
    page.missed = true;
  } finally {
    page.fetching = false;
    if (page.wanted) {
      page.wanted = false;
      fetchView();
    }
  }
}

function draw() {
  const v = page.view;
  if (!v) {
    return;
  }
  text('image-title', `${v.image.plane}, ${page.hours === 0 ? 'all data' : 'last ' + hoursText()}, log`);
  text('image-total', `${v.image.total.toLocaleString('en')} good events`);
  $('image-total').dataset.total = v.image.total;
  page.picture = drawImage($('image'), v.image);
  text('spectrum-title', v.spectrum.title);
  text('spectrum-total', `${v.spectrum.total.toLocaleString('en')} counts in ${v.spectrum.exposure.toFixed(0)} s of live time`);
  $('spectrum-total').dataset.total = v.spectrum.total;
  const line = v.lines.find((l) => l.ccd === v.query.ccd && l.segment === v.query.segment);
  drawSpectrum($('spectrum'), v.spectrum, v.query.lamp ? line : null, page.log);
  $('lines').replaceChildren(...v.lines.filter((l) => l.segment < 0 || l.ccd === page.ccd).map(lineRow));
  text('trend-title', v.start ? `from ${v.start} TT` : '');
  text('tool-plane', page.sky ? 'SKY' : 'DET');
  text('tool-band', page.own ? 'own band' : BANDS[page.band][0]);
  [['band-low', v.query.piLow * 0.006], ['band-high', (v.query.piHigh + 1) * 0.006], ['hours-last', v.query.hours || '']].forEach(([id, value]) => {
    if (document.activeElement !== $(id)) {
      $(id).value = value === '' ? '' : Number(value.toFixed(3));
    }
  });
  showCounters(v);
  text('tool-source', page.lamp ? '⁵⁵Fe' : 'field');
  text('tool-ccd', page.ccd < 0 ? 'all CCDs' : 'CCD' + (page.ccd + 1));
  text('tool-segment', page.segment < 0 ? 'both segments' : page.segment === 0 ? 'AB' : 'CD');
  text('tool-scale', page.log ? 'log' : 'lines');
  $('hours').replaceChildren(...HOURS.map(([h, name]) => {
    const b = document.createElement('button');
    b.type = 'button';
    b.textContent = name;
    b.setAttribute('aria-pressed', String(h === page.hours));
    b.disabled = h === page.hours || Boolean(embedded);
    b.addEventListener('click', () => {
      page.hours = h;
      fetchView();
    });
    return b;
  }));
  TRENDS.forEach((name) => showTrend(name, v));
}

function hoursText() {
  return HOURS.find((h) => h[0] === page.hours)?.[1] ?? page.hours + ' h';
}

function difference(v, error) {
  return v === null ? '–' : `${v < 0 ? '−' : '+'}${Math.abs(v).toFixed(1)} ± ${error.toFixed(1)}`;
}

function lineRow(l) {
  const name = (l.ccd < 0 ? 'all CCDs' : 'CCD' + (l.ccd + 1)) + (l.segment < 0 ? '' : l.segment === 0 ? ' AB' : ' CD');
  const fitted = l.energy !== null;
  const tr = row([name, [fitted ? `${l.energy.toFixed(1)} ± ${l.energyError.toFixed(1)}` : '–', 'energy', l.energy],
    [difference(l.shift, l.shiftError), 'shift', l.shift],
    [fitted ? `${l.fwhm.toFixed(1)} ± ${l.fwhmError.toFixed(1)}` : '–', 'fwhm', l.fwhm],
    [difference(l.widening, l.wideningError), 'widening', l.widening],
    [fitted ? l.counts.toLocaleString('en') : 'too few', 'counts', l.counts]], { 'data-line': `${l.ccd}:${l.segment}` });
  if (l.ccd === page.ccd && l.segment === page.segment) {
    tr.className = 'chosen';
  }
  tr.addEventListener('click', () => {
    page.ccd = l.ccd;
    page.segment = l.segment;
    fetchView();
  });
  return tr;
}

function showTrend(name, v) {
  const trend = v.trends[name];
  let figure = $('trend-' + name);
  if (!trend) {
    return;
  }
  if (!figure) {
    figure = document.createElement('figure');
    figure.id = 'trend-' + name;
    figure.append(document.createElement('figcaption'), document.createElement('canvas'));
    $('trends').append(figure);
  }
  const [caption, canvas] = figure.children;
  caption.replaceChildren(`${trend.title}${trend.unit ? ' (' + trend.unit + ')' : ''} `, ...legend(trend).map((l) => {
    const s = span('key');
    s.style.color = l.colour;
    s.textContent = l.mark + l.name + ' ';
    return s;
  }));
  const limits = [];
  const rule = LIMITS[name];
  const q = rule && page.status.quantities.find((x) => x.name === rule[0]);
  if (q) {
    for (const kind of ['warning', 'alarm']) {
      if (q[kind] !== null) {
        limits.push({ kind, value: rule[2] + q[kind] * rule[1] });
        if (SIGNED.includes(name)) {
          limits.push({ kind, value: rule[2] - q[kind] * rule[1] });
        }
      }
    }
  }
  drawTrend(canvas, trend, Math.max(v.to - v.from + 4, 8), limits);
}

// ---- what an operator does

function sign(alarm) {
  const dialog = $('sign');
  if (embedded || dialog.open) {
    return;
  }
  dialog.dataset.id = alarm ? alarm.id : 0;
  text('sign-what', alarm ? `${alarm.title} ${alarm.item}: ${short(alarm.value)} ${alarm.unit}` : 'all alarms that are not acknowledged');
  $('sign-by').value = $('sign-by').value || storedName();
  $('sign-remark').value = '';
  dialog.returnValue = '';
  dialog.showModal();
}

function storedName() {
  try {
    return localStorage.getItem('sxi-name') || '';
  } catch (e) {
    return '';
  }
}

// the only button that submits is the one that acknowledges, so that Enter does
$('sign-cancel').addEventListener('click', () => $('sign').close());
$('sign').addEventListener('close', async () => {
  if ($('sign').returnValue !== 'ok') {
    return;
  }
  try {
    localStorage.setItem('sxi-name', $('sign-by').value);
  } catch (e) {
    // a browser without storage asks again
  }
  await fetch('api/acknowledge', { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ id: Number($('sign').dataset.id), by: $('sign-by').value, remark: $('sign-remark').value }) });
});

function zoom(factor, dx = 0, dy = 0) {
  const edge = page.sky ? 2430 : 1810;
  const z = page.zoom.size ? page.zoom : { x: 1, y: 1, size: edge };
  const size = Math.round(Math.min(edge, Math.max(32, z.size * factor)));
  const clamp = (v) => Math.max(1, Math.min(edge - size + 1, Math.round(v)));
  page.zoom = { x: clamp(z.x + (z.size - size) / 2 + dx * size), y: clamp(z.y + (z.size - size) / 2 + dy * size), size };
  if (size === edge) {
    page.zoom = { x: 1, y: 1, size: 0 };
  }
}

const KEYS = {
  a: () => page.status && page.status.unacknowledged > 0 && sign(null),
  h: () => { page.hours = HOURS[(HOURS.findIndex((x) => x[0] === page.hours) + 1) % HOURS.length][0]; },
  d: () => { page.sky = !page.sky; page.zoom = { x: 1, y: 1, size: 0 }; },
  e: () => { page.band = page.own ? 0 : (page.band + 1) % BANDS.length; page.own = null; },
  c: () => { page.ccd = page.ccd === 3 ? -1 : page.ccd + 1; },
  s: () => { page.segment = page.segment === 1 ? -1 : page.segment + 1; },
  f: () => { page.lamp = !page.lamp; },
  l: () => { page.log = !page.log; },
  m: switchSound,
  p: () => { document.body.dataset.look = document.body.dataset.look === 'projector' ? '' : 'projector'; },
  '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2), 0: () => { page.zoom = { x: 1, y: 1, size: 0 }; },
  ArrowLeft: () => zoom(1, -0.25, 0), ArrowRight: () => zoom(1, 0.25, 0), ArrowUp: () => zoom(1, 0, 0.25), ArrowDown: () => zoom(1, 0, -0.25),
  '?': () => $('keys').showModal(),
};
const FETCHING = new Set(['h', 'd', 'e', 'c', 's', 'f', '+', '=', '-', '0', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

function press(key) {
  if (embedded && (FETCHING.has(key) || key === 'a' || key === 'm')) {
    return;
  }
  KEYS[key]();
  if (FETCHING.has(key)) {
    fetchView();
  } else {
    draw();
  }
}

document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches('input') || document.querySelector('dialog[open]')) {
    return;
  }
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
  if (key.startsWith('Arrow') && !page.zoom.size) {
    return;
  }
  if (/^[1-8]$/.test(key)) {
    $(PANELS[Number(key) - 1]).focus();
    $(PANELS[Number(key) - 1]).scrollIntoView({ block: 'center' });
  } else if (KEYS[key]) {
    e.preventDefault();
    press(key);
  }
});
document.querySelectorAll('[data-key]').forEach((b) => b.addEventListener('click', () => press(b.dataset.key)));
$('acknowledge').addEventListener('click', () => press('a'));
$('help').addEventListener('click', () => press('?'));
['band-low', 'band-high'].forEach((id) => $(id).addEventListener('change', () => {
  const [lo, hi] = ['band-low', 'band-high'].map((i) => Math.round($(i).value / 0.006));
  if ($(id).checkValidity() && hi > lo && lo >= 0 && hi <= 4096) {
    page.own = [lo, hi - 1];
    fetchView();
  }
}));
$('hours-last').addEventListener('change', () => {
  if ($('hours-last').value !== '' && $('hours-last').checkValidity()) {
    page.hours = Number($('hours-last').value);
    fetchView();
  }
});
$('image').addEventListener('mousemove', (e) => {
  const p = page.picture && page.picture.at(e.offsetX, e.offsetY);
  text('image-point', p ? `· ${page.view.image.plane}X ${p.x}, ${page.view.image.plane}Y ${p.y}: ${p.count}` : '');
});
$('image').addEventListener('wheel', (e) => {
  e.preventDefault();
  press(e.deltaY < 0 ? '+' : '-');
}, { passive: false });
$('image').addEventListener('click', (e) => {
  const p = page.picture && page.picture.at(e.offsetX, e.offsetY);
  if (p && !embedded) {
    const size = Math.round((page.zoom.size || (page.sky ? 2430 : 1810)) / 2);
    const edge = page.sky ? 2430 : 1810;
    const clamp = (v) => Math.max(1, Math.min(edge - size + 1, Math.round(v - size / 2)));
    page.zoom = { x: clamp(p.x), y: clamp(p.y), size: Math.max(32, size) };
    fetchView();
  }
});
window.addEventListener('resize', draw);

if (embedded) {
  const data = JSON.parse(embedded.textContent);
  document.body.dataset.static = 'yes';
  page.view = data.view;
  page.hours = data.view.query.hours;
  showStatus(data.status);
} else {
  const stream = new EventSource('api/stream');
  stream.addEventListener('status', (e) => showStatus(JSON.parse(e.data)));
  stream.addEventListener('error', () => {
    page.lost = true;
    if (page.status) {
      showState();
    }
  });
  setInterval(() => page.status && showState(), 1000);
  setInterval(beep, 2000);
}
