'use strict';
// Draws one figure: stacked areas, lines, a band, or a mirror of two areas, over the equal intervals of a view.

const number = (value, digits) => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const escapeHtml = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

function axis(low, high, wanted) {
  const rough = (high - low) / wanted || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((k) => k * power).find((s) => s >= rough * 0.999);
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.max(Math.ceil(high / step - 1e-9) * step, from + step);
  const ticks = [];
  for (let k = 0; from + k * step <= to + step / 1e6; k++) ticks.push(from + k * step);
  return { from, to, ticks, digits: step >= 1 && Number.isInteger(step) ? 0 : Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)) + (/[^0]5$/.test(step.toPrecision(2).replace('.', '')) ? 1 : 0) };
}

// The outline of values over intervals: flat over each one, or straight from middle to middle.
function outline(values, x, y, stepped) {
  const points = [];
  values.forEach((value, i) => {
    if (value === null) { points.push(null); return; }
    if (stepped) points.push([x(i), y(value)], [x(i + 1), y(value)]);
    else {
      if (i === 0) points.push([x(0), y(value)]);
      points.push([x(i + 0.5), y(value)]);
      if (i === values.length - 1) points.push([x(i + 1), y(value)]);
    }
  });
  return points;
}

const at = (point) => point[0].toFixed(1) + ' ' + point[1].toFixed(1);

function linePath(points) {
  let path = '', open = false;
  for (const point of points) {
    if (point) path += (open ? 'L' : 'M') + at(point);
    open = point !== null;
  }
  return path;
}

function areaPath(upper, lower) {
  return 'M' + upper.map(at).join('L') + 'L' + lower.slice().reverse().map(at).join('L') + 'Z';
}

const lineStyle = (s) => `fill="none" stroke="var(--${s.colour}-line)" stroke-width="${s.width || 1.5}" stroke-linejoin="round"` + (s.dash ? ' stroke-dasharray="5 4"' : '');

// Areas lie on each other; a mirrored one hangs below zero by itself.
function shapes(spec, view, x, y) {
  const zero = view.values[spec.series[0].key].map(() => 0);
  let base = zero, areas = '', lines = '';
  if (spec.band) {
    const [low, high] = spec.band.map((key) => outline(view.values[key], x, y, true));
    areas += `<path d="${areaPath(high, low)}" fill="var(--shade)"/>`;
  }
  for (const s of spec.series) {
    const values = view.values[s.key];
    if (!values) continue;
    const stepped = s.step || view.columns;
    if (!s.area) { lines += `<path d="${linePath(outline(values, x, y, stepped))}" ${lineStyle(s)}/>`; continue; }
    const below = s.mirror ? zero : base;
    const top = values.map((value, i) => s.mirror ? -value : below[i] + value);
    const upper = outline(top, x, y, stepped);
    areas += `<path d="${areaPath(upper, outline(below, x, y, stepped))}" fill="var(--${s.colour})"/>`;
    if (top.some((value, i) => value !== below[i])) lines = `<path d="${linePath(upper)}" ${lineStyle({ ...s, width: 1 })}/>` + lines;
    if (!s.mirror) base = top;
  }
  return areas + lines;
}

function extent(spec, view) {
  let low = 0, high = 0;
  for (let i = 0; i < view.count; i++) {
    let stack = 0;
    for (const s of spec.series) {
      const value = view.values[s.key]?.[i] ?? 0;
      if (s.mirror) low = Math.min(low, -value);
      else if (s.area) high = Math.max(high, stack += value);
      else { high = Math.max(high, value); low = Math.min(low, value); }
    }
  }
  return [low, high];
}

class Chart {
  constructor(figure, spec) {
    this.spec = spec;
    figure.innerHTML = `<figcaption><h2>${escapeHtml(spec.title)}</h2><p></p></figcaption><div class="legend"></div>
      <div class="plot" tabindex="0" role="img"><svg aria-hidden="true"></svg><div class="guide" hidden></div><div class="tip" aria-live="polite" hidden></div></div>
      <details><summary>The same as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(spec.title)}"></div></details>`;
    this.note = figure.querySelector('figcaption p');
    this.legend = figure.querySelector('.legend');
    this.plot = figure.querySelector('.plot');
    this.guide = figure.querySelector('.guide');
    this.tip = figure.querySelector('.tip');
    this.details = figure.querySelector('details');
    this.details.addEventListener('toggle', () => this.table());
    this.plot.addEventListener('pointermove', (e) => this.point(Math.floor((e.clientX - this.plot.getBoundingClientRect().left - this.left) / this.wide * this.view.count)));
    this.plot.addEventListener('pointerleave', () => this.point(null));
    this.plot.addEventListener('blur', () => this.point(null));
    this.plot.addEventListener('keydown', (e) => this.key(e));
    new ResizeObserver(() => this.view && this.plot.clientWidth !== this.drawn && this.draw()).observe(this.plot);
  }

  series() { return this.spec.series.filter((s) => this.view.values[s.key]); }

  show(view) {
    this.view = view;
    this.note.textContent = this.spec.note(view);
    this.legend.innerHTML = this.series().map((s) => `<span><i class="${s.area ? '' : 'line'} ${s.dash ? 'dash' : ''}" style="border-color:var(--${s.colour}-line);background:${s.area ? `var(--${s.colour})` : 'none'}"></i>${escapeHtml(s.name)}</span>`).join('');
    this.plot.setAttribute('aria-label', `${this.spec.title}, ${view.title}. ${this.note.textContent} Arrow keys read single values; a table follows.`);
    this.draw();
    this.table();
  }

  draw() {
    const view = this.view, width = this.plot.clientWidth, height = width < 500 ? 210 : 270;
    const scale = axis(...extent(this.spec, view), 4);
    const labels = scale.ticks.map((tick) => number(Math.abs(tick), scale.digits));
    this.drawn = width;
    this.left = Math.max(...labels.map((label) => label.length)) * 7.5 + 10;
    this.wide = width - this.left - 6;
    const x = (i) => this.left + i / view.count * this.wide;
    const y = (value) => 24 + (scale.to - value) / (scale.to - scale.from) * (height - 48);
    let svg = `<text x="0" y="9">${escapeHtml(this.spec.unit(view))}</text>`;
    scale.ticks.forEach((tick, i) => { svg += `<line class="rule" x1="${this.left}" x2="${width - 6}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${this.left - 6}" y="${y(tick) + 4}" text-anchor="end">${labels[i]}</text>`; });
    for (const tick of view.ticks) if (tick.wide && tick.at > 0) svg += `<line class="rule" x1="${x(tick.at).toFixed(1)}" x2="${x(tick.at).toFixed(1)}" y1="24" y2="${height - 24}"/>`;
    svg += shapes(this.spec, view, x, y) + `<line class="zero" x1="${this.left}" x2="${width - 6}" y1="${y(0)}" y2="${y(0)}"/>`;
    let free = -Infinity;
    for (const tick of view.ticks) {
      const half = tick.text.length * 3.5, place = Math.min(Math.max(x(tick.at + (tick.wide || 0) / 2), this.left + half - 4), width - half);
      if (place - half < free) continue;
      free = place + half + 10;
      svg += `<text x="${place.toFixed(1)}" y="${height - 6}" text-anchor="middle">${escapeHtml(tick.text)}</text>`;
    }
    const element = this.plot.querySelector('svg');
    element.setAttribute('height', height);
    element.setAttribute('viewBox', `0 0 ${width} ${height}`);
    element.innerHTML = svg;
    this.mark(null);
  }

  text(s, i) {
    const value = this.view.values[s.key][i];
    return value === null ? '–' : number(value, this.spec.digits(this.view));
  }

  // The guide stands in every chart at once; the values in the one that is pointed at.
  point(i) {
    const inside = i !== null && i >= 0 && i < this.view.count ? i : null;
    this.current = inside;
    Chart.all.forEach((chart) => { chart.mark(inside); chart.tip.hidden = true; });
    if (inside === null) return;
    this.tip.innerHTML = `<b>${escapeHtml(this.view.label(inside))}</b>` + this.series().map((s) => `<div><span><i style="background:var(--${s.colour}${s.area ? '' : '-line'})"></i>${escapeHtml(s.name)}</span><span>${this.text(s, inside)}</span></div>`).join('') + `<div><span></span><span>${escapeHtml(this.spec.unit(this.view))}</span></div>`;
    this.tip.hidden = false;
    const place = this.left + (inside + 0.5) / this.view.count * this.wide, room = this.plot.clientWidth - this.tip.offsetWidth;
    this.tip.style.left = Math.max(0, place > this.plot.clientWidth / 2 ? place - this.tip.offsetWidth - 12 : Math.min(place + 12, room)) + 'px';
  }

  mark(i) {
    this.guide.hidden = i === null;
    if (i !== null) this.guide.style.left = this.left + (i + 0.5) / this.view.count * this.wide + 'px';
  }

  key(e) {
    const last = this.view.count - 1, now = this.current ?? (e.key === 'ArrowLeft' ? last + 1 : -1);
    const to = { ArrowRight: Math.min(now + 1, last), ArrowLeft: Math.max(now - 1, 0), Home: 0, End: last }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    this.point(to);
  }

  table() {
    const place = this.details.querySelector('.scroll');
    if (!this.details.open) { place.innerHTML = ''; return; }
    const series = this.series(), unit = escapeHtml(this.spec.unit(this.view));
    const rows = Array.from({ length: this.view.count }, (_, i) => `<tr><th scope="row">${escapeHtml(this.view.label(i))}</th>${series.map((s) => `<td class="n">${this.text(s, i)}</td>`).join('')}</tr>`);
    place.innerHTML = `<table><caption>${unit}</caption><thead><tr><th scope="col">Time</th>${series.map((s) => `<th scope="col" class="n">${escapeHtml(s.name)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
  }
}
Chart.all = [];
