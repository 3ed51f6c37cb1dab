(function () {
  'use strict';
  var nl = document.documentElement.lang === 'nl';
  function say(dutch, english) { return nl ? dutch : english; }

  /* ---- numbers and months as in the rest of the page ---- */
  var months = say(
    ['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november', 'december'],
    ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']);
  function number(value, decimals) {
    if (value === null || value === undefined || !isFinite(value)) return '–';
    var parts = Math.abs(value).toFixed(decimals).split('.');
    var whole = parts[0].replace(/\B(?=(\d{3})+$)/g, say('.', ','));
    var text = whole + (parts.length > 1 ? say(',', '.') + parts[1] : '');
    return (value < 0 && /[1-9]/.test(text) ? '−' : '') + text;
  }
  function signed(value, decimals) { var text = number(value, decimals); return value > 0 && /[1-9]/.test(text) ? '+' + text : text; }
  function shown(item, value) { return item.p ? number(value * 100, item.f) + say('\u00a0%', '%') : number(value, item.f); }
  function shownDifference(item, value) { return signed(item.p ? value * 100 : value, item.df); }

  /* ---- save a table as CSV that Dutch Excel opens ---- */
  function cellText(cell) {
    var value = cell.getAttribute('data-v') || cell.getAttribute('data-d');
    if (cell.hasAttribute('data-lo')) return [cell.getAttribute('data-lo'), cell.getAttribute('data-hi')].map(plain).join(say(' tot ', ' to '));
    return value !== null ? plain(value) : cell.textContent.trim().replace(/\s+/g, ' ');
  }
  function plain(value) { return value === null ? '' : say(value.replace('.', ','), value); }
  function tableText(table) {
    var hanging = [], group = '', grouped = table.querySelector('.group') !== null;
    return Array.prototype.map.call(table.rows, function (row) {
      var out = [];
      if (row.className === 'group') group = cellText(row.cells[0]);
      if (grouped) out.push('"' + (row.parentNode.tagName === 'THEAD' ? say('Uitkomst of groep', 'Outcome or group') : group.replace(/"/g, '""')) + '"');
      if (row.className === 'group') return null;
      function fillHanging() { while (hanging[out.length] && hanging[out.length].left > 0) { hanging[out.length].left--; out.push(hanging[out.length].text); } }
      Array.prototype.forEach.call(row.cells, function (cell) {
        fillHanging();
        var text = '"' + cellText(cell).replace(/"/g, '""') + '"';
        if (cell.rowSpan > 1) hanging[out.length] = { left: cell.rowSpan - 1, text: text };
        for (var i = 0; i < cell.colSpan; i++) out.push(i === 0 ? text : '""');
      });
      fillHanging();
      return out.join(say(';', ','));
    }).filter(Boolean).join('\r\n');
  }
  Array.prototype.forEach.call(document.querySelectorAll('.scroll'), function (box) {
    var table = box.querySelector('table'), button = document.createElement('button');
    button.type = 'button';
    button.className = 'save';
    button.textContent = say('Tabel bewaren (CSV)', 'Save table (CSV)');
    button.setAttribute('aria-label', button.textContent + ': ' + table.caption.firstChild.textContent);
    button.addEventListener('click', function () {
      var link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['\ufeff' + tableText(table) + '\r\n'], { type: 'text/csv' }));
      link.download = table.caption.firstChild.textContent.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60) + '.csv';
      link.click();
    });
    table.caption.appendChild(button);
  });

  var holder = document.getElementById('data');
  if (!holder || !window.vegaEmbed) return;
  var data = JSON.parse(holder.textContent);
  var style = getComputedStyle(document.documentElement);
  var colour = data.scenarios.map(function (s) { return style.getPropertyValue('--c' + s.style).trim(); });
  var dashes = [[1, 0], [1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [12, 4], [4, 2], [2, 2, 8, 2]];
  var dash = data.scenarios.map(function (s) { return dashes[s.style]; });
  var titles = data.scenarios.map(function (s) { return s.t; });

  function when(tick) {
    if (data.month0 < 0) return say('stap ', 'step ') + tick;
    var month = data.month0 + tick;
    return months[month % 12] + ' ' + Math.floor(month / 12);
  }
  /* A fraction of a year: the axis then says years, without any time zone. */
  function abscissa(tick) { return data.month0 < 0 ? tick : (data.month0 + tick) / 12; }
  var locale = {
    decimal: say(',', '.'), thousands: say('.', ','), grouping: [3], currency: [say('€ ', '€'), ''], percent: say('\u00a0%', '%'), minus: '\u2212'
  };
  var large = window.innerWidth >= 1700; /* a projector, read from afar */
  var options = { ast: true, mode: 'vega-lite', actions: false, renderer: 'svg', formatLocale: locale, tooltip: { theme: 'light' } };
  var config = {
    font: style.getPropertyValue('font-family') || 'sans-serif', background: null, aria: false, mark: { aria: false }, view: { stroke: null },
    axis: { labelFontSize: large ? 16 : 11.5, labelColor: '#545d66', gridColor: '#e4e7eb', domainColor: '#8a939c', tickColor: '#8a939c', labelFont: 'system-ui, sans-serif' }
  };

  /* One picture with one name: the parts that a chart program names one by one say nothing to who cannot see them. */
  function name(svg, text) {
    Array.prototype.forEach.call(svg.querySelectorAll('[role], [aria-roledescription]'), function (part) {
      part.removeAttribute('role');
      part.removeAttribute('aria-roledescription');
    });
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', text);
  }

  /* A string of changes from the last known value n places back (packed.c says how they are written) -> rows of n values. */
  function unfold(text, power, n) {
    var last = [], rows = [], row = [], size = 0, unit = 1;
    for (var i = 0; i < text.length; i++) {
      var digit = text.charCodeAt(i) - 35 - (text[i] > '\\' ? 2 : text[i] > '<' ? 1 : 0), a = row.length;
      if (digit >= 44 && digit < 88) { size += (digit - 44) * unit; unit *= 44; continue; }
      if (digit === 88) {
        row.push(null);
      } else {
        size += digit * unit;
        last[a] = (last[a] || 0) + (size % 2 ? -(size + 1) / 2 : size / 2);
        row.push(last[a] / power);
      }
      size = 0;
      unit = 1;
      if (row.length === n) { rows.push(row); row = []; }
    }
    return rows;
  }
  /* A list of numbers, or a string of changes from one to the next -> values. */
  function listOf(list, power) {
    if (typeof list === 'string') return unfold(list, power, 1).map(function (row) { return row[0]; });
    return list.map(function (value) { return value === null ? null : value / power; });
  }

  /* ---- lines over time ---- */
  function lineRows(item, mode) {
    var rows = [], list = mode === 'level' ? item.s : item.d;
    var power = Math.pow(10, mode === 'level' ? item.k : item.dk), first = mode === 'level' ? 0 : 1;
    var write = mode === 'level' ? shown : shownDifference;
    list.forEach(function (line, i) {
      var lists = { m: listOf(line.m, power), lo: listOf(line.lo, power), hi: listOf(line.hi, power) };
      listOf(line.x, 1).forEach(function (tick, k) {
        function at(name) { return lists[name][k]; }
        var row = { tick: tick, x: abscissa(tick), s: String(i + first), m: at('m'), lo: at('lo'), hi: at('hi') };
        row.text = row.m === null ? '–' : write(item, row.m) + (row.lo === null ? '' : ' (' + write(item, row.lo) + say(' tot ', ' to ') + write(item, row.hi) + ')');
        rows.push(row);
      });
    });
    return rows;
  }
  function lineSpec(item, mode, rows) {
    var names = data.scenarios.map(function (s, i) { return String(i); });
    var wide = rows.map(function (r) { return r.x; });
    var scaleX = { domain: [Math.min.apply(null, wide), Math.max.apply(null, wide)], nice: false };
    var x = { field: 'x', type: 'quantitative', scale: scaleX, axis: { title: null, grid: false, format: 'd', tickMinStep: 1, tickCount: 6 } };
    var format = item.p ? (mode === 'level' ? '~%' : '') : (mode === 'level' ? '~r' : '+~r');
    var axis = { title: null, tickCount: 4, domain: false, ticks: false, labelPadding: 6, minExtent: 46, labelFlush: false };
    if (item.p && mode !== 'level') axis.labelExpr = "(datum.value > 0 ? '+' : '') + format(100 * datum.value, '~r')";
    else if (item.p) axis.format = format;
    else axis.labelExpr = (mode !== 'level' ? "(datum.value > 0 ? '+' : '') + " : '') + "format(datum.value, abs(datum.value) >= 1000 ? ',.0f' : '~r')";
    var scaleY = { domain: range(item, mode, rows), zero: false, nice: true };
    var hasBand = rows.some(function (row) { return row.lo !== null; });
    var encodeColour = { field: 's', type: 'nominal', legend: null, scale: { domain: names, range: colour } };
    var layers = [];
    if (data.warmup > 0 && abscissa(data.warmup) > scaleX.domain[0]) {
      var runIn = { from: scaleX.domain[0], to: Math.min(abscissa(data.warmup), scaleX.domain[1]) };
      layers.push({ data: { values: [runIn] }, mark: { type: 'rect', color: '#e9ebee', tooltip: null }, encoding: { x: { field: 'from', type: 'quantitative', scale: scaleX, axis: x.axis }, x2: { field: 'to' } } });
    }
    if (mode !== 'level') layers.push({ data: { values: [{ z: 0 }] }, mark: { type: 'rule', color: '#545d66' }, encoding: { y: { datum: 0 } } });
    if (hasBand) layers.push({ mark: { type: 'area', opacity: 0.14 }, encoding: { x: x, y: { field: 'lo', type: 'quantitative', scale: scaleY, axis: axis }, y2: { field: 'hi' }, color: encodeColour } });
    layers.push({ mark: { type: 'line', strokeWidth: large ? 3 : 2 }, encoding: { x: x, y: { field: 'm', type: 'quantitative', scale: scaleY, axis: axis }, color: encodeColour,
      strokeDash: { field: 's', type: 'nominal', legend: null, scale: { domain: names, range: dash } } } });
    var tips = [{ field: 'when', title: say('Maand', 'Month') }];
    names.forEach(function (name, i) { if (mode === 'level' || i > 0) tips.push({ field: 't' + name, title: titles[i] }); });
    layers.push({ data: { values: wideRows(rows) }, params: [{ name: 'hover', select: { type: 'point', fields: ['tick'], nearest: true, on: 'pointerover', clear: 'pointerout' } }],
      mark: { type: 'rule', color: '#545d66', strokeWidth: 1 },
      encoding: { x: x, opacity: { condition: { param: 'hover', value: 0.6, empty: false }, value: 0 }, tooltip: tips } });
    return { width: 'container', height: large ? 250 : 190, autosize: { type: 'fit', contains: 'padding' },
      config: config, data: { values: rows }, layer: layers, description: item.t };
  }
  /* From the least to the largest value and bound; never less than some steps of the last decimal that the page shows, so that what looks
     like a slope is one, and with zero for differences. */
  function range(item, mode, rows) {
    var low = mode === 'level' ? Infinity : 0, high = mode === 'level' ? -Infinity : 0;
    rows.forEach(function (row) {
      [row.m, row.lo, row.hi].forEach(function (value) {
        if (value === null) return;
        low = Math.min(low, value);
        high = Math.max(high, value);
      });
    });
    if (low > high) return [0, 1];
    var least = 5 * Math.pow(10, -(mode === 'level' ? item.f : item.df)) / (item.p ? 100 : 1), lack = Math.max(0, least - (high - low)) / 2;
    var begin = low >= 0 && low < lack ? 0 : low - lack;
    return [begin, Math.max(high, begin + least, high + lack)];
  }
  function wideRows(rows) {
    var byTick = {}, list = [];
    rows.forEach(function (row) {
      var one = byTick[row.tick];
      if (!one) { one = byTick[row.tick] = { tick: row.tick, x: row.x, when: when(row.tick) }; list.push(one); }
      one['t' + row.s] = row.text;
    });
    return list;
  }
  var shownMode = 'level';
  function drawLines(mode) {
    shownMode = mode;
    Array.prototype.forEach.call(document.querySelectorAll('[data-line]'), function (figure) {
      var folded = figure.closest('details');
      if (folded && !folded.open) return;
      var item = data.lines[+figure.getAttribute('data-line')], view = figure.querySelector('.view');
      var rows = lineRows(item, mode), target = document.createElement('div');
      target.className = 'drawn';
      if (rows.length === 0) { view.textContent = say('Geen verschil berekend.', 'No difference computed.'); return; }
      view.replaceChildren(target);
      unitOf(figure, mode === 'level' ? item.u : item.du);
      window.vegaEmbed(target, lineSpec(item, mode, rows), options).then(function () {
        name(target.querySelector('svg'), item.t + (data.warmup > 0 ? say('; het grijze begin is inlooptijd en niet als uitkomst te lezen', '; the grey begin is run-in and not to be read as outcome') : ''));
      });
    });
    document.getElementById('band-level').hidden = mode !== 'level';
    document.getElementById('band-difference').hidden = mode === 'level';
  }
  function unitOf(figure, words) {
    var caption = figure.querySelector('figcaption'), unit = caption.querySelector('.unit');
    if (!unit) { unit = document.createElement('span'); unit.className = 'unit'; caption.append(' ', unit); }
    unit.textContent = words;
  }
  if (data.lines.length > 0) drawLines('level');
  Array.prototype.forEach.call(document.querySelectorAll('#scenarios details'), function (folded) {
    folded.addEventListener('toggle', function () { if (folded.open && folded.querySelector('[data-line]')) drawLines(shownMode); });
  });
  var lineMode = document.getElementById('line-mode');
  if (lineMode) {
    lineMode.hidden = false;
    lineMode.addEventListener('change', function (event) { drawLines(event.target.value); });
  }

  /* ---- map ---- */
  var map = data.map;
  if (!document.getElementById('map') || map.ind.length === 0 || map.ticks.length === 0) return;
  var chooseIndicator = document.getElementById('map-indicator'), chooseView = document.getElementById('map-view');
  var slider = document.getElementById('map-tick'), whenText = document.getElementById('map-when');

  /* An outline "Mx,yldx,dy,...z" as rings of points; hatching as lines. */
  function rings(path, closed) {
    return path.split('M').slice(1).map(function (part) {
      var halves = part.replace('z', '').split('l'), at = halves[0].split(',').map(Number), points = [[at[0], at[1]]];
      var steps = (halves[1] || '').split(',').map(Number);
      for (var i = 0; i + 1 < steps.length; i += 2) { at = [at[0] + steps[i], at[1] + steps[i + 1]]; points.push(at); }
      if (closed) points.push(points[0]);
      return points;
    });
  }
  var shapes = map.areas.map(function (name, a) {
    var outline = document.getElementById('a' + a), hatch = document.getElementById('h' + a);
    if (!outline) return null;
    return { name: name, outline: rings(outline.getAttribute('d'), true), hatch: rings(hatch.getAttribute('d'), false) };
  });
  var households = map.ind.filter(function (item) { return item.count; })[0];
  /* The months of an outcome: those of the slider, or fewer where the page has no room for all. */
  function ticksOf(item) { return item.ct ? map.coarse : map.ticks; }
  function levels(item, s) {
    item.cache = item.cache || [];
    return item.cache[s] || (item.cache[s] = unfold(item.v[s], Math.pow(10, item.k), map.areas.length));
  }
  /* Fewer than ten households (of the group, for a share) in the cell. */
  function isFew(item, s, t, a) {
    var at = households ? ticksOf(households).indexOf(ticksOf(item)[t]) : -1;
    if (at < 0) return false;
    var n = levels(households, s)[at][a];
    if (n === null) return false;
    if (item.share) { var share = levels(item, s)[t][a]; if (share !== null) n *= share; }
    return n < map.few;
  }
  var noiseUnknown = map.pairs < map.least; /* then nothing is hatched, and the legend says so */
  function mapRows(item, s, difference) {
    var v, lo, hi, power = Math.pow(10, item.dk);
    if (difference) {
      v = unfold(item.d[s - 1].m, power, map.areas.length);
      lo = unfold(item.d[s - 1].lo, power, map.areas.length);
      hi = item.d[s - 1].hi ? unfold(item.d[s - 1].hi, power, map.areas.length) : lo;
    } else {
      v = levels(item, s);
    }
    return shapes.map(function (shape, a) {
      if (!shape) return null;
      var row = { name: shape.name, v: [], text: [], few: [], hatched: [] };
      ticksOf(item).forEach(function (tick, t) {
        var value = v[t][a], few = isFew(item, difference ? 0 : s, t, a);
        row.v.push(value);
        row.few.push(few);
        var known = difference && value !== null && lo[t][a] !== null && hi[t][a] !== null; /* few replications have no interval */
        var low = known ? value - lo[t][a] : null, high = known ? value + hi[t][a] : null;
        row.hatched.push(difference && value !== null && !few && !noiseUnknown && (!known || (low <= 0 && high >= 0)));
        row.text.push(value === null ? '–' : (difference ? shownDifference(item, value) + (known ? ' (' + shownDifference(item, low) + say(' tot ', ' to ') + shownDifference(item, high) + ')' : '') : shown(item, value)) +
          (few ? say('; minder dan 10 huishoudens', '; fewer than 10 households') : ''));
      });
      return { shape: shape, row: row };
    }).filter(Boolean);
  }
  function feature(type, coordinates, row) { return { type: 'Feature', geometry: { type: type, coordinates: coordinates }, properties: row }; }
  function mapSpec(item, s, difference) {
    var rows = mapRows(item, s, difference), range = difference ? data.div : data[item.c];
    var domain = difference ? item.db : item.b;
    if (range.length > domain.length + 1) range = pick(range, domain.length + 1);
    var projection = { type: 'identity' };
    return { width: 'container', height: mapHeight(), autosize: { type: 'fit', contains: 'padding' }, config: config,
      description: item.t, params: [{ name: 't', value: +slider.value }],
      layer: [
        { data: { values: rows.map(function (r) { return feature('Polygon', r.shape.outline, r.row); }) }, projection: projection,
          transform: [{ calculate: 'datum.properties.v[t]', as: 'v' }, { calculate: 'datum.properties.few[t]', as: 'few' }, { calculate: 'datum.properties.text[t]', as: 'text' }],
          mark: { type: 'geoshape', stroke: '#7b848d', strokeWidth: 0.8 },
          encoding: { fillOpacity: { condition: { test: 'datum.properties.hatched[t]', value: 0.45 }, value: 1 },
            color: { condition: [{ test: 'datum.few', value: data.grey }, { test: '!isValid(datum.v)', value: data.empty }], field: 'v', type: 'quantitative', legend: null,
            scale: { type: 'threshold', domain: domain, range: range } },
            tooltip: [{ field: 'properties.name', title: 'Buurt' }, { field: 'text', title: item.t }] } },
        { data: { values: rows.map(function (r) { return feature('MultiLineString', r.shape.hatch, r.row); }) }, projection: projection,
          transform: [{ filter: 'datum.properties.hatched[t]' }],
          mark: { type: 'geoshape', filled: false, stroke: '#2b3138', strokeWidth: 0.9, strokeOpacity: 0.65 } }
      ] };
  }
  /* n colours spread over a longer range. */
  function pick(range, n) {
    var out = [];
    for (var i = 0; i < n; i++) out.push(range[n === 1 ? Math.floor(range.length / 2) : Math.round(i * (range.length - 1) / (n - 1))]);
    return out;
  }
  function mapHeight() {
    var room = Math.max(360, Math.min(window.innerHeight - 290, 900)); /* with its controls on one screen */
    return Math.round(Math.min(document.getElementById('map').clientWidth * map.h / map.w, room));
  }

  function swatch(list, fill, text, hatched) {
    var item = document.createElement('li');
    item.innerHTML = '<svg class="swatch" viewBox="0 0 14 14" aria-hidden="true"><path d="M0 0h14v14H0z"/>' +
      (hatched ? '<path class="hatch" style="stroke-width:1" d="M0 7L7 0M0 14L14 0M7 14L14 7"/>' : '') + '</svg>';
    item.querySelector('path').setAttribute('fill', fill);
    item.appendChild(document.createTextNode(text));
    list.appendChild(item);
  }
  /* Decimals that print a bound as it is. */
  function decimalsOf(value) {
    for (var n = 0; n < 6 && Math.abs(value - Math.round(value)) > 1e-6 * Math.abs(value); n++) value *= 10;
    return n;
  }
  function legend(item, difference) {
    var list = document.createElement('ul'), domain = difference ? item.db : item.b, range = difference ? data.div : data[item.c];
    function write(one, bound) {
      var value = one.p ? bound * 100 : bound, text = (difference ? signed : number)(value, decimalsOf(value));
      return text + (one.p && !difference ? say('\u00a0%', '%') : '');
    }
    if (range.length > domain.length + 1) range = pick(range, domain.length + 1);
    list.className = 'swatches';
    range.slice(0, domain.length + 1).forEach(function (fill, i) {
      var text = i === 0 ? '< ' + write(item, domain[0]) : i === domain.length ? '≥ ' + write(item, domain[i - 1]) : write(item, domain[i - 1]) + say(' tot ', ' to ') + write(item, domain[i]);
      if (domain.length === 0) text = say('alle buurten gelijk', 'all buurten equal');
      if (!difference && item.c === 'nine') text = data.classes[i];
      swatch(list, fill, text, false);
    });
    if (difference && !noiseUnknown) swatch(list, '#fff', say('binnen de ruis', 'within the noise'), true);
    if (difference && noiseUnknown) {
      var warning = document.createElement('li');
      warning.textContent = say('te weinig herhalingen (' + map.pairs + ') om ruis te bepalen', 'too few replications (' + map.pairs + ') to tell noise');
      list.appendChild(warning);
    }
    swatch(list, data.grey, say('minder dan 10 huishoudens', 'fewer than 10 households'), false);
    if (difference && item.du) { var unit = document.createElement('li'); unit.className = 'unit'; unit.textContent = '(' + item.du + ')'; list.appendChild(unit); }
    document.getElementById('map-legend').replaceChildren(list);
  }

  var current = null;
  function chosen() {
    var view = chooseView.value.split(':');
    return { item: map.ind[+chooseIndicator.value], scenario: +view[1], difference: view[0] === 'd' };
  }
  function describe() {
    var pickOne = chosen(), text = pickOne.item.t + ', ';
    text += pickOne.difference ? titles[pickOne.scenario] + say(' min ', ' minus ') + titles[0] : titles[pickOne.scenario];
    whenText.textContent = when(ticksOf(pickOne.item)[+slider.value]);
    slider.setAttribute('aria-valuetext', whenText.textContent);
    document.getElementById('map-says').textContent = text + ', ' + whenText.textContent + '.';
    var svg = document.querySelector('#map svg');
    if (svg) name(svg, say('Kaart: ', 'Map: ') + text + ', ' + whenText.textContent);
  }
  function fillViews() {
    var before = chooseView.value, item = map.ind[+chooseIndicator.value];
    chooseView.replaceChildren();
    function add(value, text) { var option = document.createElement('option'); option.value = value; option.textContent = text; chooseView.appendChild(option); }
    titles.forEach(function (title, s) { add('v:' + s, title); });
    if (item.d) titles.forEach(function (title, s) { if (s > 0) add('d:' + s, say('Verschil: ', 'Difference: ') + title); });
    chooseView.value = before;
    if (chooseView.selectedIndex < 0) chooseView.value = item.d ? 'd:1' : 'v:0';
  }
  function drawMap() {
    var one = chosen(), box = document.getElementById('map'), target = document.createElement('div');
    target.className = 'drawn';
    box.replaceChildren(target);
    Array.prototype.forEach.call(document.querySelectorAll('#kaart > .swatches'), function (old) { old.remove(); });
    legend(one.item, one.difference);
    window.vegaEmbed(target, mapSpec(one.item, one.scenario, one.difference), options).then(function (result) {
      current = result.view;
      describe();
    });
  }
  map.ind.forEach(function (item, i) {
    var option = document.createElement('option');
    option.value = i;
    option.textContent = item.t;
    chooseIndicator.appendChild(option);
  });
  /* On a wide screen the legend stands beside the map. */
  var both = document.createElement('div');
  both.className = 'map-and-legend';
  document.getElementById('map').before(both);
  both.append(document.getElementById('map'), document.getElementById('map-legend'));
  var tickShown = map.ticks[map.ticks.length - 1];
  /* The slider over the months of the outcome chosen, at the one nearest to what was shown. */
  function fitSlider() {
    var ticks = ticksOf(chosen().item), best = 0;
    ticks.forEach(function (tick, t) { if (Math.abs(tick - tickShown) < Math.abs(ticks[best] - tickShown)) best = t; });
    slider.max = ticks.length - 1;
    slider.value = best;
  }
  fillViews();
  fitSlider();
  document.getElementById('map-controls').hidden = false;
  chooseIndicator.addEventListener('change', function () { fillViews(); fitSlider(); drawMap(); });
  chooseView.addEventListener('change', drawMap);
  slider.addEventListener('input', function () {
    tickShown = ticksOf(chosen().item)[+slider.value];
    if (current) current.signal('t', +slider.value).runAsync().then(describe);
  });
  drawMap();
}());
