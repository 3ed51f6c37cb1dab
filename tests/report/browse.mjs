/* Drives reports in headless Chromium with the network off: what the console says, whether every chart is drawn, whether slider and switches
 * answer to the keyboard, axe's rules (WCAG 2 A and AA), widths, and the print to PDF.
 *   node browse.mjs MODULES REPORT.html... [--tables REPORT.html...]
 * MODULES: the node_modules folder with playwright-core and axe-core; behind --tables: pages that have no drawings.
 * Prints one line per check that fails and leaves with 1; with 77 where a program it needs is not installed. */
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const SKIP = 77;
const WIDTHS = [390, 1280, 1920];
const LEAST_LETTER = 11; /* pixels, on the narrowest */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const [modules, ...rest] = process.argv.slice(2);
const reports = rest.filter((one) => one !== '--tables'), tables = rest.includes('--tables') ? rest.slice(rest.indexOf('--tables') + 1) : [];

function skip(why) { console.log('SKIPPED: ' + why); process.exit(SKIP); }
if (!modules || reports.length === 0) { console.error('usage: node browse.mjs MODULES REPORT.html...'); process.exit(2); }
if (!CHROMIUM) skip('Chromium is not installed');
const require = createRequire(join(resolve(modules), 'x.js'));
let chromium, axe;
try {
  ({ chromium } = require('playwright-core'));
  axe = require.resolve('axe-core/axe.min.js');
} catch { skip('playwright-core and axe-core are not there (npm at configure time)'); }
if (spawnSync('pdftotext', ['-v']).error) skip('pdftotext is not installed (poppler-utils)');

let failures = 0, checks = 0;
/* A run or a comparison; the others are shorter, have no chart programs and no lines over time. */
const isOfRuns = (page) => page.evaluate(() => document.getElementById('data') !== null);
const leastSections = async (page, report) => await isOfRuns(page) ? 8 : tables.includes(report) ? 2 : 4;

function check(ok, report, what) {
  checks++;
  if (ok) return;
  failures++;
  console.log(`${report}: ${what}`);
}

/* The page opened, with what it says and asks for kept. */
async function open(browser, report, width, height, settings = {}) {
  const context = await browser.newContext({ viewport: { width, height }, offline: true, ...settings });
  const page = await context.newPage();
  const heard = { console: [], errors: [], requests: [] };
  page.on('console', (message) => heard.console.push(message.text()));
  page.on('pageerror', (error) => heard.errors.push(String(error)));
  page.on('request', (request) => heard.requests.push(request.url()));
  await page.goto(pathToFileURL(resolve(report)).href);
  await settled(page);
  return { context, page, heard };
}

/* Until every chart that the page declares is drawn, or for ten seconds. */
async function settled(page) {
  await page.waitForFunction(() => {
    const data = document.getElementById('data');
    if (!data || !window.vegaEmbed) return true;
    const open = [...document.querySelectorAll('[data-line]')].filter((figure) => !figure.closest('details:not([open])'));
    const map = document.getElementById('map');
    return open.every((figure) => figure.querySelector('.view svg')) && (!map || document.querySelector('#map svg'));
  }, null, { timeout: 10000 }).catch(() => {});
  await page.waitForTimeout(300);
}

const fillsOf = (page) => page.$$eval('#map svg path[fill]', (paths) => paths.map((path) => path.getAttribute('fill')).join());

async function quiet(page, heard, report) {
  const url = pathToFileURL(resolve(report)).href;
  check(heard.console.length === 0, report, 'console: ' + heard.console.slice(0, 3).join(' | ').slice(0, 300));
  check(heard.errors.length === 0, report, 'page errors: ' + heard.errors.slice(0, 3).join(' | '));
  const foreign = heard.requests.filter((one) => one !== url && !/^(data|blob):/.test(one));
  check(foreign.length === 0, report, 'asks for ' + foreign.join(', '));
}

/* Pages without chart programs: the bars and maps in figures and tables have marks and a size. */
async function drawings(page, report) {
  const seen = await page.evaluate(() => {
    const all = [...document.querySelectorAll('main svg')];
    const mark = 'path[d], rect[width], line, circle';
    return { figures: all.length, bare: all.filter((svg) => !svg.querySelector(mark)).length,
      flat: all.filter((svg) => svg.getBoundingClientRect().height < 6 || svg.getBoundingClientRect().width < 6).length,
      mute: all.filter((svg) => !svg.closest('[aria-hidden]') && !svg.getAttribute('aria-label')).length };
  });
  check(seen.figures > 0 !== tables.includes(report) && seen.bare === 0, report, `${seen.bare} of ${seen.figures} drawings are empty`);
  check(seen.flat === 0 && seen.mute === 0, report, `${seen.flat} drawings without a size, ${seen.mute} without a label`);
  return { figures: seen.figures };
}

/* As many drawn charts as the page's data declare, none of them empty. */
async function charts(page, report) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  await settled(page);
  const seen = await page.evaluate(() => {
    const holder = document.getElementById('data'), data = holder ? JSON.parse(holder.textContent) : null;
    const figures = [...document.querySelectorAll('figure.line-chart')];
    return {
      programs: Boolean(window.vegaEmbed), declared: document.querySelectorAll('[data-line]').length,
      unknown: data ? [...document.querySelectorAll('[data-line]')].filter((one) => !data.lines[+one.getAttribute('data-line')]).length : 0,
      interactive: document.querySelectorAll('[data-line] .vega-embed svg').length, figures: figures.length,
      drawn: figures.filter((figure) => figure.querySelector('svg path[d], svg line')).length,
      empty: figures.filter((figure) => { const svg = figure.querySelector('svg'); return !svg || svg.getBoundingClientRect().height < 60; }).length,
      shapes: data && document.querySelector('#map') ? document.querySelectorAll('#map svg path[fill]').length : -1,
      outlines: document.querySelectorAll('.shapes path[id^=a]').length,
      mute: [...document.querySelectorAll('svg')].filter((svg) => !svg.closest('[aria-hidden]') && !svg.getAttribute('aria-label')).length
    };
  });
  if (!await isOfRuns(page)) return { ...seen, ...await drawings(page, report) };
  check(seen.figures > 0 && seen.unknown === 0, report, `${seen.figures} figures, ${seen.unknown} of which have no data`);
  check(!seen.programs || seen.interactive === seen.declared, report, `${seen.interactive} of ${seen.declared} declared charts drawn from the data`);
  check(seen.drawn === seen.figures && seen.empty === 0, report, `${seen.drawn} of ${seen.figures} charts drawn, ${seen.empty} without height`);
  check(seen.shapes === -1 || seen.shapes >= seen.outlines, report, `${seen.shapes} shapes on the map of ${seen.outlines}`);
  check(seen.mute === 0, report, `${seen.mute} drawings without a label`);
  return seen;
}

/* The slider by arrow keys, the view by its list: the fills must change, and come back. */
async function map(page, report) {
  const slider = page.locator('#map-tick');
  if (await slider.count() === 0 || !(await slider.isVisible())) return;
  const end = await fillsOf(page), word = await page.textContent('#map-when');
  await slider.focus();
  await page.keyboard.press('Home');
  await page.waitForTimeout(600);
  check(await fillsOf(page) !== end, report, 'the slider to its first month changes no colour');
  check(await page.textContent('#map-when') !== word, report, 'the slider does not say another month');
  check(await slider.getAttribute('aria-valuetext') === await page.textContent('#map-when'), report, 'the slider tells no month to a screen reader');
  await page.keyboard.press('End');
  await page.waitForTimeout(600);
  check(await fillsOf(page) === end, report, 'the slider back at the end shows other colours than before');
  const views = await page.$$eval('#map-view option', (options) => options.map((one) => one.value));
  const pictures = { v: new Set(), d: new Set() }, legends = { v: new Set(), d: new Set() }, labels = new Set();
  for (const view of views) {
    await page.selectOption('#map-view', view);
    await page.waitForTimeout(600);
    pictures[view[0]].add(await fillsOf(page));
    legends[view[0]].add(await page.textContent('#map-legend'));
    labels.add(await page.getAttribute('#map svg', 'aria-label'));
  }
  check(labels.size === views.length, report, `${views.length} views of the map have ${labels.size} labels`);
  check([...pictures.d].every((one) => !pictures.v.has(one)), report, 'a map of differences has the colours of values');
  check([...legends.d].every((one) => !legends.v.has(one)), report, 'a map of differences has the legend of values');
  check(views.length < 5 || pictures.v.size + pictures.d.size > 2, report, 'all scenarios look the same');
}

/* Levels and differences of the lines. */
async function lines(page, report) {
  const other = page.locator('#line-mode input[value=difference]');
  if (await other.count() === 0) return;
  const drawing = () => page.$$eval('.line-chart .view svg', (all) => all.map((svg) => svg.innerHTML.length).join());
  const before = await drawing();
  await page.locator('#line-mode input:checked').focus();
  await page.keyboard.press('ArrowRight');
  await settled(page);
  check(await other.isChecked(), report, 'the arrow key does not reach "difference"');
  check(await drawing() !== before, report, 'the switch to differences draws the same');
  await page.keyboard.press('ArrowLeft');
  await settled(page);
}

/* Every control is reached by Tab, in the order of the page. */
async function keyboard(page, report) {
  const wanted = await page.evaluate(() => {
    const list = [...document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')].filter((one) =>
      one.getClientRects().length > 0 && !one.closest('details:not([open]) > :not(summary)') && !(one.type === 'radio' && !one.checked));
    list.forEach((one, i) => one.setAttribute('data-stop', i));
    document.activeElement.blur();
    scrollTo(0, 0);
    return list.length;
  });
  const reached = new Set();
  for (let i = 0; i < wanted + 20; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => document.activeElement && document.activeElement.getAttribute('data-stop'));
    if (stop !== null) reached.add(+stop);
  }
  const missed = [];
  for (let i = 0; i < wanted; i++) if (!reached.has(i)) missed.push(i);
  const names = await page.evaluate((list) => list.map((i) => document.querySelector(`[data-stop="${i}"]`).outerHTML.slice(0, 90)), missed.slice(0, 3));
  check(wanted > (await isOfRuns(page) ? 10 : 3) && missed.length === 0, report, `Tab misses ${missed.length} of ${wanted} controls: ${names.join(' | ')}`);
}

async function rules(page, report) {
  await page.addScriptTag({ path: axe }).catch(() => {});
  const result = await page.evaluate(async () => {
    const found = await window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] } });
    return { passes: found.passes.map((one) => one.id), violations: found.violations.map((one) =>
      `${one.id} (${one.nodes.length}): ${one.nodes[0].html.slice(0, 120)} ${one.nodes[0].any.map((any) => any.message).join(' ').slice(0, 160)}`) };
  });
  result.violations.forEach((one) => check(false, report, 'axe: ' + one));
  check(result.passes.includes('color-contrast'), report, 'axe did not look at contrast');
  check(result.passes.length > 10, report, `axe looked at ${result.passes.length} rules only`);
}

/* Section headings are on paper too, and no control is. */
async function paper(page, report, folder) {
  const path = join(folder, 'report.pdf');
  const headings = await page.$$eval('main h2', (all) => all.map((one) => one.textContent.trim()));
  const print = () => page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  await print().catch(print); // on a busy machine Chromium gives up at times
  const text = spawnSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout.replace(/\s+/g, ' ');
  const plain = (words) => words.replace(/\s+/g, ' ');
  check(headings.length >= await leastSections(page, report), report, `${headings.length} sections`);
  for (const heading of headings) check(text.includes(plain(heading)), report, `the print lacks the section "${heading}"`);
  check(!/Tabel bewaren|Save table/.test(text), report, 'the print has buttons');
  check(statSync(path).size < 20e6, report, 'the print is larger than 20 MB');
}

async function widths(browser, report) {
  for (const width of WIDTHS) {
    const { context, page, heard } = await open(browser, report, width, width < 500 ? 844 : 900);
    const found = await page.evaluate(() => {
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      const out = [...document.querySelectorAll('main *')].filter((one) => !one.closest('.scroll, pre, [aria-hidden], svg') &&
        one.getClientRects().length > 0 && one.getBoundingClientRect().right > innerWidth + 1);
      return { wide, first: out.length > 0 ? out[0].outerHTML.slice(0, 120) : '' };
    });
    const small = width > 500 ? [] : await page.evaluate((least) => {
      document.querySelectorAll('details').forEach((one) => { one.open = true; });
      return [...document.querySelectorAll('svg text')].filter((one) => one.getClientRects().length > 0 && !one.closest('.vega-embed')).filter((one) => {
        const on = one.getScreenCTM();
        return parseFloat(getComputedStyle(one).fontSize) * Math.hypot(on.a, on.b) < least;
      }).map((one) => `${one.ownerSVGElement.getAttribute('class')}: ${one.textContent}`);
    }, LEAST_LETTER);
    check(small.length === 0, report, `at ${width} pixels ${small.length} words of drawings are smaller than ${LEAST_LETTER} pixels: ${small[0]}`);
    check(found.wide <= 0, report, `at ${width} pixels the page scrolls sideways by ${found.wide}: ${found.first}`);
    check(found.first === '', report, `at ${width} pixels cut off: ${found.first}`);
    check(heard.console.length + heard.errors.length === 0, report, `at ${width} pixels: ${heard.console.concat(heard.errors).slice(0, 2).join(' | ')}`);
    await context.close();
  }
}

/* Without scripts: the same headings and tables, a still chart for every figure. */
async function unscripted(browser, report, least) {
  const { context, page } = await open(browser, report, 1280, 900, { javaScriptEnabled: false });
  const seen = { h2: await page.locator('main h2').count(), figures: await page.locator('figure.line-chart').count(),
    plots: await page.locator('figure.line-chart svg.plot').count(), hidden: await page.locator('.controls:visible').count() };
  check(seen.h2 >= least && seen.figures === seen.plots, report, `without scripts: ${seen.h2} sections, ${seen.plots} of ${seen.figures} charts`);
  check(seen.hidden === 0, report, 'without scripts there are controls that do nothing');
  await context.close();
}

const folder = mkdtempSync(join(tmpdir(), 'wijksim-browse-'));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const report of reports) {
    const { context, page, heard } = await open(browser, report, 1280, 900, { bypassCSP: true });
    await rules(page, report);
    const seen = await charts(page, report), least = await leastSections(page, report);
    await map(page, report);
    await lines(page, report);
    await keyboard(page, report);
    await paper(page, report, folder);
    await context.close();
    const own = await open(browser, report, 1280, 900); // under the page's own policy
    await map(own.page, report);
    await quiet(own.page, own.heard, report);
    await own.context.close();
    await widths(browser, report);
    await unscripted(browser, report, least);
    console.log(`${report}: ${seen.figures} charts, ${seen.outlines} buurten${seen.programs ? '' : ', without the chart programs'}`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${checks} checks, ${failures} failed`);
process.exit(failures > 0 ? 1 : 0);
